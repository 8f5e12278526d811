using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using Surety.Dtls;
using Surety.Pki;

namespace Surety.Interop.Tests.Dtls;

/// <summary>gnutls-cli and gnutls-serv at the other end: certificates, pre-shared keys, raw public keys.</summary>
public sealed class GnuTlsTests : IDisposable
{
    private const string Package = "gnutls-bin";

    private readonly DtlsCredentials _files = new();

    /// <summary>GnuTLS' names of key exchange, cipher and MAC; and ours: what its server alone can be asked for.</summary>
    public static TheoryData<string, TlsCipherSuite> ServerSuites => new()
    {
        { "+ECDHE-PSK:+AES-128-CBC:+SHA256", TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256 },
    };

    /// <summary>What its client has as well: gnutls-cli 3.7 crashes after a handshake with ECDHE-PSK, with any server.</summary>
    public static TheoryData<string, TlsCipherSuite> Suites => new()
    {
        { "+ECDHE-ECDSA:+AES-128-CCM-8:+AEAD", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 },
        { "+ECDHE-ECDSA:+AES-128-CCM:+AEAD", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM },
        { "+ECDHE-ECDSA:+AES-128-GCM:+AEAD", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 },
        { "+ECDHE-ECDSA:+AES-256-GCM:+AEAD", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 },
        { "+ECDHE-ECDSA:+CHACHA20-POLY1305:+AEAD", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 },
        { "+ECDHE-ECDSA:+AES-128-CBC:+SHA256", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 },
        { "+PSK:+AES-128-CCM-8:+AEAD", TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8 },
        { "+PSK:+AES-128-CCM:+AEAD", TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM },
        { "+PSK:+AES-128-GCM:+AEAD", TlsCipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256 },
        { "+PSK:+AES-128-CBC:+SHA256", TlsCipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256 },
    };

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Its_client_is_served(string name, TlsCipherSuite suite)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using ForeignProcess client = StartClient(server, name, DtlsCredentials.UsesPsk(suite)
            ? ["--pskusername", "device-1", "--pskkey", DtlsCredentials.PskHex]
            : ["--x509cafile", _files.RootFile, "--x509certfile", _files.DeviceFile, "--x509keyfile", _files.DeviceKeyFile, "--verify-hostname", "localhost"]);
        await TalkAsync(client);
        DtlsSession session = await server.WaitForSessionAsync();
        Assert.Equal(suite, session.CipherSuite);
        Assert.True(session.HasExtendedMasterSecret);
        DtlsCredentials.AssertIsDevice(session);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    [MemberData(nameof(ServerSuites))]
    public async Task Its_server_is_spoken_to(string name, TlsCipherSuite suite)
    {
        string keys = _files.File("keys");
        await File.WriteAllTextAsync(keys, $"device-1:{DtlsCredentials.PskHex}\n", TestContext.Current.CancellationToken);
        await using var client = new DtlsUdpHost(null);
        int port = ForeignProcess.FindFreePorts();
        await using ForeignProcess server = await StartServerAsync(port, name, DtlsCredentials.UsesPsk(suite)
            ? ["--pskpasswd", keys]
            : ["--x509cafile", _files.RootFile, "--x509certfile", _files.ServerFile, "--x509keyfile", _files.ServerKeyFile, "--require-client-cert", "--verify-client-cert"]);
        client.Connect(port, DtlsCredentials.Client(suite));
        await TalkAsync(client);
    }

    [Fact]
    public async Task Its_client_with_a_raw_public_key_is_served()
    {
        (ECDsa own, ECDsa device, string keyFile, string publicKeyFile) = await MakeKeysAsync(serverHasFiles: false);
        await using var server = new DtlsUdpHost(new DtlsServerOptions { Certificate = new(own), Verifier = new TrustAnchors([], null, [device.ExportSubjectPublicKeyInfo()]) });
        await using ForeignProcess client = StartClient(
            server, "+ECDHE-ECDSA:+AES-128-CCM-8:+AEAD:-CTYPE-ALL:+CTYPE-CLI-RAWPK:+CTYPE-SRV-RAWPK", "--rawpkkeyfile", keyFile, "--rawpkfile", publicKeyFile, "--insecure");
        await TalkAsync(client);
        DtlsSession session = await server.WaitForSessionAsync();
        Assert.Equal(device.ExportSubjectPublicKeyInfo(), Assert.IsType<PeerCredential.RawPublicKey>(session.Peer).SubjectPublicKeyInfo.ToArray());
    }

