using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using Surety.Dtls;

namespace Surety.Interop.Tests.Dtls;

/// <summary>GnuTLS's programs at the other end, in both roles.</summary>
public sealed class GnuTlsTests : IDisposable
{
    private const string Package = "gnutls-bin";

    private readonly DtlsCredentials _files = new();

    /// <summary>GnuTLS's names, and ours.</summary>
    public static TheoryData<string, TlsCipherSuite> CertificateSuites => new()
    {
        { "+AES-128-CCM-8", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 },
        { "+AES-128-CCM", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM },
        { "+AES-128-GCM", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 },
        { "+AES-256-GCM", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 },
        { "+CHACHA20-POLY1305", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 },
    };

    public static TheoryData<string, string, TlsCipherSuite> PskSuites => new()
    {
        { "+PSK", "+AES-128-CCM-8", TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8 },
        { "+PSK", "+AES-128-CCM", TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM },
        { "+PSK", "+AES-128-GCM", TlsCipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256 },
        { "+ECDHE-PSK", "+AES-128-CBC", TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256 },
    };

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(CertificateSuites))]
    public async Task Its_client_with_a_certificate_is_served(string cipher, TlsCipherSuite suite)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using ForeignProcess client = StartClient(
            server, Priority("+ECDHE-ECDSA", cipher), "--x509cafile", _files.RootFile, "--x509certfile", _files.DeviceFile, "--x509keyfile", _files.DeviceKeyFile);
        await TalkAsync(client);
        DtlsSession session = await server.WaitForSessionAsync();
        Assert.Equal(suite, session.CipherSuite);
        Assert.IsType<PeerCredential.Certificate>(session.Peer);
    }

    [Theory]
    [MemberData(nameof(PskSuites))]
    public async Task Its_client_with_a_pre_shared_key_is_served(string exchange, string cipher, TlsCipherSuite suite)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using ForeignProcess client = StartClient(server, Priority(exchange, cipher), "--pskusername", "device-1", "--pskkey", DtlsCredentials.PskHex);
        await TalkAsync(client);
        Assert.Equal(suite, (await server.WaitForSessionAsync()).CipherSuite);
    }

    [Theory]
    [MemberData(nameof(CertificateSuites))]
    public async Task Its_server_is_spoken_to_with_a_certificate(string cipher, TlsCipherSuite suite)
    {
        int port = ForeignProcess.FindFreePorts();
        await using ForeignProcess server = await StartServerAsync(
            port, Priority("+ECDHE-ECDSA", cipher), "--x509cafile", _files.RootFile, "--x509certfile", _files.ServerFile, "--x509keyfile", _files.ServerKeyFile, "--require-client-cert");
        await using var client = new DtlsUdpHost(null);
        client.Connect(port, new() { Certificate = new(DtlsCredentials.Device, [DtlsCredentials.Pki.Intermediate.Certificate]), Verifier = DtlsCredentials.Trust, CipherSuites = [suite] });
        await EchoAsync(client);
    }

    [Theory]
    [MemberData(nameof(PskSuites))]
    public async Task Its_server_is_spoken_to_with_a_pre_shared_key(string exchange, string cipher, TlsCipherSuite suite)
    {
        string keys = _files.File("psk.txt");
        await File.WriteAllTextAsync(keys, $"device-1:{DtlsCredentials.PskHex}\n", TestContext.Current.CancellationToken);
        int port = ForeignProcess.FindFreePorts();
        await using ForeignProcess server = await StartServerAsync(port, Priority(exchange, cipher), "--pskpasswd", keys);
        await using var client = new DtlsUdpHost(null);
        client.Connect(port, new() { PreSharedKey = new("device-1"u8.ToArray(), DtlsCredentials.Psk), CipherSuites = [suite] });
        await EchoAsync(client);
    }

    [Fact]
    public async Task Its_client_with_a_raw_public_key_is_served()
    {
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa deviceKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string privateFile = _files.File("raw.key"), publicFile = _files.File("raw.pub");
        await File.WriteAllTextAsync(privateFile, deviceKey.ExportECPrivateKeyPem() + "\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(publicFile, deviceKey.ExportSubjectPublicKeyInfoPem() + "\n", TestContext.Current.CancellationToken);
        await using var server = new DtlsUdpHost(new DtlsServerOptions
        {
            Certificate = new(serverKey), Verifier = new TrustAnchors([], rawPublicKeys: [deviceKey.ExportSubjectPublicKeyInfo()]),
        });
        await using ForeignProcess client = StartClient(
            server, "NORMAL:-VERS-ALL:+VERS-DTLS1.2:-CTYPE-ALL:+CTYPE-CLI-RAWPK:+CTYPE-SRV-RAWPK", "--rawpkfile", publicFile, "--rawpkkeyfile", privateFile, "--no-ca-verification");
        await TalkAsync(client);
        DtlsSession session = await server.WaitForSessionAsync();
        Assert.Equal(deviceKey.ExportSubjectPublicKeyInfo(), Assert.IsType<PeerCredential.RawPublicKey>(session.Peer).SubjectPublicKeyInfo.ToArray());
    }

    private static string Priority(string exchange, string cipher) => $"NONE:+VERS-DTLS1.2:{exchange}:{cipher}:+AEAD:+SHA256:+SIGN-ALL:+COMP-NULL:+GROUP-ALL:+CTYPE-ALL";

    private static ForeignProcess StartClient(DtlsUdpHost server, string priority, params string[] arguments) => ForeignProcess.Start(
        "gnutls-cli", Package, ["--udp", "--port", server.Port.ToString(CultureInfo.InvariantCulture), "--priority", priority, "--sni-hostname", "localhost", "--verify-hostname", "localhost", .. arguments, "127.0.0.1"]);

    private static async Task<ForeignProcess> StartServerAsync(int port, string priority, params string[] arguments)
    {
        ForeignProcess server = ForeignProcess.Start(
            "gnutls-serv", Package, ["--udp", "--echo", "--port", port.ToString(CultureInfo.InvariantCulture), "--priority", priority, .. arguments]);
        await server.WaitForOutputAsync("listening on IPv4");
        return server;
    }

    private static async Task TalkAsync(ForeignProcess client)
    {
        await client.WaitForOutputAsync("Handshake was completed");
        await client.Input.WriteLineAsync("hello");
        await client.Input.FlushAsync(TestContext.Current.CancellationToken);
        await client.WaitForOutputAsync("hello from Surety");
    }

    private static async Task EchoAsync(DtlsUdpHost client)
    {
        await client.WaitForSessionAsync();
        client.Send("echo of Surety\n");
        await client.WaitForTextAsync("echo of Surety");
    }
}
