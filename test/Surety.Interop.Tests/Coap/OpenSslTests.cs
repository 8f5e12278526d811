using System.Globalization;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;

namespace Surety.Interop.Tests.Coap;

/// <summary>The openssl program at the other end of our TLS, in both roles (RFC 7925, 4.4, 17; RFC 8323, 8.2).</summary>
public sealed class OpenSslTests
{
    private const string Program = "openssl";

    // An empty CSM, and GET /hello with the token 41.
    private static readonly byte[] GetHello = [0x00, 0xE1, 0x61, 0x01, 0x41, 0xB5, .. "hello"u8];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-CCM8@SECLEVEL=0")]
    [InlineData("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-CCM")]
    [InlineData("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256")]
    [InlineData("-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384")]
    [InlineData("-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305")]
    [InlineData("-tls1_3", "-ciphersuites", "TLS_AES_128_GCM_SHA256")]
    [InlineData("-tls1_3", "-ciphersuites", "TLS_AES_128_CCM_SHA256")]
    [InlineData("-tls1_3", "-ciphersuites", "TLS_AES_128_CCM_8_SHA256", "-cipher", "DEFAULT@SECLEVEL=0")]
    [InlineData("-tls1_3", "-ciphersuites", "TLS_CHACHA20_POLY1305_SHA256")]
    public async Task A_client_with_a_certificate_is_served(params string[] arguments)
    {
        await using var fixture = new TcpInteropFixture();
        await using ForeignProcess client = StartClient(fixture, [.. DeviceCredentials(fixture), "-alpn", "coap", "-quiet", "-verify_return_error", .. arguments]);
        await SendAsync(client, GetHello);
        await client.WaitForOutputAsync("hello from Surety");
    }

