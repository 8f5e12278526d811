using Surety.Coap;
using Surety.Lwm2m.Client;
using Surety.Lwm2m.Server;
using Surety.Testing.Coap;

namespace Surety.Conformance.Tests;

/// <summary>
/// The server under test and the client under test, joined by a simulated network whose every message is held against what the case demands.
/// Messages are taken one exchange at a time; <see cref="AssertNothingElse"/> shows that there were no others.
/// </summary>
internal sealed class Bench : ServerBench, IServerConnector
{
    private readonly List<SimulatedNetwork.Datagram> _untaken = [];
    private readonly SimulatedEndpoint _client;
    private int _seen;

    /// <summary>A bench with a client that is not started yet. Default: configuration C.1 in LwM2M 1.1.</summary>
    public Bench(
        Func<string, ServerAccount>? account = null,
        ObjectInstance? device = null,
        Lwm2mVersion version = Lwm2mVersion.V11,
        Func<Lwm2mClientOptions, Lwm2mClientOptions>? configure = null,
        Lwm2mServerOptions? server = null)
        : base(server)
    {
        var options = new Lwm2mClientOptions
        {
            EndpointName = "node",
            Servers = [(account ?? Configurations.C1)($"coap://{Endpoint.LocalEndPoint}")],
            Version = version,
            Random = new Random(1),
        };
        Client = new Lwm2mClient(configure?.Invoke(options) ?? options, this, Network.Time);
        Device = device ?? Configurations.DeviceC1(version);
        Client.Objects.Add(Device);
        _client = Network.Add(Client);
    }

    public Lwm2mClient Client { get; }

    /// <summary>The Device Object's instance.</summary>
    public ObjectInstance Device { get; }

    public ServerSession Session => Client.Servers[0];

    /// <summary>Starts the client, and forgets how it registered.</summary>
    public Bench Register()
    {
        Client.Start();
        Network.RunUntil(() => Session.State == RegistrationState.Registered);
        Clear();
        Events.Take();
        return this;
    }

    /// <summary>Performs an operation; request and response are as expected on the wire.</summary>
    public DeviceResponse Exchange(DeviceRequest operation, string request, string response)
    {
        DeviceResponse result = Await(Begin(operation));
        AssertFromServer(request, response);
        return result;
    }

    /// <summary>Observes; request and response are as expected on the wire.</summary>
    public Observation Observe(Task<ObserveResult> observing, string request, string response)
    {
        ObserveResult result = Await(observing);
        AssertFromServer(request, response);
        return Assert.IsType<Observation>(result.Observation);
    }

    /// <summary>The next request that the server has sent, and its answer.</summary>
    public SimulatedNetwork.Datagram AssertFromServer(string request, string response) => AssertExchange(Endpoint, _client, request, response);

    /// <summary>The next request that the client sends, and its answer; time passes until they are there.</summary>
    public SimulatedNetwork.Datagram AssertFromClient(string request, string response) => AssertExchange(_client, Endpoint, request, response);

    /// <summary>Time passes until the next notification is there, and the server's answer if it wants one.</summary>
    /// <returns>When it was sent, seconds.</returns>
    public double AssertNotification(string expected)
    {
        SimulatedNetwork.Datagram? notification = null;
        Network.RunUntil(() => (notification = Find(d => IsFrom(d, _client) && d.Code.IsResponse && IsNotification(d))) is not null);
        Network.Run(TimeSpan.FromMilliseconds(100));
        Collect();
        _untaken.Remove(notification!);
        _untaken.RemoveAll(d => IsFrom(d, Endpoint) && d.Type == MessageType.Acknowledgement && d.MessageId == notification!.MessageId);
        Assert.Equal(expected, Wire.Describe(notification!.Parse()));
        return notification.SentAt / 1000.0;
    }

    /// <summary>Every message was taken.</summary>
    public void AssertNothingElse()
    {
        Collect();
        Assert.Equal([], _untaken.Select(d => $"{(IsFrom(d, Endpoint) ? "server" : "client")}: {Wire.Describe(d.Parse())}"));
    }

    /// <summary>The next message from the server that is as described.</summary>
    public SimulatedNetwork.Datagram Take(string fromServer)
    {
        SimulatedNetwork.Datagram? found = null;
        Network.RunUntil(() => (found = Find(d => IsFrom(d, Endpoint) && Wire.Describe(d.Parse()) == fromServer)) is not null);
        _untaken.Remove(found!);
        return found!;
    }

    /// <summary>Forgets all messages so far.</summary>
    public void Clear()
    {
        _untaken.Clear();
        _seen = Network.Sent.Count;
    }

    public ValueTask<CoapPeer> ConnectAsync(CoapUri server, ICoapHandler client, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Endpoint.SeenBy(_client));

    public void Close(CoapPeer peer)
    {
    }

    private SimulatedNetwork.Datagram AssertExchange(SimulatedEndpoint from, SimulatedEndpoint to, string request, string response)
    {
        SimulatedNetwork.Datagram? asked = null;
        SimulatedNetwork.Datagram? answered = null;
        Network.RunUntil(() =>
        {
            asked ??= Find(d => IsFrom(d, from) && d.Code.IsRequest);
            answered = asked is null ? null : Find(d => IsFrom(d, to) && d.Code.IsResponse && d.Parse().Token.AsSpan().SequenceEqual(asked.Parse().Token));
            return answered is not null;
        });
        _untaken.Remove(asked!);
        _untaken.Remove(answered!);
        Assert.Equal(request, Wire.Describe(asked!.Parse()));
        Assert.Equal(response, Wire.Describe(answered!.Parse()));
        // The answer arrives before anything else happens.
        Network.Run(TimeSpan.FromMilliseconds(20));
        return asked;
    }

    private SimulatedNetwork.Datagram? Find(Predicate<SimulatedNetwork.Datagram> predicate)
    {
        Collect();
        return _untaken.Find(predicate);
    }

    private void Collect()
    {
        for (; _seen < Network.Sent.Count; _seen++)
            _untaken.Add(Network.Sent[_seen]);
    }

    private static bool IsFrom(SimulatedNetwork.Datagram datagram, SimulatedEndpoint endpoint) => datagram.From.Equals(endpoint.LocalEndPoint);

    private static bool IsNotification(SimulatedNetwork.Datagram datagram) =>
        datagram.Type != MessageType.Acknowledgement && datagram.Parse().Options.Contains(CoapOptionNumber.Observe);
}
