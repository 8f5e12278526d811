using System.Globalization;
using System.Net.Security;
using Surety.Dtls;

namespace Surety.Interop.Tests.Dtls;

/// <summary>The openssl program at the other end, in both roles.</summary>
public sealed class OpenSslDtlsTests : IDisposable
{
    private const string Program = "openssl";

    private readonly DtlsCredentials _files = new();

    /// <summary>OpenSSL's names, and ours.</summary>
    public static TheoryData<string, TlsCipherSuite> CertificateSuites => new()
    {
        { "ECDHE-ECDSA-AES128-CCM8", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 },
        { "ECDHE-ECDSA-AES128-CCM", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM },
        { "ECDHE-ECDSA-AES128-GCM-SHA256", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 },
        { "ECDHE-ECDSA-AES256-GCM-SHA384", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 },
        { "ECDHE-ECDSA-CHACHA20-POLY1305", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 },
        { "ECDHE-ECDSA-AES128-SHA256", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 },
    };

    public static TheoryData<string, TlsCipherSuite> PskSuites => new()
    {
        { "PSK-AES128-CCM8", TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8 },
        { "PSK-AES128-CCM", TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM },
        { "PSK-AES128-GCM-SHA256", TlsCipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256 },
        { "PSK-AES128-CBC-SHA256", TlsCipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256 },
        { "ECDHE-PSK-AES128-CBC-SHA256", TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256 },
    };

    private string[] DeviceArguments => ["-CAfile", _files.RootFile, "-cert", _files.DeviceFile, "-cert_chain", _files.DeviceFile, "-key", _files.DeviceKeyFile, "-verify_return_error"];

    private string[] ServerArguments => ["-CAfile", _files.RootFile, "-cert", _files.ServerFile, "-cert_chain", _files.ServerFile, "-key", _files.ServerKeyFile, "-Verify", "3"];