    [Fact]
    public async Task A_client_without_ALPN_is_served_and_one_with_another_protocol_is_not()
    {
        await using var fixture = new TcpInteropFixture();
        await using ForeignProcess client = StartClient(fixture, [.. DeviceCredentials(fixture), "-quiet"]);
        await SendAsync(client, GetHello);
        await client.WaitForOutputAsync("hello from Surety");

        await using ForeignProcess other = StartClient(fixture, [.. DeviceCredentials(fixture), "-alpn", "http/1.1"]);
        await other.WaitForOutputAsync("alert no application protocol");
        await Eventually.IsTrueAsync(() => fixture.Logger.Lines.Any(line => line.Contains("no application protocol", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task A_client_without_a_certificate_is_told_that_it_needs_one(string version)
    {
        await using var fixture = new TcpInteropFixture();
        await using ForeignProcess client = StartClient(fixture, "-quiet", version);
        await client.WaitForOutputAsync("a certificate is required, and the client has shown none");
        await client.WaitForExitAsync();
    }

    [Fact]
    public async Task A_client_with_an_expired_certificate_is_told_so_and_logged_by_name()
    {
        await using var fixture = new TcpInteropFixture();
        using X509Certificate2 expired = TcpInteropFixture.Pki.ExpiredDevice("device-old");
        (string certificate, string key) = TcpInteropFixture.Pki.Write(Path.GetDirectoryName(fixture.RootFile)!, "expired", expired);
        await using ForeignProcess client = StartClient(fixture, "-quiet", "-cert", certificate, "-key", key);
        string output = await client.WaitForOutputAsync("renew it");
        Assert.Contains("'CN=device-old'", output, StringComparison.Ordinal);
        Assert.Contains(expired.SerialNumber, output, StringComparison.Ordinal);
        Assert.Contains(fixture.Logger.Lines, line => line.StartsWith("Warning 1113: Refused 127.0.0.1:", StringComparison.Ordinal) && line.Contains("'CN=device-old'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Renegotiation_is_refused()
    {
        await using var fixture = new TcpInteropFixture();
        await using ForeignProcess client = StartClient(fixture, [.. DeviceCredentials(fixture), "-tls1_2"]);
        await client.WaitForOutputAsync("Verify return code: 0 (ok)");
        await client.Input.WriteAsync("R\n");
        await client.Input.FlushAsync(Token);
        await client.WaitForOutputAsync("RENEGOTIATING");
        await client.WaitForExitAsync();
        await Eventually.IsTrueAsync(() => fixture.Secure.ConnectionCount == 0);
        Assert.Contains(fixture.Logger.Lines, line => line.Contains("renegotiation", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-tls1", "-cipher", "ALL@SECLEVEL=0")]
    [InlineData("-tls1_1", "-cipher", "ALL@SECLEVEL=0")]
    [InlineData("-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256")]
    [InlineData("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA")] // CBC
    [InlineData("-tls1_2", "-cipher", "AES128-GCM-SHA256")] // no forward secrecy
    public async Task Old_versions_and_weak_suites_are_refused(params string[] arguments)
    {
        await using var fixture = new TcpInteropFixture();
        await using ForeignProcess client = StartClient(fixture, [.. DeviceCredentials(fixture), .. arguments]);
        await client.WaitForExitAsync();
        Assert.Contains("Cipher is (NONE)", client.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task A_saved_session_does_not_outlive_a_revocation(string version)
    {
        string? revoked = null;
        await using var fixture = new TcpInteropFixture();
        await using var server = TcpCoapEndpoint.Open(
            new IPEndPoint(IPAddress.Loopback, 0), fixture.Handler, null,
            new TlsServerOptions
            {
                Certificate = new TlsCertificate(TcpInteropFixture.Pki.Server),
                ClientTrust = new CertificateTrust
                {
                    Anchors = [TcpInteropFixture.Pki.Root.Certificate],
                    Intermediates = [TcpInteropFixture.Pki.Intermediate.Certificate],
                    FindRevocation = _ => revoked,
                },
            });
        string file = fixture.PathOf("session");
        string connect = $"127.0.0.1:{server.LocalEndPoint.Port}";
        await using (ForeignProcess first = ForeignProcess.Start(
            Program, Program, ["s_client", "-connect", connect, .. DeviceCredentials(fixture), version, "-quiet", "-sess_out", file]))
        {
            await SendAsync(first, GetHello);
            await first.WaitForOutputAsync("hello from Surety");
            await first.InterruptAsync();
            await first.WaitForExitAsync();
        }

        revoked = "was revoked";
        string[] resume = File.Exists(file) ? ["-sess_in", file] : [];
        await using ForeignProcess second = ForeignProcess.Start(Program, Program, ["s_client", "-connect", connect, .. DeviceCredentials(fixture), version, "-quiet", .. resume]);
        await SendAsync(second, GetHello);
        string output = await second.WaitForOutputAsync("was revoked");
        Assert.DoesNotContain("hello from Surety", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-CCM8@SECLEVEL=0")]
    [InlineData("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-CCM")]
    [InlineData("-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384")]
    [InlineData("-tls1_3", "-ciphersuites", "TLS_AES_128_CCM_8_SHA256", "-cipher", "DEFAULT@SECLEVEL=0")]
    [InlineData("-tls1_3", "-ciphersuites", "TLS_AES_256_GCM_SHA384")]
    public async Task A_server_that_wants_a_certificate_serves_our_client(params string[] arguments)
    {
        await using var fixture = new TcpInteropFixture();
        (ForeignProcess server, int port) = await StartServerAsync(fixture, ["-alpn", "coap", "-Verify", "3", "-verify_return_error", .. arguments]);
        await using ForeignProcess process = server;
        await using TcpCoapEndpoint client = OpenClient();
        Task<CoapPeer> connecting = client.ConnectAsync("127.0.0.1", port, cancellationToken: Token).AsTask();
        await SendAsync(server, [0x00, 0xE1]);
        CoapPeer peer = await connecting;
        Assert.Equal("certificate CN=localhost", peer.Identity.ToString());

        Task<CoapResponse> response = peer.SendAsync(new CoapRequest(CoapCode.Get, "/hello") { Token = new CoapToken("A"u8) }, Token);
        await server.WaitForOutputAsync("hello");
        // 2.05 with the token 41.
        await SendAsync(server, [0x31, 0x45, 0x41, 0xFF, .. "hi"u8]);
        Assert.Equal("hi", (await response).Text);
    }

    [Fact]
    public async Task A_server_that_does_not_accept_our_certificate_is_reported()
    {
        await using var fixture = new TcpInteropFixture();
        (ForeignProcess server, int port) = await StartServerAsync(fixture, ["-alpn", "coap", "-Verify", "3", "-verify_return_error"]);
        await using ForeignProcess process = server;
        await using TcpCoapEndpoint client = OpenClient(TcpInteropFixture.Pki.Device("device-1", TcpInteropFixture.Pki.OtherRoot));
        // With TLS 1.3 a client has finished before the server looks at its certificate.
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => client.ConnectAsync("127.0.0.1", port, cancellationToken: Token).AsTask());
        Assert.True(failure is AuthenticationException or CoapExchangeException, failure.ToString());
        Assert.Contains("unknown ca", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_ALPN_is_left_alone_unless_allowed()
    {
        await using var fixture = new TcpInteropFixture();
        (ForeignProcess server, int port) = await StartServerAsync(fixture, []);
        await using ForeignProcess process = server;
        await using TcpCoapEndpoint client = OpenClient();
        var failure = await Assert.ThrowsAsync<AuthenticationException>(() => client.ConnectAsync("127.0.0.1", port, cancellationToken: Token).AsTask());
        Assert.Contains("RFC 8323, 8.2", failure.Message, StringComparison.Ordinal);

        // Another one: what the first reads now may still go to the connection that has failed.
        (ForeignProcess tolerated, port) = await StartServerAsync(fixture, []);
        await using ForeignProcess second = tolerated;
        Task<CoapPeer> connecting = client.ConnectAsync("127.0.0.1", port, new TlsClientOptions { ServerTrust = TcpInteropFixture.Trust, AllowMissingAlpn = true }, Token).AsTask();
        await SendAsync(second, [0x00, 0xE1]);
        await connecting;
    }

    [Fact]
    public async Task The_certificates_of_our_authority_satisfy_openssl()
    {
        await using var fixture = new TcpInteropFixture();
        string output = await ForeignProcess.RunAsync(
            Program, Program, "verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", fixture.RootFile, "-untrusted", fixture.DeviceFile, fixture.DeviceFile);
        Assert.Contains("OK", output, StringComparison.Ordinal);
    }

    private static string[] DeviceCredentials(TcpInteropFixture fixture) => ["-CAfile", fixture.RootFile, "-cert", fixture.DeviceFile, "-key", fixture.DeviceKeyFile];

    private static ForeignProcess StartClient(TcpInteropFixture fixture, params string[] arguments) =>
        ForeignProcess.Start(Program, Program, ["s_client", "-connect", $"127.0.0.1:{fixture.Secure.LocalEndPoint.Port}", .. arguments]);

    private static async Task<(ForeignProcess Server, int Port)> StartServerAsync(TcpInteropFixture fixture, string[] arguments)
    {
        (string certificate, string key) = TcpInteropFixture.Pki.Write(Path.GetDirectoryName(fixture.RootFile)!, "server", TcpInteropFixture.Pki.Server);
        int port = ForeignProcess.FindFreePorts();
        ForeignProcess server = ForeignProcess.Start(
            Program, Program,
            ["s_server", "-accept", "127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture), "-cert", certificate, "-cert_chain", certificate, "-key", key, "-CAfile", fixture.RootFile, .. arguments]);
        await server.WaitForOutputAsync("ACCEPT");
        return (server, port);
    }

    private static TcpCoapEndpoint OpenClient(X509Certificate2? certificate = null) => TcpCoapEndpoint.OpenClient(
        new CoapClient(),
        // s_server does not answer a Release.
        new CoapEndpointOptions { Tcp = new CoapTcpOptions { ReleaseTimeout = TimeSpan.FromMilliseconds(100), LingerTimeout = TimeSpan.FromMilliseconds(100) } },
        new TlsClientOptions
        {
            ServerTrust = TcpInteropFixture.Trust,
            Certificate = new TlsCertificate(certificate ?? TcpInteropFixture.Pki.Device("device-1"), [TcpInteropFixture.Pki.Intermediate.Certificate]),
        });

    private static async Task SendAsync(ForeignProcess process, byte[] bytes)
    {
        await process.Input.BaseStream.WriteAsync(bytes, Token);
        await process.Input.BaseStream.FlushAsync(Token);
    }
}
