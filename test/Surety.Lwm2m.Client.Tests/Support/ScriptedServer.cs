using System.Text;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>A server of which every message is seen and chosen by the test.</summary>
internal sealed class ScriptedServer : ICoapHandler
{
    private int _registrations;

    public ScriptedServer(World world)
    {
        World = world;
        Endpoint = world.Network.Add(this);
    }

    public World World { get; }

    public SimulatedEndpoint Endpoint { get; }

    /// <summary>Requests of the client, in order.</summary>
    public List<Received> Requests { get; } = [];

    /// <summary>Notifications that were accepted or refused.</summary>
    public List<Notification> Notifications { get; } = [];

    /// <summary>Answers requests; null: as a server does.</summary>
    public Func<Received, CoapResponse?>? Script { get; set; }

    /// <summary>Refuses notifications with a Reset.</summary>
    public bool RefusesNotifications { get; set; }

    /// <summary>The client as it was when it registered last.</summary>
    public CoapPeer Client { get; private set; }

    public string Uri => $"coap://{Endpoint.LocalEndPoint}";

    public IEnumerable<Received> Registers => Requests.Where(r => r.Path == "/rd");

    public IEnumerable<Received> Updates => Requests.Where(r => r.Method == CoapCode.Post && r.Path.StartsWith("/rd/", StringComparison.Ordinal));

    public IEnumerable<Received> Deregisters => Requests.Where(r => r.Method == CoapCode.Delete);

    public IEnumerable<Received> Sends => Requests.Where(r => r.Path == "/dp");

    public void OnRequest(ref IncomingRequest request)
    {
        var queries = new List<string>();
        foreach (ReadOnlySpan<byte> query in request.Query)
            queries.Add(Encoding.UTF8.GetString(query));
        var received = new Received(World.Now, request.Peer, request.Method, request.PathText, queries, request.ContentFormat, request.Payload.ToArray(), request.Message.Type);
        Requests.Add(received);
        request.Respond(Script?.Invoke(received) ?? Answer(received));
    }

    public bool OnNotification(in CoapPeer peer, in CoapMessage notification)
    {
        Notifications.Add(new Notification(World.Now, notification.Type, CoapResponse.Read(notification)));
        return !RefusesNotifications;
    }

    /// <summary>Sends a request to the client and waits for the response.</summary>
    public CoapResponse Request(CoapRequest request) => Request(Client, request);

    /// <summary>Sends a request to an endpoint that may know nothing of this server.</summary>
    public CoapResponse Request(SimulatedEndpoint target, CoapRequest request) => Request(target.SeenBy(Endpoint), request);

    /// <summary>Sends a request to the client.</summary>
    public DirectRequest Begin(CoapRequest request) => Begin(Client, request);

    public DirectRequest Begin(CoapPeer peer, CoapRequest request)
    {
        var message = new DirectRequest(request);
        peer.Endpoint.Send(peer.Key, message);
        return message;
    }

    private CoapResponse Request(CoapPeer peer, CoapRequest request)
    {
        // Blocks take continuations on other threads; everything else is done without, the same way every time.
        if (request.Payload.Length > 1024 || request.PreferredBlockSize < 1024)
            return World.Await(peer.SendAsync(request));
        DirectRequest message = Begin(peer, request);
        World.RunUntil(() => message.Response is not null);
        return message.Response!.Options.Contains(CoapOptionNumber.Block2) ? World.Await(peer.SendAsync(request)) : message.Response;
    }

    public CoapResponse Get(string path, ContentFormat? accept = null, uint? observe = null, CoapToken? token = null) =>
        Request(new CoapRequest(CoapCode.Get, path) { Accept = accept, Observe = observe, Token = token });

    public CoapResponse Put(string path, ContentFormat format, byte[] payload) => Request(new CoapRequest(CoapCode.Put, path) { ContentFormat = format, Payload = payload });

    public CoapResponse Put(string path, string text) => Put(path, ContentFormat.TextPlain, Encoding.UTF8.GetBytes(text));

    public CoapResponse Post(string path, ContentFormat format, byte[] payload) => Request(new CoapRequest(CoapCode.Post, path) { ContentFormat = format, Payload = payload });

    public CoapResponse Execute(string path, string? arguments = null) => Request(new CoapRequest(CoapCode.Post, path)
    {
        ContentFormat = arguments is null ? null : ContentFormat.TextPlain,
        Payload = Encoding.UTF8.GetBytes(arguments ?? ""),
    });

    public CoapResponse WriteAttributes(string pathAndQuery) => Request(new CoapRequest(CoapCode.Put, pathAndQuery));

    public CoapResponse Delete(string path) => Request(new CoapRequest(CoapCode.Delete, path));

    public CoapResponse Fetch(ContentFormat format, byte[] payload, ContentFormat? accept = null, uint? observe = null, CoapToken? token = null, string query = "") =>
        Request(new CoapRequest(CoapCode.Fetch, "/" + query) { ContentFormat = format, Payload = payload, Accept = accept, Observe = observe, Token = token });

    public CoapResponse IPatch(ContentFormat format, byte[] payload) => Request(new CoapRequest(CoapCode.IPatch) { ContentFormat = format, Payload = payload });

    private CoapResponse Answer(Received request)
    {
        if (request.Path == "/rd")
        {
            Client = request.Peer;
            var created = new CoapResponse(CoapCode.Created);
            created.Options.Add(CoapOptionNumber.LocationPath, "rd").Add(CoapOptionNumber.LocationPath, $"{++_registrations}");
            return created;
        }

        Client = request.Peer;
        return new CoapResponse(request.Method == CoapCode.Delete ? CoapCode.Deleted : CoapCode.Changed);
    }

    public sealed record Received(
        TimeSpan Time, CoapPeer Peer, CoapCode Method, string Path, IReadOnlyList<string> Queries, ContentFormat? Format, byte[] Payload, MessageType Type)
    {
        public string Text => Encoding.UTF8.GetString(Payload);

        public override string ToString() => $"{Time.TotalSeconds:0.###} {Method} {Path}?{string.Join('&', Queries)} {Text}";
    }

    public sealed record Notification(TimeSpan Time, MessageType Type, CoapResponse Response)
    {
        public string Text => Response.Text;
    }
}
