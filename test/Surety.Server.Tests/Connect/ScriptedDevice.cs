using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Surety.Coap;

namespace Surety.Server.Tests.Connect;

/// <summary>A device that does what the test says, also what no good device would do. Over UDP without security.</summary>
internal sealed class ScriptedDevice : ICoapHandler, IAsyncDisposable
{
    public const string Links = "</1/0>,</3/0>,</3303/0>;obs;rt=\"temp\"";

    private static int _made;

    private readonly UdpCoapEndpoint _endpoint;
    private readonly CoapPeer _server;
    private readonly ObserveRelations _relations = new();
    private readonly ConcurrentDictionary<string, ObserveRelation> _observed = new();

    public ScriptedDevice(int serverPort, string? name = null)
    {
        Name = name ?? $"device-{Interlocked.Increment(ref _made)}";
        _endpoint = UdpCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), this);
        _server = new CoapPeer(_endpoint, PeerKey.FromAddress(new IPEndPoint(IPAddress.Loopback, serverPort)));
    }

    public string Name { get; }

    /// <summary>What it answers; null is no answer at all, after the acknowledgement.</summary>
    public Func<DeviceCall, CoapResponse?> Answer { get; set; } = call => call.Method == CoapCode.Get ? Text("21.5") : new CoapResponse(CoapCode.Changed);

    /// <summary>It takes requests to observe.</summary>
    public bool CanObserve { get; set; } = true;

    /// <summary>What has reached it, in order.</summary>
    public ConcurrentQueue<DeviceCall> Calls { get; } = new();

    public string Location { get; private set; } = "";

    public static CoapResponse Text(string value, uint? maxAge = null)
    {
        var response = new CoapResponse(CoapCode.Content, ContentFormat.TextPlain, Encoding.UTF8.GetBytes(value));
        if (maxAge is { } seconds)
            response.Options.Set(CoapOptionNumber.MaxAge, seconds);
        return response;
    }

    /// <summary>Registers for an hour.</summary>
    public async Task<ScriptedDevice> RegisterAsync(string query = "", string links = Links, int lifetime = 3600)
    {
        var request = new CoapRequest(CoapCode.Post, $"/rd?ep={Name}&lt={lifetime}&lwm2m=1.1{query}") { ContentFormat = ContentFormat.LinkFormat, Payload = Encoding.UTF8.GetBytes(links) };
        var response = await _server.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.Code == CoapCode.Created, $"{response.Code} {Encoding.UTF8.GetString(response.Payload.Span)}");
        Location = response.LocationPath;
        return this;
    }

    public async Task<CoapCode> UpdateAsync(string query = "", string? links = null)
    {
        var request = new CoapRequest(CoapCode.Post, Location + query);
        if (links is not null)
            request = new CoapRequest(CoapCode.Post, Location + query) { ContentFormat = ContentFormat.LinkFormat, Payload = Encoding.UTF8.GetBytes(links) };
        return (await _server.SendAsync(request, TestContext.Current.CancellationToken)).Code;
    }

    public async Task DeregisterAsync() =>
        Assert.Equal(CoapCode.Deleted, (await _server.SendAsync(new CoapRequest(CoapCode.Delete, Location), TestContext.Current.CancellationToken)).Code);

    /// <summary>LwM2M Send.</summary>
    public async Task<CoapCode> SendAsync(ContentFormat format, string payload) => (await _server.SendAsync(
        new CoapRequest(CoapCode.Post, "/dp") { ContentFormat = format, Payload = Encoding.UTF8.GetBytes(payload) }, TestContext.Current.CancellationToken)).Code;

    /// <summary>Reports a value, and waits until the server has acknowledged it.</summary>
    public async Task NotifyAsync(string path, CoapResponse value)
    {
        var notification = new Notification(value, _observed[path].NextSequence()) { Token = _observed[path].Token };
        _endpoint.Send(_server.Key, notification);
        Assert.True(await notification.Acknowledged.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken), "the notification was not acknowledged");
    }

    public Task NotifyAsync(string path, string value) => NotifyAsync(path, Text(value));

    public void OnRequest(ref IncomingRequest request)
    {
        var query = new List<string>();
        foreach (var part in request.Query)
            query.Add(Encoding.UTF8.GetString(part));
        var call = new DeviceCall(request.Method, request.PathText, string.Join('&', query), request.Payload.ToArray(), request.ContentFormat, request.Accept, request.Observe);
        Calls.Enqueue(call);
        var response = Answer(call);
        if (response is null)
        {
            request.Defer();
            return;
        }

        if (request.Observe == 0 && CanObserve && response.Code.IsSuccess && _relations.Apply(request) is { } relation)
        {
            _observed[call.Path] = relation;
            response.Options.Set(CoapOptionNumber.Observe, relation.NextSequence());
        }
        else if (request.Observe == 1)
        {
            _observed.TryRemove(call.Path, out _);
        }

        request.Respond(response);
    }

    public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    private sealed class Notification(CoapResponse value, uint sequence) : OutgoingMessage
    {
        private readonly TaskCompletionSource<bool> _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Acknowledged => _acknowledged.Task;

        public override bool ExpectsResponse => false;

        protected override CoapCode Write(ref CoapMessageWriter writer)
        {
            writer.Option(CoapOptionNumber.Observe, sequence);
            if (value.ContentFormat is { } format)
                writer.ContentFormat(format);
            writer.Option(CoapOptionNumber.MaxAge, (uint)value.MaxAge.TotalSeconds);
            writer.Payload(value.Payload.Span);
            return value.Code;
        }

        protected override void OnAcknowledged() => _acknowledged.TrySetResult(true);

        protected override void OnFailed(ExchangeFailure failure) => _acknowledged.TrySetResult(false);
    }
}
