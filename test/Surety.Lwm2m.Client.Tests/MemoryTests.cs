using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class MemoryTests
{
    [Fact]
    public void A_registered_client_with_a_sensor_and_an_observation_takes_few_kilobytes()
    {
        const int Count = 2000;
        var world = new World();
        var server = new ScriptedServer(world);
        var connector = new SharedConnector(server);
        connector.Endpoint = world.Network.Add(new Lwm2mClient(Options(server, "router"), connector, world.Clock), new CoapEndpointOptions { MaxWaitingPerPeer = Count });
        Add(world, server, connector, "warm-up");
        long before = GC.GetTotalMemory(forceFullCollection: true);

        Lwm2mClient[] clients = [.. Enumerable.Range(0, Count).Select(i => Add(world, server, connector, $"node-{i}"))];
        world.RunUntil(() => clients.All(client => client.Servers[0].State == RegistrationState.Registered));
        server.Requests.Clear();
        world.Network.Sent.Clear();
        foreach (Lwm2mClient client in clients)
        {
            using Lock.Scope scope = client.Objects.Gate.EnterScope();
            client.Management.Serve(client.Servers[0], new OperationRequest
            {
                Method = CoapCode.Get, Path = Lwm2mPath.Parse("/3303/0/5700"), Observe = 0, Token = new CoapToken([1, 2, 3, 4]), Queries = [],
            });
        }

        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes");
        Assert.InRange(each, 100, 8 * 1024);
        GC.KeepAlive(clients);
    }

    private static Lwm2mClientOptions Options(ScriptedServer server, string name) => new() { EndpointName = name, Servers = [new ServerAccount(server.Uri)], Random = new Random(1) };

    private static Lwm2mClient Add(World world, ScriptedServer server, SharedConnector connector, string name)
    {
        var client = new Lwm2mClient(Options(server, name), connector, world.Clock);
        client.Objects.Add(new DeviceInstance(new DeviceInformation { Manufacturer = "Surety", ModelNumber = "thermometer", SerialNumber = name, FirmwareVersion = "1.0" }, time: world.Clock));
        client.Objects.Add(new ObjectInstance(3303) { [5700] = 21.5, [5701] = "Cel", [5601] = 20.0, [5602] = 22.0 });
        client.Start();
        return client;
    }

    private sealed class SharedConnector(ScriptedServer server) : IServerConnector
    {
        public SimulatedEndpoint? Endpoint { get; set; }

        public ValueTask<CoapPeer> ConnectAsync(CoapUri uri, ICoapHandler client, CancellationToken cancellationToken) => ValueTask.FromResult(server.Endpoint.SeenBy(Endpoint!));

        public void Close(CoapPeer peer)
        {
        }
    }
}
