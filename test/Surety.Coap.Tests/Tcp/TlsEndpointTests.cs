using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Surety.Dtls;
using Surety.Testing;

namespace Surety.Coap.Tests.Tcp;

/// <summary>RFC 8323, 8.2, 9.1; RFC 7925, 4.4.</summary>
public sealed class TlsEndpointTests
{
    private static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, 0);
    private static readonly TestPki Pki = TestPki.Shared;
    private static readonly CertificateTrust Trust = new() { Anchors = [Pki.Root.Certificate], Intermediates = [Pki.Intermediate.Certificate] };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_sides_know_each_other_by_certificate()
    {
        var handler = new IdentityHandler();
        await using TcpCoapEndpoint server = OpenServer(handler);
        await using TcpCoapEndpoint client = OpenClient(Pki.Device("device-1"));
        Assert.Equal("coaps+tcp", server.Scheme);
        CoapPeer peer = await ConnectAsync(client, server);
        CoapResponse response = await peer.SendAsync(new CoapRequest(CoapCode.Get, "/"), Token);

        Assert.Equal("certificate CN=device-1", response.Text);
        var device = Assert.IsType<PeerIdentity.Certificate>(handler.Last);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(Pki.Root.Certificate.RawData), device.TrustAnchorThumbprint.ToArray());
        Assert.Equal("Devices", device.Subject.OrganizationalUnit);
        var identity = Assert.IsType<PeerIdentity.Certificate>(peer.Identity);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(Pki.Server.RawData), identity.Thumbprint.ToArray());
    }

    [Fact]
    public async Task A_mebibyte_goes_both_ways()
    {
        var handler = new ScriptedHandler { LargeLength = 1024 * 1024 };
        await using TcpCoapEndpoint server = OpenServer(handler);
        await using TcpCoapEndpoint client = OpenClient(Pki.Device("device-1"));
        CoapPeer peer = await ConnectAsync(client, server);
        Assert.Equal(ScriptedHandler.Body(1024 * 1024), (await peer.SendAsync(new CoapRequest(CoapCode.Get, "/large"), Token)).Payload.ToArray());
        await peer.SendAsync(new CoapRequest(CoapCode.Put, "/store") { Payload = ScriptedHandler.Body(1024 * 1024) }, Token);
        Assert.Equal(ScriptedHandler.Body(1024 * 1024), handler.Stored);
    }

    [Fact]
    public async Task Clients_without_a_valid_certificate_are_refused_and_told_why_on_both_sides()
    {
        (TlsCertificate? Certificate, string Reason)[] clients =
        [
            (null, "a certificate is required, and the client has shown none"),
            (new TlsCertificate(Pki.ExpiredDevice("device-old")), "'CN=device-old'"),
            (new TlsCertificate(Pki.Device("device-foreign", Pki.OtherRoot)), "'CN=Other Root, O=Nobody', which is no trust anchor here"),
            (new TlsCertificate(Pki.Device("device-forged", Pki.Impostor)), "'CN=device-forged"),
            (new TlsCertificate(Pki.DeviceOfWrongUsage("device-server")), "extended key usage clientAuth"),
            (new TlsCertificate(Pki.Server), "extended key usage clientAuth"),
        ];
        var logger = new ListLogger();
        var handler = new ScriptedHandler();
        await using TcpCoapEndpoint server = OpenServer(handler, logger: logger);
        foreach ((TlsCertificate? certificate, string reason) in clients)
        {
            await using var client = TcpCoapEndpoint.OpenClient(
                new CoapClient(), tls: new TlsClientOptions { ServerTrust = Trust, Certificate = certificate, ServerName = "localhost" });
            var failure = await Assert.ThrowsAsync<CoapExchangeException>(() => ConnectAsync(client, server));
            Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
            Assert.Contains(logger.Lines, line => line.StartsWith("Warning 1113: Refused 127.0.0.1:", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
        }

        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task A_refused_client_cannot_have_anything_handled()
    {
        var handler = new ScriptedHandler();
        await using TcpCoapEndpoint server = OpenServer(handler);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.LocalEndPoint, Token);
        await using var tls = new SslStream(new NetworkStream(socket));
#pragma warning disable CA5359 // What is tested is the server.
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, _, _, _) => true }, Token);
#pragma warning restore CA5359
        using var raw = new RawTcpPeer(socket, tls);
        try
        {
            await raw.SendAsync([0x00, 0xE1, .. TcpSessionHarness.Get("01", "/hello")]);
        }
        catch (IOException)
        {
            // Closed already.
        }

        string? message;
        while ((message = await raw.ReceiveAsync()) is not null)
            Assert.True(message.StartsWith("7.01", StringComparison.Ordinal) || message.StartsWith("7.05", StringComparison.Ordinal), message);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task A_certificate_can_be_optional_or_not_asked_for()
    {
        foreach (ClientCertificateMode mode in (ClientCertificateMode[])[ClientCertificateMode.Optional, ClientCertificateMode.None])
        {
            var handler = new IdentityHandler();
            await using TcpCoapEndpoint server = OpenServer(handler, new TlsServerOptions { Certificate = ServerCertificate(), ClientTrust = Trust, ClientCertificate = mode });
            await using (TcpCoapEndpoint client = OpenClient(null))
                Assert.Equal("none", (await (await ConnectAsync(client, server)).SendAsync(new CoapRequest(CoapCode.Get, "/"), Token)).Text);
            await using (TcpCoapEndpoint client = OpenClient(Pki.Device("device-1")))
            {
                string expected = mode == ClientCertificateMode.None ? "none" : "certificate CN=device-1";
                Assert.Equal(expected, (await (await ConnectAsync(client, server)).SendAsync(new CoapRequest(CoapCode.Get, "/"), Token)).Text);
            }

            if (mode == ClientCertificateMode.Optional)
            {
                // Optional is not: anything goes.
                await using TcpCoapEndpoint client = OpenClient(Pki.ExpiredDevice("device-old"));
                await Assert.ThrowsAsync<CoapExchangeException>(() => ConnectAsync(client, server));
            }
        }
    }

    [Fact]
    public async Task Anchors_and_revocations_take_effect_while_the_server_runs()
    {
        var anchors = new TrustAnchorSet();
        string? revoked = null;
        var trust = new CertificateTrust { LiveAnchors = anchors, FindRevocation = _ => revoked };
        await using TcpCoapEndpoint server = OpenServer(new IdentityHandler(), new TlsServerOptions { Certificate = ServerCertificate(), ClientTrust = trust });
        await using TcpCoapEndpoint client = OpenClient(Pki.Device("device-1", Pki.OtherRoot));
        await Assert.ThrowsAsync<CoapExchangeException>(() => ConnectAsync(client, server));
        anchors.Add(Pki.OtherRoot.Certificate.RawData);
        await ConnectAsync(client, server);
        revoked = "was revoked: reported stolen";
        var failure = await Assert.ThrowsAsync<CoapExchangeException>(() => ConnectAsync(client, server));
        Assert.Contains("reported stolen", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clients_intermediates_are_sent_along()
    {
        await using TcpCoapEndpoint server = OpenServer(
            new IdentityHandler(), new TlsServerOptions { Certificate = ServerCertificate(), ClientTrust = new CertificateTrust { Anchors = [Pki.Root.Certificate] } });
        await using (TcpCoapEndpoint client = OpenClient(Pki.Device("device-1")))
        {
            var failure = await Assert.ThrowsAsync<CoapExchangeException>(() => ConnectAsync(client, server));
            Assert.Contains("send its certificate along", failure.Message, StringComparison.Ordinal);
        }

        await using var complete = TcpCoapEndpoint.OpenClient(
            new CoapClient(), tls: new TlsClientOptions { ServerTrust = Trust, Certificate = new TlsCertificate(Pki.Device("device-1"), [Pki.Intermediate.Certificate]) });
        await ConnectAsync(complete, server);
    }

    [Fact]
    public async Task A_server_that_is_not_trusted_is_not_spoken_to()
    {
        (TlsCertificate Certificate, string Reason)[] servers =
        [
            (new TlsCertificate(Pki.ServerFor("example.org")), "is for example.org (subjectAltName), not for 127.0.0.1"),
            (new TlsCertificate(Pki.Device("localhost")), "extended key usage serverAuth"),
            (new TlsCertificate(Pki.OtherRoot.IssueWithNewKey(Surety.Pki.CertificateProfile.Server(["127.0.0.1"], Pki.Validity))), "which is no trust anchor here"),
        ];
        foreach ((TlsCertificate certificate, string reason) in servers)
        {
            var handler = new ScriptedHandler();
            await using TcpCoapEndpoint server = OpenServer(handler, new TlsServerOptions { Certificate = certificate, ClientTrust = Trust });
            await using TcpCoapEndpoint client = OpenClient(Pki.Device("device-1"));
            var failure = await Assert.ThrowsAsync<AuthenticationException>(() => ConnectAsync(client, server));
            Assert.Contains($"The server 127.0.0.1:{server.LocalEndPoint.Port} is not trusted", failure.Message, StringComparison.Ordinal);
            Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
            Assert.Equal(0, client.ConnectionCount);
        }
    }

    [Fact]
    public async Task The_name_meant_can_differ_from_the_address_and_chooses_the_servers_certificate()
    {
        List<string> names = [];
        var options = new TlsServerOptions
        {
            Certificate = ServerCertificate(),
            ClientTrust = Trust,
            SelectCertificate = name =>
            {
                names.Add(name);
                return name == "other.example" ? new TlsCertificate(Pki.ServerFor("other.example"), [Pki.Intermediate.Certificate]) : null;
            },
        };
        await using TcpCoapEndpoint server = OpenServer(new IdentityHandler(), options);
        await using TcpCoapEndpoint client = OpenClient(null);
        foreach (string name in (string[])["other.example", "localhost"])
        {
            var tls = new TlsClientOptions { ServerTrust = Trust, Certificate = new TlsCertificate(Pki.Device("device-1")), ServerName = name };
            CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, tls, Token);
            Assert.True(peer.Identity.IsAuthenticated);
        }

        Assert.Equal(["other.example", "localhost"], names);
    }

    [Theory]
    [InlineData(TlsCipherSuite.TLS_AES_128_GCM_SHA256)]
    [InlineData(TlsCipherSuite.TLS_AES_256_GCM_SHA384)]
    [InlineData(TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256)]
    [InlineData(TlsCipherSuite.TLS_AES_128_CCM_SHA256)]
    [InlineData(TlsCipherSuite.TLS_AES_128_CCM_8_SHA256)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8)]
    public async Task Every_cipher_suite_of_constrained_devices_works(TlsCipherSuite suite)
    {
        await using TcpCoapEndpoint server = OpenServer(new IdentityHandler());
        await using TcpCoapEndpoint client = OpenClient(null);
        var tls = new TlsClientOptions { ServerTrust = Trust, Certificate = new TlsCertificate(Pki.Device("device-1")), CipherSuites = [suite] };
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, tls, Token);
        Assert.Equal("certificate CN=device-1", (await peer.SendAsync(new CoapRequest(CoapCode.Get, "/"), Token)).Text);
    }

    [Fact]
    public async Task Without_a_common_cipher_suite_there_is_no_connection_and_both_sides_say_so()
    {
        var logger = new ListLogger();
        await using TcpCoapEndpoint server = OpenServer(new IdentityHandler(), logger: logger);
        await using TcpCoapEndpoint client = OpenClient(null);
        var tls = new TlsClientOptions { ServerTrust = Trust, CipherSuites = [TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256] };
        var failure = await Assert.ThrowsAsync<AuthenticationException>(() => client.ConnectAsync(server.LocalEndPoint, tls, Token).AsTask());
        Assert.Contains("handshake failure", failure.Message, StringComparison.Ordinal);
        await Eventually(() => logger.Lines.Any(line => line.StartsWith("Information 1114", StringComparison.Ordinal) && line.Contains("no shared cipher", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_that_does_not_select_coap_is_left_alone_unless_allowed()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(Anywhere);
        listener.Listen();
        Task serving = ServeWithoutAlpnAsync(listener, 2);
        var limits = new CoapTcpOptions { ReleaseTimeout = TimeSpan.FromMilliseconds(100) };
        await using var client = TcpCoapEndpoint.OpenClient(new CoapClient(), new CoapEndpointOptions { Tcp = limits }, new TlsClientOptions { ServerTrust = Trust });
        var failure = await Assert.ThrowsAsync<AuthenticationException>(() => client.ConnectAsync((IPEndPoint)listener.LocalEndPoint!, cancellationToken: Token).AsTask());
        Assert.Contains("did not select 'coap' by ALPN", failure.Message, StringComparison.Ordinal);
        await client.ConnectAsync((IPEndPoint)listener.LocalEndPoint!, new TlsClientOptions { ServerTrust = Trust, AllowMissingAlpn = true }, Token);
        await client.DisposeAsync();
        await serving;
    }

    [Fact]
    public async Task A_client_that_offers_another_protocol_is_refused_and_one_that_offers_none_accepted()
    {
        await using TcpCoapEndpoint server = OpenServer(new IdentityHandler(), new TlsServerOptions { Certificate = ServerCertificate(), ClientCertificate = ClientCertificateMode.None });
        foreach ((string? protocol, bool accepted) in ((string?, bool)[])[("http/1.1", false), (null, true)])
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server.LocalEndPoint, Token);
            await using var tls = new SslStream(new NetworkStream(socket));
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck },
                ApplicationProtocols = protocol is null ? null : [new SslApplicationProtocol(protocol)],
            };
            options.CertificateChainPolicy.CustomTrustStore.Add(Pki.Root.Certificate);
            if (accepted)
                await tls.AuthenticateAsClientAsync(options, Token);
            else
                await Assert.ThrowsAsync<AuthenticationException>(() => tls.AuthenticateAsClientAsync(options, Token));
        }
    }

    [Fact]
    public async Task A_client_that_does_not_speak_TLS_is_dropped_in_time()
    {
        var time = new ManualTime();
        using var pki = new TestPki(time);
        var trust = new CertificateTrust { Anchors = [pki.Root.Certificate], Intermediates = [pki.Intermediate.Certificate] };
        var logger = new ListLogger();
        await using var server = TcpCoapEndpoint.Open(
            Anywhere, new IdentityHandler(), new CoapEndpointOptions { Tcp = new CoapTcpOptions { MaxHandshakes = 1 } },
            new TlsServerOptions { Certificate = new TlsCertificate(pki.Server), ClientTrust = trust }, logger, time);
        using (RawTcpPeer plain = await RawTcpPeer.ConnectAsync(server.LocalEndPoint))
        {
            await plain.SendAsync(TcpSessionHarness.Get("01", "/hello"));
            Assert.Null(await plain.ReceiveAsync());
        }

        using RawTcpPeer silent = await RawTcpPeer.ConnectAsync(server.LocalEndPoint, csm: false);
        await Eventually(() => server.ConnectionCount == 1);

        // The one place for handshakes is taken: the next client waits, and gets its turn when the silent one is dropped.
        await using var client = TcpCoapEndpoint.OpenClient(
            new CoapClient(), tls: new TlsClientOptions { ServerTrust = trust, Certificate = new TlsCertificate(pki.Device("device-1")) }, time: new ManualTime());
        Task<CoapPeer> waiting = ConnectAsync(client, server);
        await Task.Delay(200, Token);
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(await silent.ReceiveAsync());
        await waiting;
        Assert.Contains(logger.Lines, line => line.Contains("it took too long", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_does_not_speak_TLS_is_given_up_with_a_reason()
    {
        await using var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler());
        await using TcpCoapEndpoint client = OpenClient(Pki.Device("device-1"));
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(client, server));
        Assert.True(failure is AuthenticationException or CoapExchangeException, failure.ToString());
        Assert.Contains($"127.0.0.1:{server.LocalEndPoint.Port}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secure_and_plain_endpoints_make_connections_of_their_own_kind_only()
    {
        await using var plain = TcpCoapEndpoint.OpenClient(new CoapClient());
        await Assert.ThrowsAsync<ArgumentException>(() => plain.ConnectAsync(Anywhere, new TlsClientOptions { ServerTrust = Trust }, Token).AsTask());
        await using TcpCoapEndpoint server = OpenServer(new IdentityHandler());
        await Assert.ThrowsAsync<ArgumentException>(() => server.ConnectAsync(Anywhere, null, Token).AsTask());
    }

    private static TlsCertificate ServerCertificate() => new(Pki.Server, [Pki.Intermediate.Certificate]);

    private static TlsServerOptions ServerOptions() => new() { Certificate = ServerCertificate(), ClientTrust = Trust };

    private static TcpCoapEndpoint OpenServer(ICoapHandler handler, TlsServerOptions? options = null, ListLogger? logger = null) =>
        TcpCoapEndpoint.Open(Anywhere, handler, null, options ?? ServerOptions(), logger);

    private static TcpCoapEndpoint OpenClient(X509Certificate2? certificate) => TcpCoapEndpoint.OpenClient(
        new CoapClient(), tls: new TlsClientOptions { ServerTrust = Trust, Certificate = certificate is null ? null : new TlsCertificate(certificate) });

    private static Task<CoapPeer> ConnectAsync(TcpCoapEndpoint client, TcpCoapEndpoint server) => client.ConnectAsync(server.LocalEndPoint, null, Token).AsTask();

    private static async Task Eventually(Func<bool> condition)
    {
        for (int i = 0; i < 500 && !condition(); i++)
            await Task.Delay(20, Token);
        Assert.True(condition());
    }

    private static async Task ServeWithoutAlpnAsync(Socket listener, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using Socket socket = await listener.AcceptAsync(Token);
            await using var tls = new SslStream(new NetworkStream(socket));
            try
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = ServerCertificate().Context }, Token);
                await tls.WriteAsync(new byte[] { 0x00, 0xE1 }, Token);
                while (await tls.ReadAsync(new byte[100], Token) > 0)
                {
                }
            }
            catch (IOException)
            {
                // The client has left.
            }
        }
    }

    /// <summary>Answers with what the peer has proven.</summary>
    private sealed class IdentityHandler : ICoapHandler
    {
        public PeerIdentity? Last { get; private set; }

        public void OnRequest(ref IncomingRequest request)
        {
            Last = request.Peer.Identity;
            request.Respond(CoapCode.Content, ContentFormat.TextPlain, System.Text.Encoding.UTF8.GetBytes(Last.ToString()!));
        }

        public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;
    }
}
