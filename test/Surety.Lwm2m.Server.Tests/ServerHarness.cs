using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests;

/// <summary>A server in simulated time, with an endpoint without security and one with; devices are written message by message.</summary>
internal sealed class ServerHarness : IDisposable
{
    private readonly Dictionary<IPEndPoint, PeerIdentity> _identities = [];
    private readonly CoapEndpointOptions? _endpointOptions;

    public ServerHarness(Lwm2mServerOptions? options = null, SimulatedNetwork? network = null, CoapEndpointOptions? endpointOptions = null)
    {
        _endpointOptions = endpointOptions;
        Network = network ?? new SimulatedNetwork();
        Options = options ?? new();
        Start();
    }

    public SimulatedNetwork Network { get; }

    public TestAdmission Admission { get; } = new();

    public RecordingEvents Events { get; } = new();

    public Lwm2mServerOptions Options { get; set; }

    public Lwm2mServer Server { get; private set; } = null!;

    public RegistrationStore Registrations => Server.Registrations;

    public SimulatedEndpoint Endpoint { get; private set; } = null!;

    public SimulatedEndpoint Secure { get; private set; } = null!;

    /// <summary>A device at an address of its own.</summary>
    public TestDevice Add() => new(this, Network.AddRaw(), isSecure: false);

    /// <summary>A device that has proven who it is.</summary>
    public TestDevice Add(PeerIdentity identity)
    {
        RawPeer peer = Network.AddRaw();
        _identities[peer.LocalEndPoint] = identity;
        return new(this, peer, isSecure: true);
    }

    /// <summary>The verified certificate of a device.</summary>
    public static PeerIdentity Certificate(string commonName) =>
        new PeerIdentity.Certificate(Encoding.UTF8.GetBytes("thumbprint of " + commonName), new X500DistinguishedName("CN=" + commonName).RawData, new byte[16], DateTimeOffset.MaxValue, new byte[32]);

    public static PeerIdentity PreSharedKey(string identity) => new PeerIdentity.PreSharedKey(Encoding.UTF8.GetBytes(identity));

    public Registration Find(string endpoint, TenantId tenant = default) =>
        Registrations.TryGet(tenant, endpoint, out Registration? registration) ? registration : throw new InvalidOperationException($"{endpoint} is not registered.");

    public bool IsRegistered(string endpoint) => Registrations.TryGet(default(TenantId), endpoint, out _);

    public void Run(double seconds) => Network.Run(TimeSpan.FromSeconds(seconds));

    public void RunUntil(Func<bool> condition) => Network.RunUntil(condition);

    /// <summary>What the test has just done goes on elsewhere: before time passes again, that has its turn.</summary>
    public void Continue() => Network.Await(Task.FromResult(true));

    public Task<DeviceResponse> Begin(Registration registration, DeviceRequest request) => Server.SendAsync(registration, request, TestContext.Current.CancellationToken);

    public Task<ObserveResult> BeginObserve(Registration registration, Lwm2mPath path, ObserveOptions? options = null) =>
        Server.ObserveAsync(registration, path, options, TestContext.Current.CancellationToken);

    public Task<DeviceResponse> BeginCancel(Observation observation) => Server.CancelAsync(observation, TestContext.Current.CancellationToken);

    /// <summary>Ends the server in order.</summary>
    public void Stop()
    {
        Endpoint.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Secure.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Server.Dispose();
    }

    /// <summary>Starts a server over the state directory of the options.</summary>
    public void Start(bool attach = true)
    {
        Server = new Lwm2mServer(Options, Admission, Events, Network.QuietTime);
        Endpoint = Network.Add(Server, _endpointOptions);
        Secure = Network.Add(Server, _endpointOptions, "coaps");
        Secure.Identify = address => _identities.GetValueOrDefault(address, PeerIdentity.None);
        if (!attach)
            return;
        Server.AddEndpoint(Endpoint);
        Server.AddEndpoint(Secure);
    }

    public void Dispose() => Server.Dispose();
}