    private static string[] PskArguments => ["-psk", DtlsCredentials.PskHex, "-psk_identity", "device-1"];

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(CertificateSuites))]
    public async Task Its_client_with_a_certificate_is_served(string name, TlsCipherSuite suite)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using ForeignProcess client = StartClient(server, [.. DeviceArguments, "-cipher", name + "@SECLEVEL=0"]);
        await TalkAsync(client);
        DtlsSession session = await server.WaitForSessionAsync();
        Assert.Equal(suite, session.CipherSuite);
        Assert.True(session.HasExtendedMasterSecret);
        Assert.Equal(DtlsCredentials.Device.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256), Assert.IsType<PeerCredential.Certificate>(session.Peer).Thumbprint.ToArray());
    }

    [Theory]
    [MemberData(nameof(PskSuites))]
    public async Task Its_client_with_a_pre_shared_key_is_served(string name, TlsCipherSuite suite)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using ForeignProcess client = StartClient(server, [.. PskArguments, "-cipher", name + "@SECLEVEL=0"]);
        await TalkAsync(client);
        DtlsSession session = await server.WaitForSessionAsync();
        Assert.Equal(suite, session.CipherSuite);
        Assert.Equal("device-1"u8, Assert.IsType<PeerCredential.PreSharedKey>(session.Peer).Identity.Span);
    }

    [Theory]
    [MemberData(nameof(CertificateSuites))]
    public async Task Its_server_is_spoken_to_with_a_certificate(string name, TlsCipherSuite suite)
    {
        await using var client = new DtlsUdpHost(null);
        int port = ForeignProcess.FindFreePorts();
        await using ForeignProcess server = await StartServerAsync(port, [.. ServerArguments, "-cipher", name + "@SECLEVEL=0"]);
        client.Connect(port, new()
        {
            Certificate = new(DtlsCredentials.Device, [DtlsCredentials.Pki.Intermediate.Certificate]), Verifier = DtlsCredentials.Trust, ServerName = "localhost", CipherSuites = [suite],
        });
        await TalkAsync(client, server);
        Assert.Contains("CN = device-1", server.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(PskSuites))]
    public async Task Its_server_is_spoken_to_with_a_pre_shared_key(string name, TlsCipherSuite suite)
    {
        await using var client = new DtlsUdpHost(null);
        int port = ForeignProcess.FindFreePorts();
        await using ForeignProcess server = await StartServerAsync(port, ["-nocert", .. PskArguments, "-cipher", name + "@SECLEVEL=0"]);
        client.Connect(port, new() { PreSharedKey = new("device-1"u8.ToArray(), DtlsCredentials.Psk), CipherSuites = [suite] });
        await TalkAsync(client, server);
    }

    [Theory]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("X25519")]
    public async Task Every_group_works_with_its_client(string group)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        // The curve of the certificate must be among the groups as well (RFC 8422, 5.1).
        await using ForeignProcess client = StartClient(server, [.. DeviceArguments, "-groups", group == "P-256" ? group : group + ":P-256", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"]);
        await TalkAsync(client);
    }

    [Theory]
    [InlineData("-no_ticket")]
    [InlineData("-bugs")]
    public async Task Its_client_resumes_by_id_and_by_ticket(string option)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        string file = _files.File("session" + option);
        await using (ForeignProcess first = StartClient(server, [.. DeviceArguments, option, "-sess_out", file]))
        {
            await TalkAsync(first);
            await first.Input.WriteLineAsync("Q");
            first.Input.Close();
            await first.WaitForExitAsync();
        }

        await using ForeignProcess second = StartClient(server, [.. DeviceArguments, option, "-sess_in", file]);
        await TalkAsync(second);
        DtlsSession session = await server.WaitForSessionAsync(2);
        Assert.True(session.IsResumed);
        Assert.IsType<PeerCredential.Certificate>(session.Peer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_with_its_server_is_resumed_by_id_and_by_ticket(bool ticket)
    {
        await using var client = new DtlsUdpHost(null);
        int port = ForeignProcess.FindFreePorts();
        await using ForeignProcess server = await StartServerAsync(port, ["-nocert", .. PskArguments, "-cipher", "PSK-AES128-GCM-SHA256", ticket ? "-bugs" : "-no_ticket"]);
        PreSharedKeyCredential key = new("device-1"u8.ToArray(), DtlsCredentials.Psk);
        client.Connect(port, new() { PreSharedKey = key, RequestTicket = ticket });
        DtlsSession first = await client.WaitForSessionAsync();
        Assert.NotNull(first.Resumption);
        client.Close();
        await server.WaitForOutputAsync("DONE");
        client.Connect(port, new() { PreSharedKey = key, RequestTicket = ticket, Resumption = first.Resumption });
        DtlsSession second = await client.WaitForSessionAsync(2);
        Assert.True(second.IsResumed);
        client.Send("resumed\n");
        await server.WaitForOutputAsync("resumed");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public async Task Its_client_is_served_over_a_lossy_network(double loss)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server, loss, DtlsEngineOptions.Default with { ServerRetransmission = TimeSpan.FromSeconds(1), HandshakeTimeout = TimeSpan.FromSeconds(120) });
        await using ForeignProcess client = StartClient(server, [.. DeviceArguments, "-mtu", "600"]);
        await server.WaitForSessionAsync();
    }

    [Fact]
    public async Task Its_client_whose_ClientHello_does_not_fit_its_path_is_served()
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using var network = new UdpProxy(server.Port);
        // The least MTU that it takes, and a hello that is longer.
        await using ForeignProcess client = ForeignProcess.Start(
            Program, Program, ["s_client", "-dtls1_2", "-connect", "127.0.0.1:" + network.Port.ToString(CultureInfo.InvariantCulture), "-mtu", "256", "-servername",
                string.Join('.', Enumerable.Repeat("a-host-with-a-long-name", 8)), .. DeviceArguments]);
        await TalkAsync(client);
        await server.WaitForSessionAsync();
        Assert.True(network.HelloFragments > 0);
    }

    [Fact]
    public async Task Its_request_to_renegotiate_is_refused_and_the_session_goes_on()
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using ForeignProcess client = StartClient(server, DeviceArguments);
        await server.WaitForSessionAsync();
        await client.Input.WriteAsync("R\n");
        await client.Input.FlushAsync(TestContext.Current.CancellationToken);
        await client.WaitForOutputAsync("no renegotiation");
        Assert.Single(server.Established);
    }

    [Fact]
    public async Task Its_client_with_a_wrong_key_is_refused()
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using ForeignProcess client = StartClient(server, ["-psk", "00", "-psk_identity", "device-1", "-cipher", "PSK-AES128-GCM-SHA256"]);
        await client.WaitForOutputAsync("decrypt error");
        Assert.Empty(server.Established);
    }

    private static ForeignProcess StartClient(DtlsUdpHost server, params string[] arguments) => ForeignProcess.Start(
        Program, Program, ["s_client", "-dtls1_2", "-connect", "127.0.0.1:" + server.Port.ToString(CultureInfo.InvariantCulture), .. arguments]);

    private static async Task<ForeignProcess> StartServerAsync(int port, params string[] arguments)
    {
        ForeignProcess server = ForeignProcess.Start(Program, Program, ["s_server", "-dtls1_2", "-accept", port.ToString(CultureInfo.InvariantCulture), .. arguments]);
        await server.WaitForOutputAsync("ACCEPT");
        return server;
    }

    private static async Task TalkAsync(ForeignProcess client)
    {
        await client.Input.WriteLineAsync("hello");
        await client.Input.FlushAsync(TestContext.Current.CancellationToken);
        await client.WaitForOutputAsync("hello from Surety");
    }

    private static async Task TalkAsync(DtlsUdpHost client, ForeignProcess server)
    {
        await client.WaitForSessionAsync();
        client.Send("hello from Surety\n");
        await server.WaitForOutputAsync("hello from Surety");
        await server.Input.WriteLineAsync("hello from OpenSSL");
        await server.Input.FlushAsync(TestContext.Current.CancellationToken);
        await client.WaitForTextAsync("hello from OpenSSL");
    }
}
