using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Surety.Coap;

namespace Surety.EndToEnd.Tests;

/// <summary>
/// Many bare devices on one UDP port, with no more protocol than a test needs: they register, answer reads, let themselves be observed, and
/// remember what the server has acknowledged.
/// </summary>
internal sealed class Fleet : ICoapHandler, IAsyncDisposable
{
    private const string ObjectList = "</>;rt=\"oma.lwm2m\",</1/0>,</3/0>,</3303/0>";

    private readonly UdpCoapEndpoint _endpoint;
    private readonly CoapPeer _server;
    private readonly ConcurrentDictionary<CoapToken, ObserveRelation> _observers = new();
    private readonly ObserveRelations _relations = new();

    public Fleet(int serverPort)
    {
        // One address is all devices: the server must not hold them to one outstanding request (RFC 7252, 4.7).
        var options = new CoapEndpointOptions { Transmission = new TransmissionParameters { NStart = 64, AckTimeout = TimeSpan.FromSeconds(1), MaxRetransmit = 2 } };
        _endpoint = UdpCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), this, options);
        _server = new CoapPeer(_endpoint, PeerKey.FromAddress(new IPEndPoint(IPAddress.Loopback, serverPort)));
    }

    /// <summary>Requests of the server are not answered.</summary>
    public bool IsSilent { get; set; }

    public int ObserverCount => _observers.Count;

    /// <summary>Registers; the location, or null when the server did not answer.</summary>
    public async Task<string?> RegisterAsync(string name, bool queueMode = false)
    {
        var request = new CoapRequest(CoapCode.Post, $"/rd?ep={name}&lt=3600&lwm2m=1.1{(queueMode ? "&Q" : "")}") { ContentFormat = ContentFormat.LinkFormat, Payload = Encoding.UTF8.GetBytes(ObjectList) };
        try
        {
            CoapResponse response = await _server.SendAsync(request);
            return response.Code == CoapCode.Created ? response.LocationPath : null;
        }
        catch (CoapExchangeException)
        {
            return null;
        }
    }

    public async Task<CoapCode> UpdateAsync(string location) => (await _server.SendAsync(new CoapRequest(CoapCode.Post, location))).Code;

    /// <summary>Sends the next value to one observer; true when the server has acknowledged it.</summary>
    public async Task<bool> NotifyAsync(CoapToken token, string value)
    {
        var message = new Notification(value) { Token = token };
        _server.Endpoint.Send(_server.Key, message);
        return await message.Acknowledged;
    }

    public IReadOnlyList<CoapToken> Observers => [.. _observers.Keys];

    public void OnRequest(ref IncomingRequest request)
    {
        if (IsSilent)
        {
            request.Defer();
            return;
        }

        if (request.Observe == 0 && _relations.Apply(request) is { } relation)
        {
            _observers[relation.Token] = relation;
            ref CoapMessageWriter response = ref request.Respond(CoapCode.Content);
            response.Option(CoapOptionNumber.Observe, relation.NextSequence());
            response.ContentFormat(ContentFormat.TextPlain);
            response.Payload("0"u8);
            return;
        }

        if (request.Method == CoapCode.Get)
            request.Respond(CoapCode.Content, ContentFormat.TextPlain, "0"u8);
        else
            request.Respond(CoapCode.Changed);
    }

    public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    private sealed class Notification(string value) : OutgoingMessage
    {
        private static int _sequence = 100;

        private readonly TaskCompletionSource<bool> _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Acknowledged => _acknowledged.Task;

        public override bool ExpectsResponse => false;

        protected override CoapCode Write(ref CoapMessageWriter writer)
        {
            writer.Option(CoapOptionNumber.Observe, (uint)Interlocked.Increment(ref _sequence));
            writer.ContentFormat(ContentFormat.TextPlain);
            writer.Payload(Encoding.UTF8.GetBytes(value));
            return CoapCode.Content;
        }

        protected override void OnAcknowledged() => _acknowledged.TrySetResult(true);

        protected override void OnFailed(ExchangeFailure failure) => _acknowledged.TrySetResult(false);
    }
}