    [Fact]
    public async Task Its_server_with_a_raw_public_key_is_spoken_to()
    {
        (ECDsa server, ECDsa own, string keyFile, string publicKeyFile) = await MakeKeysAsync(serverHasFiles: true);
        await using var client = new DtlsUdpHost(null);
        int port = ForeignProcess.FindFreePorts();
        await using ForeignProcess process = await StartServerAsync(
            port, "+ECDHE-ECDSA:+AES-128-CCM-8:+AEAD:-CTYPE-ALL:+CTYPE-CLI-RAWPK:+CTYPE-SRV-RAWPK", "--rawpkkeyfile", keyFile, "--rawpkfile", publicKeyFile, "--require-client-cert");
        client.Connect(port, new DtlsClientOptions { Certificate = new(own), Verifier = new TrustAnchors([], null, [server.ExportSubjectPublicKeyInfo()]) });
        await TalkAsync(client);
        DtlsSession session = client.Established.Last();
        Assert.Equal(server.ExportSubjectPublicKeyInfo(), Assert.IsType<PeerCredential.RawPublicKey>(session.Peer).SubjectPublicKeyInfo.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":%NO_TICKETS")]
    public async Task Its_client_resumes_by_ticket_and_by_id(string option)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using ForeignProcess client = StartClient(
            server, "+ECDHE-ECDSA:+AES-128-CCM-8:+AEAD" + option, "--x509cafile", _files.RootFile, "--x509certfile", _files.DeviceFile, "--x509keyfile", _files.DeviceKeyFile,
            "--verify-hostname", "localhost", "--resume");
        await client.WaitForOutputAsync("This is a resumed session");
        DtlsSession session = await server.WaitForSessionAsync(2);
        Assert.True(session.IsResumed);
        DtlsCredentials.AssertIsDevice(session);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_with_its_server_is_resumed_by_ticket_and_by_id(bool ticket)
    {
        string keys = _files.File("keys");
        await File.WriteAllTextAsync(keys, $"device-1:{DtlsCredentials.PskHex}\n", TestContext.Current.CancellationToken);
        await using var client = new DtlsUdpHost(null);
        int port = ForeignProcess.FindFreePorts();
        await using ForeignProcess server = await StartServerAsync(port, "+PSK:+AES-128-CCM-8:+AEAD", "--pskpasswd", keys);
        client.Connect(port, DtlsCredentials.Client(TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8, ticket));
        await TalkAsync(client);
        DtlsSession first = client.Established.Last();
        Assert.NotNull(first.Resumption);
        client.Close();
        client.Connect(port, DtlsCredentials.Client(TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8, ticket, first.Resumption));
        DtlsSession second = await client.WaitForSessionAsync(2);
        Assert.True(second.IsResumed);
        client.Send("resumed\n");
        await client.WaitForTextAsync("resumed");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public async Task Its_client_is_served_over_a_bad_network(double loss)
    {
        await using var server = new DtlsUdpHost(
            DtlsCredentials.Server, options: DtlsEngineOptions.Default with { ServerRetransmission = TimeSpan.FromMilliseconds(500), HandshakeTimeout = TimeSpan.FromSeconds(120) });
        await using var network = new UdpProxy(server.Port, loss, reordering: 0.1, duplication: 0.1);
        await using ForeignProcess client = StartClient(
            network.Port, "+ECDHE-ECDSA:+AES-128-GCM:+AEAD", "--x509cafile", _files.RootFile, "--x509certfile", _files.DeviceFile, "--x509keyfile", _files.DeviceKeyFile,
            "--verify-hostname", "localhost", "--mtu", "600");
        DtlsCredentials.AssertIsDevice(await server.WaitForSessionAsync());
    }

    private static ForeignProcess StartClient(DtlsUdpHost server, string suite, params string[] arguments) => StartClient(server.Port, suite, arguments);

    private static ForeignProcess StartClient(int port, string suite, params string[] arguments) => ForeignProcess.Start(
        "gnutls-cli", Package, ["--udp", "-p", port.ToString(CultureInfo.InvariantCulture), "--priority", Priority(suite), .. arguments, "127.0.0.1"]);

    private static async Task<ForeignProcess> StartServerAsync(int port, string suite, params string[] arguments)
    {
        ForeignProcess server = ForeignProcess.Start(
            "gnutls-serv", Package, ["--udp", "--echo", "-p", port.ToString(CultureInfo.InvariantCulture), "--priority", Priority(suite), .. arguments]);
        await server.WaitForOutputAsync($"port {port}...done");
        return server;
    }

    private static string Priority(string suite) => "NONE:+VERS-DTLS1.2:+SIGN-ALL:+COMP-NULL:+CTYPE-ALL:+GROUP-ALL:" + suite;

    private static async Task TalkAsync(ForeignProcess client)
    {
        await client.WaitForOutputAsync("Simple Client Mode");
        await client.TellAsync("hello");
        await client.WaitForOutputAsync("hello from Surety");
    }

    private static async Task TalkAsync(DtlsUdpHost client)
    {
        await client.WaitForSessionAsync();
        client.Send("hello from Surety\n");
        await client.WaitForTextAsync("hello from Surety");
    }

    private async Task<(ECDsa Server, ECDsa Device, string KeyFile, string PublicKeyFile)> MakeKeysAsync(bool serverHasFiles)
    {
        ECDsa server = ECDsa.Create(ECCurve.NamedCurves.nistP256), device = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string keyFile = _files.File("raw.key"), publicKeyFile = _files.File("raw.pub");
        PemFiles.WritePrivateKey(keyFile, serverHasFiles ? server : device);
        await File.WriteAllTextAsync(publicKeyFile, (serverHasFiles ? server : device).ExportSubjectPublicKeyInfoPem() + "\n", TestContext.Current.CancellationToken);
        return (server, device, keyFile, publicKeyFile);
    }
}
