using System.Net;
using System.Security.Authentication;
using System.Text;
using Surety.Coap.Tests.Tcp;
using Surety.Dtls;
using Surety.Testing;

namespace Surety.Coap.Tests.Endpoints;

/// <summary>CoAP over DTLS, both roles over real sockets (RFC 7252, 9; RFC 7925, 4.4).</summary>
public sealed class DtlsEndpointTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);
    private static readonly TestPki Pki = TestPki.Shared;
    private static readonly CertificateTrust Trust = new() { Anchors = [Pki.Root.Certificate], Intermediates = [Pki.Intermediate.Certificate] };
    private static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_sides_know_each_other_by_certificate()
    {
        var handler = new WhoAmIHandler();
        await using DtlsCoapEndpoint server = OpenServer(handler);
        await using DtlsCoapEndpoint client = OpenClient();
        Assert.Equal("coaps", server.Scheme);
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, Device("device-1"), "localhost", Token);
        CoapResponse response = await peer.SendAsync(new CoapRequest(CoapCode.Get, "/"), Token);

        Assert.Equal("certificate CN=device-1", response.Text);
        var device = Assert.IsType<PeerIdentity.Certificate>(handler.Last);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(Pki.Root.Certificate.RawData), device.TrustAnchorThumbprint.ToArray());
        Assert.Equal("Devices", device.Subject.OrganizationalUnit);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(Pki.Server.RawData), Assert.IsType<PeerIdentity.Certificate>(peer.Identity).Thumbprint.ToArray());
        Assert.Equal(server.LocalEndPoint, client.GetRemoteEndPoint(peer.Key));
    }

    [Fact]
    public async Task A_mebibyte_goes_both_ways()
    {
        var handler = new ScriptedHandler { LargeLength = 1024 * 1024 };
        await using DtlsCoapEndpoint server = OpenServer(handler);
        await using DtlsCoapEndpoint client = OpenClient();
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, Device("device-1"), "localhost", Token);
        Assert.Equal(ScriptedHandler.Body(1024 * 1024), (await peer.SendAsync(new CoapRequest(CoapCode.Get, "/large"), Token)).Payload.ToArray());
        await peer.SendAsync(new CoapRequest(CoapCode.Put, "/store") { Payload = ScriptedHandler.Body(1024 * 1024) }, Token);
        Assert.Equal(ScriptedHandler.Body(1024 * 1024), handler.Stored);
    }

    [Fact]
    public async Task Devices_with_pre_shared_keys_are_served_beside_those_with_certificates()
    {
        await using DtlsCoapEndpoint server = OpenServer(new WhoAmIHandler());
        await using DtlsCoapEndpoint client = OpenClient();
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, new DtlsClientOptions { PreSharedKey = new(Encoding.ASCII.GetBytes("meter-7"), Key) }, Token);
        Assert.Equal("PSK " + Convert.ToHexStringLower("meter-7"u8), (await peer.SendAsync(new CoapRequest(CoapCode.Get, "/"), Token)).Text);
    }

    [Fact]
    public async Task Clients_without_a_valid_certificate_are_refused_and_the_operator_reads_why()
    {
        (TlsCertificate? Certificate, string Reason)[] clients =
        [
            (null, "the client has shown no certificate, and one is required"),
            (new TlsCertificate(Pki.ExpiredDevice("device-old")), "'CN=device-old'"),
            (new TlsCertificate(Pki.Device("device-foreign", Pki.OtherRoot)), "'CN=Other Root, O=Nobody', which is no trust anchor here"),
            (new TlsCertificate(Pki.Device("device-forged", Pki.Impostor)), "'CN=device-forged"),
            (new TlsCertificate(Pki.DeviceOfWrongUsage("device-server")), "extended key usage clientAuth"),
        ];
        var logger = new ListLogger();
        await using DtlsCoapEndpoint server = OpenServer(new WhoAmIHandler(), logger: logger);
        await using DtlsCoapEndpoint client = OpenClient();
        foreach ((TlsCertificate? certificate, string reason) in clients)
        {
            await Assert.ThrowsAsync<AuthenticationException>(() =>
                client.ConnectAsync(server.LocalEndPoint, new TlsClientOptions { ServerTrust = Trust, Certificate = certificate }, "localhost", Token).AsTask());
            Assert.Contains(logger.Lines, line => line.StartsWith("Warning 1041: Refused 127.0.0.1:", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
        }

        Assert.Equal(0, server.SessionCount);
    }

    [Fact]
    public async Task A_server_that_is_not_the_one_meant_is_refused()
    {
        await using DtlsCoapEndpoint server = OpenServer(new WhoAmIHandler());
        await using DtlsCoapEndpoint client = OpenClient();
        AuthenticationException failure = await Assert.ThrowsAsync<AuthenticationException>(
            () => client.ConnectAsync(server.LocalEndPoint, Device("device-1"), "elsewhere.example", Token).AsTask());
        Assert.Contains("not for elsewhere.example", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_connection_resumes_the_first_and_replaces_it()
    {
        var handler = new ScriptedHandler();
        await using DtlsCoapEndpoint server = OpenServer(handler);
        await using DtlsCoapEndpoint client = OpenClient();
        TlsClientOptions device = Device("device-1");
        CoapPeer first = await client.ConnectAsync(server.LocalEndPoint, device, "localhost", Token);
        await first.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token);
        CoapPeer second = await client.ConnectAsync(server.LocalEndPoint, device, "localhost", Token);
        await second.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token);
        Assert.True(client.FindSession(second.Key)!.IsResumed);
        Assert.Equal(1, server.SessionCount);
        Assert.Equal(1, handler.Closed);
        Assert.False(client.IsReachable(first.Key));
    }

    [Fact]
    public async Task Sessions_survive_a_restart_of_the_server()
    {
        var handler = new WhoAmIHandler();
        DtlsCoapEndpoint server = OpenServer(handler);
        await using DtlsCoapEndpoint client = OpenClient();
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, Device("device-1"), "localhost", Token);
        await peer.SendAsync(new CoapRequest(CoapCode.Get, "/"), Token);
        PeerKey before = handler.LastPeer!.Value.Key;
        IReadOnlyList<byte[]> saved = await server.SaveAsync();
        // What is said after that is not in there, and does no harm.
        await peer.SendAsync(new CoapRequest(CoapCode.Get, "/"), Token);
        IPEndPoint address = server.LocalEndPoint;
        await server.DisposeAsync();

        await using DtlsCoapEndpoint restarted = OpenServer(handler, address, saved);
        Assert.Equal(1, restarted.SessionCount);
        Assert.Equal("certificate CN=device-1", (await peer.SendAsync(new CoapRequest(CoapCode.Get, "/"), Token)).Text);
        Assert.Equal(before, handler.LastPeer!.Value.Key);
        Assert.Equal(0, restarted.DtlsStatistics.Handshakes);
        // The server speaks first, too.
        CoapPeer device = new(restarted, before);
        Assert.Equal(CoapCode.NotFound, (await device.SendAsync(new CoapRequest(CoapCode.Get, "/nowhere"), Token)).Code);
    }

    [Fact]
    public async Task When_a_session_is_closed_what_waits_for_the_peer_fails()
    {
        var handler = new ScriptedHandler();
        await using DtlsCoapEndpoint server = OpenServer(handler);
        await using DtlsCoapEndpoint client = OpenClient();
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, Device("device-1"), "localhost", Token);
        Task<CoapResponse> waiting = peer.SendAsync(new CoapRequest(CoapCode.Get, "/later"), Token);
        while (server.Statistics.Requests == 0)
            await Task.Yield();
        client.Close(peer.Key);
        CoapExchangeException failure = await Assert.ThrowsAsync<CoapExchangeException>(() => waiting);
        Assert.Equal(ExchangeFailure.Unreachable, failure.Failure);
        while (handler.Closed == 0)
            await Task.Yield();
        Assert.Equal(0, server.SessionCount);
        await Assert.ThrowsAsync<CoapExchangeException>(() => peer.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token));
    }

    [Fact]
    public async Task Many_devices_connect_at_once()
    {
        await using DtlsCoapEndpoint server = OpenServer(new WhoAmIHandler());
        DtlsCoapEndpoint[] clients = [.. Enumerable.Range(0, 50).Select(_ => OpenClient())];
        TlsClientOptions device = Device("device-1");
        string[] answers = await Task.WhenAll(clients.Select(async client =>
        {
            CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, device, "localhost", Token);
            return (await peer.SendAsync(new CoapRequest(CoapCode.Get, "/"), Token)).Text;
        }));
        Assert.All(answers, answer => Assert.Equal("certificate CN=device-1", answer));
        Assert.Equal(50, server.SessionCount);
        foreach (DtlsCoapEndpoint client in clients)
            await client.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_that_is_not_wanted_any_more_is_given_up()
    {
        await using DtlsCoapEndpoint client = OpenClient();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<CoapPeer> connecting = client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, 9), Device("device-1"), "localhost", cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    private static TlsClientOptions Device(string name) => new() { ServerTrust = Trust, Certificate = new TlsCertificate(Pki.Device(name)) };

    private static DtlsCoapEndpoint OpenClient() => DtlsCoapEndpoint.Open(AnyPort, new WhoAmIHandler(), new CoapEndpointOptions { DeduplicationMemory = 64 * 1024 });

    private static DtlsCoapEndpoint OpenServer(ICoapHandler handler, IPEndPoint? address = null, IEnumerable<byte[]>? saved = null, ListLogger? logger = null) => DtlsCoapEndpoint.Open(
        address ?? AnyPort, handler, new CoapEndpointOptions { DeduplicationMemory = 1024 * 1024 },
        new TlsServerOptions { Certificate = new TlsCertificate(Pki.Server, [Pki.Intermediate.Certificate]), ClientTrust = Trust }, new DtlsCoapOptions { PreSharedKeys = new OneKey() }, saved, logger);

    private sealed class OneKey : IPreSharedKeyStore
    {
        public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity) => new(identity.Span.SequenceEqual("meter-7"u8) ? Key : null);
    }

    private sealed class WhoAmIHandler : ICoapHandler
    {
        public PeerIdentity? Last { get; private set; }

        public CoapPeer? LastPeer { get; private set; }

        public void OnRequest(ref IncomingRequest request)
        {
            LastPeer = request.Peer;
            Last = request.Peer.Identity;
            if (request.PathCount > 0)
                request.RespondError(CoapCode.NotFound, "there is only one resource"u8);
            else
                request.Respond(CoapCode.Content, ContentFormat.TextPlain, Encoding.UTF8.GetBytes(Last.ToString()!));
        }

        public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;
    }
}
