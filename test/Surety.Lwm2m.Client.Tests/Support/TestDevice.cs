using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>A client in a simulated network, with a Device Object and a thermometer.</summary>
internal sealed class TestDevice : IServerConnector
{
    private readonly World _world;
    private readonly Dictionary<int, SimulatedEndpoint> _servers = [];

    public TestDevice(World world, ScriptedServer server, Func<Lwm2mClientOptions, Lwm2mClientOptions>? configure = null, Func<ServerAccount, ServerAccount>? account = null)
        : this(world, [server.Endpoint], configure, account)
    {
    }

    public TestDevice(World world, IReadOnlyList<SimulatedEndpoint> servers, Func<Lwm2mClientOptions, Lwm2mClientOptions>? configure = null, Func<ServerAccount, ServerAccount>? account = null)
    {
        _world = world;
        foreach (SimulatedEndpoint server in servers)
            _servers[server.LocalEndPoint.Address.GetAddressBytes()[3]] = server;
        var options = new Lwm2mClientOptions
        {
            EndpointName = "node",
            Servers = [.. servers.Select((server, i) => (account ?? (a => a))(new ServerAccount($"coap://{server.LocalEndPoint}") { ShortServerId = (ushort)(i + 1) }))],
            Version = Lwm2mVersion.V11,
            Random = new Random(1),
        };
        options = configure?.Invoke(options) ?? options;
        Client = new Lwm2mClient(options with { Trace = Trace.Add }, this, world.Clock);
        Device = new DeviceInstance(
            new DeviceInformation { Manufacturer = "Open Mobile Alliance", ModelNumber = "Lightweight M2M Client", SerialNumber = "345000123", FirmwareVersion = "1.0" },
            RebootAsync, time: world.Clock, version: options.Version);
        Client.Objects.Add(Device);
        Thermometer = new ObjectInstance(3303) { [5700] = 21.5, [5701] = "Cel", [5601] = 20.0, [5602] = 22.0 };
        Thermometer.OnExecute(5605, ResetMinimumAndMaximum);
        Client.Objects.Add(Thermometer);
        Endpoint = world.Network.Add(Client);
    }

    public Lwm2mClient Client { get; }

    public DeviceInstance Device { get; }

    public ObjectInstance Thermometer { get; }

    public SimulatedEndpoint Endpoint { get; private set; }

    public List<ClientTrace> Trace { get; } = [];

    public ServerSession Session => Client.Servers[0];

    public int Reboots { get; private set; }

    /// <summary>Attempts to connect, failed ones included.</summary>
    public int Connects { get; private set; }

    /// <summary>Makes attempts to connect fail.</summary>
    public bool IsCutOff { get; set; }

    public TestDevice Start(bool untilRegistered = true)
    {
        Client.Start();
        if (untilRegistered)
            _world.RunUntil(() => Client.Servers.All(session => session.State == RegistrationState.Registered));
        return this;
    }

    /// <summary>Lets the device find a server that it is sent to later.</summary>
    public void Know(ScriptedServer server) => _servers[server.Endpoint.LocalEndPoint.Address.GetAddressBytes()[3]] = server.Endpoint;

    public Task StopAsync(bool deregister = true) => Client.StopAsync(deregister);

    /// <summary>From the next connection on the client has another address.</summary>
    public void Move() => Endpoint = _world.Network.Add(Client);

    public ValueTask<CoapPeer> ConnectAsync(CoapUri server, ICoapHandler client, CancellationToken cancellationToken)
    {
        Connects++;
        return IsCutOff
            ? throw new CoapExchangeException(ExchangeFailure.Unreachable)
            : ValueTask.FromResult(_servers[server.Address!.GetAddressBytes()[3]].SeenBy(Endpoint));
    }

    public void Close(CoapPeer peer)
    {
    }

    private void ResetMinimumAndMaximum()
    {
        using ChangeScope changes = Thermometer.BeginChanges();
        Thermometer[5601] = Thermometer[5700];
        Thermometer[5602] = Thermometer[5700];
    }

    private Task RebootAsync()
    {
        Reboots++;
        return Task.CompletedTask;
    }
}
