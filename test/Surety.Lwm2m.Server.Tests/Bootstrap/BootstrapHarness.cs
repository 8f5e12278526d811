using System.Net;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Bootstrap;

/// <summary>A Bootstrap-Server in simulated time; devices are written message by message.</summary>
internal sealed class BootstrapHarness : IDisposable
{
    private readonly Dictionary<IPEndPoint, PeerIdentity> _identities = [];

    public BootstrapHarness(BootstrapServerOptions? options = null)
    {
        Server = new BootstrapServer(options ?? new(), Policy, Events, Network.Time);
        Endpoint = Network.Add(Server, scheme: "coaps");
        Endpoint.Identify = address => _identities.GetValueOrDefault(address, PeerIdentity.None);
    }

    public SimulatedNetwork Network { get; } = new();

    public TestPolicy Policy { get; } = new();

    public BootstrapRecorder Events { get; } = new();

    public BootstrapServer Server { get; }

    public SimulatedEndpoint Endpoint { get; }

    public BootstrapDevice Add(PeerIdentity? identity = null)
    {
        RawPeer peer = Network.AddRaw();
        if (identity is not null)
            _identities[peer.LocalEndPoint] = identity;
        return new BootstrapDevice(this, peer);
    }

    public void Run(double seconds) => Network.Run(TimeSpan.FromSeconds(seconds));

    /// <summary>What the last message has set off goes on elsewhere: waits for the end of the bootstrap.</summary>
    public void RunToEnd() => Network.RunUntil(() => Server.Sessions.Count == 0 && Events.HasEnded, TimeSpan.FromMinutes(10));

    public void Dispose() => Server.Dispose();
}
