using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Surety.Coap.Tests.Tcp;
using Surety.Dtls;
using Surety.Testing;

namespace Surety.Coap.Tests.Endpoints;

/// <summary>What is believed changes while endpoints run: for handshakes, for resumption, and for sessions that exist.</summary>
public sealed class LiveTrustTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);
    private static readonly TestPki Pki = TestPki.Shared;
    private static readonly CertificateTrust ServerTrust = new() { Anchors = [Pki.Root.Certificate], Intermediates = [Pki.Intermediate.Certificate] };
    private static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    private readonly TrustAnchorSet _anchors = new([Pki.Root.Certificate.RawData]);
    private readonly ListLogger _logger = new();
    private volatile PeerRefusal? _refusal;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static PeerRefusal Suspended => new(AlertDescription.AccessDenied, "the device is suspended");

    private CertificateTrust Trust => new()
    {
        LiveAnchors = _anchors,
        Intermediates = [Pki.Intermediate.Certificate],
        FindRefusal = _ => _refusal,
    };

    [Fact]
    public async Task A_peer_with_a_valid_certificate_can_be_refused_with_a_reason_over_DTLS()
    {
        await using DtlsCoapEndpoint server = OpenDtls(Trust);
        await using DtlsCoapEndpoint client = OpenDtlsClient();
        _refusal = Suspended;
        AuthenticationException failure = await Assert.ThrowsAsync<AuthenticationException>(() => ConnectAsync(client, server));
        Assert.Contains(nameof(AlertDescription.AccessDenied), failure.Message, StringComparison.Ordinal);
        Assert.Contains(_logger.Lines, line => line.Contains("the device is suspended", StringComparison.Ordinal));
        _refusal = null;
        await ConnectAsync(client, server);
    }

    [Fact]
    public async Task A_peer_with_a_valid_certificate_is_refused_with_the_reason_over_TLS()
    {
        await using TcpCoapEndpoint server = OpenTls();
        await using TcpCoapEndpoint client = OpenTlsClient();
        _refusal = Suspended;
        CoapExchangeException failure = await Assert.ThrowsAsync<CoapExchangeException>(() => ConnectAsync(client, server));
        Assert.Contains("the device is suspended", failure.Message, StringComparison.Ordinal);
        _refusal = null;
        await ConnectAsync(client, server);
    }

    [Fact]
    public async Task A_refused_peer_does_not_get_in_by_resumption_and_neither_does_one_whose_anchor_is_gone()
    {
        await using DtlsCoapEndpoint server = OpenDtls(Trust);
        await using DtlsCoapEndpoint client = OpenDtlsClient();
        TlsClientOptions device = Device("device-1");
        await client.ConnectAsync(server.LocalEndPoint, device, "localhost", Token);
        CoapPeer second = await client.ConnectAsync(server.LocalEndPoint, device, "localhost", Token);
        Assert.True(client.FindSession(second.Key)!.IsResumed);
        _refusal = Suspended;
        await Assert.ThrowsAsync<AuthenticationException>(() => client.ConnectAsync(server.LocalEndPoint, device, "localhost", Token).AsTask());
        _refusal = null;
        _anchors.Remove(SHA256.HashData(Pki.Root.Certificate.RawData));
        await Assert.ThrowsAsync<AuthenticationException>(() => client.ConnectAsync(server.LocalEndPoint, device, "localhost", Token).AsTask());
    }

    [Fact]
    public async Task Sessions_of_a_peer_are_ended_at_once_over_DTLS_and_those_of_others_stay()
    {
        await using DtlsCoapEndpoint server = OpenDtls(Trust);
        await using DtlsCoapEndpoint client = OpenDtlsClient(), other = OpenDtlsClient();
        CoapPeer peer = await ConnectAsync(client, server, "device-1"), stays = await ConnectAsync(other, server, "device-2");
        Assert.Equal(1, server.CloseSessions(identity => identity is PeerIdentity.Certificate { Subject.CommonName: "device-1" } ? Suspended : null));
        await Eventually(() => !client.IsReachable(peer.Key));
        Assert.Equal(1, server.SessionCount);
        Assert.Equal("hello", (await stays.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token)).Text);
        Assert.Contains(_logger.Lines, line => line.Contains("CN=device-1", StringComparison.Ordinal) && line.Contains("the device is suspended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connections_of_a_peer_are_ended_at_once_over_TLS_and_it_reads_why()
    {
        await using TcpCoapEndpoint server = OpenTls();
        await using TcpCoapEndpoint client = OpenTlsClient();
        CoapPeer peer = await ConnectAsync(client, server, "device-1"), stays = await ConnectAsync(client, server, "device-2");
        Assert.Equal(1, server.CloseSessions(identity => identity is PeerIdentity.Certificate { Subject.CommonName: "device-1" } ? Suspended : null));
        await Eventually(() => !client.IsReachable(peer.Key));
        Assert.Equal("hello", (await stays.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token)).Text);
    }

    [Fact]
    public async Task A_session_with_a_pre_shared_key_is_ended_as_soon_as_the_peer_has_proven_who_it_is()
    {
        await using DtlsCoapEndpoint server = OpenDtls(Trust);
        await using DtlsCoapEndpoint client = OpenDtlsClient();
        CoapPeer peer = await ConnectWithKeyAsync(client, server);
        Assert.Equal("hello", (await peer.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token)).Text);
        Assert.Equal(1, server.CloseSessions(identity => identity is PeerIdentity.PreSharedKey ? Suspended : null));
        await Eventually(() => server.SessionCount == 0);

        _refusal = Suspended;
        // The handshake itself succeeds: only with its last message has the client proven anything.
        CoapPeer again = await ConnectWithKeyAsync(client, server);
        await Eventually(() => !client.IsReachable(again.Key));
        Assert.Equal(0, server.SessionCount);
        // An identity that nobody has fails as a wrong key does.
        await Assert.ThrowsAsync<AuthenticationException>(
            () => client.ConnectAsync(server.LocalEndPoint, new DtlsClientOptions { PreSharedKey = new("meter-8"u8.ToArray(), Key) }, Token).AsTask());
    }

    [Fact]
    public async Task Raw_public_keys_are_known_one_by_one_and_can_be_forgotten()
    {
        using var deviceKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var unknownKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] known = deviceKey.ExportSubjectPublicKeyInfo();
        bool isKnown = true;
        var trust = new CertificateTrust { FindRawPublicKey = key => isKnown && key.Span.SequenceEqual(known), FindRefusal = _ => _refusal };
        await using DtlsCoapEndpoint server = OpenDtls(trust);
        await using DtlsCoapEndpoint client = OpenDtlsClient();
        var options = new DtlsClientOptions { Certificate = new DtlsCertificate(deviceKey), Verifier = new TrustAnchors([Pki.Root.Certificate.RawData]), ServerName = "localhost" };
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, options, Token);
        Assert.Equal("hello", (await peer.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token)).Text);
        isKnown = false;
        await Assert.ThrowsAsync<AuthenticationException>(() => client.ConnectAsync(server.LocalEndPoint, options, Token).AsTask());
        isKnown = true;
        await Assert.ThrowsAsync<AuthenticationException>(
            () => client.ConnectAsync(server.LocalEndPoint, options with { Certificate = new DtlsCertificate(unknownKey) }, Token).AsTask());
        string hash = Convert.ToHexStringLower(SHA256.HashData(unknownKey.ExportSubjectPublicKeyInfo()));
        Assert.Contains(_logger.Lines, line => line.Contains(hash, StringComparison.Ordinal));
        _refusal = Suspended;
        await Assert.ThrowsAsync<AuthenticationException>(() => client.ConnectAsync(server.LocalEndPoint, options, Token).AsTask());
    }

    private static Task<CoapPeer> ConnectAsync(DtlsCoapEndpoint client, DtlsCoapEndpoint server, string device = "device-1") =>
        client.ConnectAsync(server.LocalEndPoint, Device(device), "localhost", Token).AsTask();

    private static Task<CoapPeer> ConnectAsync(TcpCoapEndpoint client, TcpCoapEndpoint server, string device = "device-1") =>
        client.ConnectAsync(server.LocalEndPoint, Device(device), Token).AsTask();

    private static Task<CoapPeer> ConnectWithKeyAsync(DtlsCoapEndpoint client, DtlsCoapEndpoint server) =>
        client.ConnectAsync(server.LocalEndPoint, new DtlsClientOptions { PreSharedKey = new(Encoding.ASCII.GetBytes("meter-7"), Key) }, Token).AsTask();

    private static TlsClientOptions Device(string name) => new() { ServerTrust = ServerTrust, Certificate = new TlsCertificate(Pki.Device(name)) };

    private static DtlsCoapEndpoint OpenDtlsClient() => DtlsCoapEndpoint.Open(AnyPort, new ScriptedHandler(), new CoapEndpointOptions { DeduplicationMemory = 64 * 1024 });

    private static TcpCoapEndpoint OpenTlsClient() => TcpCoapEndpoint.OpenClient(new ScriptedHandler(), null, new TlsClientOptions { ServerTrust = ServerTrust });

    private static TlsServerOptions Server(CertificateTrust trust) => new() { Certificate = new TlsCertificate(Pki.Server, [Pki.Intermediate.Certificate]), ClientTrust = trust };

    private DtlsCoapEndpoint OpenDtls(CertificateTrust trust) => DtlsCoapEndpoint.Open(
        AnyPort, new ScriptedHandler(), new CoapEndpointOptions { DeduplicationMemory = 64 * 1024 }, Server(trust), new DtlsCoapOptions { PreSharedKeys = new OneKey() }, null, _logger);

    private TcpCoapEndpoint OpenTls() => TcpCoapEndpoint.Open(AnyPort, new ScriptedHandler(), null, Server(Trust), _logger);

    private static async Task Eventually(Func<bool> condition)
    {
        for (int i = 0; i < 500 && !condition(); i++)
            await Task.Delay(20, Token);
        Assert.True(condition());
    }

    private sealed class OneKey : IPreSharedKeyStore
    {
        public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity) => new(identity.Span.SequenceEqual("meter-7"u8) ? Key : null);
    }
}
