using Surety.Coap;
using Surety.Lwm2m.Client;
using Surety.Testing.Coap;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>A client that finds any bytes where it has saved its state: it begins anew, or goes on, and saves what it then reads again.</summary>
internal sealed class ClientStateTarget : FuzzTarget, IServerConnector, IClientStateStore
{
    private byte[]? _state;

    public override string Name => "lwm2m-client-state";

    public override int MaxLength => 4096;

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. new[] { "\"version\":1", "\"servers\":[", "\"objects\":[", "null", "1e999", "-1", "65535", "\"/1/0/1\"", "\"\"", "{", "}", "[", "]", "\"coap://10.2.0.1\"" }.Select(System.Text.Encoding.UTF8.GetBytes)];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        _state = input.ToArray();
        Start(features);
        byte[]? saved = _state;
        Start(features);
        if (saved is not null)
            features.AddAmount(1, saved.Length / 50);
    }

    public byte[]? Load() => _state;

    public void Save(ReadOnlyMemory<byte> state) => _state = state.ToArray();

    public ValueTask<CoapPeer> ConnectAsync(CoapUri server, ICoapHandler client, CancellationToken cancellationToken) => throw new CoapExchangeException(ExchangeFailure.Unreachable);

    public void Close(CoapPeer peer)
    {
    }

    private void Start(FeatureSet features)
    {
        var network = new SimulatedNetwork { HasContinuations = false };
        var log = new FaultLogger();
        var options = new Lwm2mClientOptions { EndpointName = "node", Servers = [new ServerAccount("coap://10.2.0.1") { ShortServerId = 1 }], StateStore = this, Random = new Random(1) };
        var client = new Lwm2mClient(options, this, network.QuietTime, log);
        network.Add(new WatchedHandler(client, log));
        client.Objects.Add(new Lwm2mObject(3311) { AllowsCreate = true, AllowsDelete = true, IsPersistent = true });
        client.Start();
        ServerSession session = client.Servers[0];
        features.Add(0, ((int)session.State << 8) | session.ObservationCount);
        features.AddAmount(2, client.Objects.Find(3311)!.Instances.Count);
        network.Run(TimeSpan.FromMinutes(2));
        Task stopping = client.StopAsync(deregister: false);
        Continuations.RunUntil(network, () => stopping.IsCompleted);
        stopping.GetAwaiter().GetResult();
        Assert.Empty(log.Faults);
    }
}
