using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Coap;
using Surety.Server.Features.Certificates;
using Surety.Testing;

namespace Surety.Server.Tests.Est;

/// <summary>EST over TLS on a port of its own, with devices <c>device-*</c> in one account, and a client with the certificate of one.</summary>
internal sealed class EstBench : IEstAdmission, IAsyncDisposable
{
    public static readonly EntityId Account = new(0x0123456789abcdef, 0x0123456789abcdef);
    public static readonly EntityId Device = new(0x0162f1a2b3c40000, 0x00000001001001aa);

    private static readonly TestPki Pki = TestPki.Shared;
    private static readonly CertificateTrust Trust = new() { Anchors = [Pki.Root.Certificate], Intermediates = [Pki.Intermediate.Certificate] };

    private readonly TcpCoapEndpoint _server;
    private readonly EstService _service;
    private readonly List<TcpCoapEndpoint> _clients = [];

    public EstBench(EstOptions? options = null, TimeProvider? time = null, CoapEndpointOptions? coap = null)
    {
        _service = new EstService(Issuance, options ?? new EstOptions(), time ?? TimeProvider.System);
        Handler = new EstHandler(_service, Clients, this, NullLogger<EstHandler>.Instance);
        _server = TcpCoapEndpoint.Open(
            new IPEndPoint(IPAddress.Loopback, 0), new Bootstrap(this), coap, new TlsServerOptions { Certificate = new TlsCertificate(Pki.Server, [Pki.Intermediate.Certificate]), ClientTrust = Trust });
    }

    public TestIssuance Issuance { get; } = new();

    public EstClients Clients { get; } = new();

    public EstHandler Handler { get; }

    /// <summary>What the directory knows.</summary>
    public bool KnowsDevice { get; set; } = true;

    /// <summary>Admits the peer of the next request, as the bootstrap server does on its connections.</summary>
    public Func<PeerIdentity, EstClient>? AdmitNext { get; set; }

    public static byte[] Request(string subject, ECDsa? key = null)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest(subject, key ?? own, HashAlgorithmName.SHA256).CreateSigningRequest();
    }

    public async Task<CoapPeer> ConnectAsync(string name = "device-1")
    {
        var client = TcpCoapEndpoint.OpenClient(
            new CoapClient(), null, new TlsClientOptions { ServerTrust = Trust, Certificate = new TlsCertificate(Pki.Device(name), [Pki.Intermediate.Certificate]) });
        _clients.Add(client);
        return await client.ConnectAsync("127.0.0.1", _server.LocalEndPoint.Port, cancellationToken: TestContext.Current.CancellationToken);
    }

    public static Task<CoapResponse> GetAsync(CoapPeer peer, string path, ContentFormat? accept = null) =>
        peer.SendAsync(new CoapRequest(CoapCode.Get, path) { Accept = accept }, TestContext.Current.CancellationToken);

    public static Task<CoapResponse> PostAsync(CoapPeer peer, string path, byte[] body, ContentFormat? format = null, ContentFormat? accept = null) =>
        peer.SendAsync(new CoapRequest(CoapCode.Post, path) { Payload = body, ContentFormat = format, Accept = accept }, TestContext.Current.CancellationToken);

    public ValueTask<EstClient> AdmitAsync(PeerIdentity identity, bool mayBootstrap, CancellationToken cancellationToken) => KnowsDevice
        ? ValueTask.FromResult(new EstClient(Account, Device, ((PeerIdentity.Certificate)identity).Subject.CommonName!, identity))
        : throw new CoapException(CoapCode.Forbidden, "the device is not in the directory");

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await _server.DisposeAsync();
        _service.Dispose();
    }

    private sealed class Bootstrap(EstBench bench) : ICoapHandler
    {
        public void OnRequest(ref IncomingRequest request)
        {
            if (bench.AdmitNext is { } admit)
                bench.Clients.Admit(request.Peer, admit(request.Peer.Identity));
            bench.AdmitNext = null;
            bench.Handler.OnRequest(ref request);
        }

        public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;

        public void OnPeerClosed(in CoapPeer peer) => bench.Handler.OnPeerClosed(peer);
    }
}
