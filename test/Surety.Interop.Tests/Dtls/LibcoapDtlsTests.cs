using System.Globalization;
using System.Net;
using System.Text;
using Surety.Coap;
using Surety.Dtls;
using Surety.Interop.Tests.Coap;

namespace Surety.Interop.Tests.Dtls;

/// <summary>libcoap's programs over DTLS, with both of its back-ends, in both roles.</summary>
public sealed class LibcoapDtlsTests : IDisposable
{
    private const string Package = "libcoap3-bin";

    private readonly DtlsCredentials _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("coap-client-openssl")]
    [InlineData("coap-client-gnutls")]
    public async Task Its_client_with_a_pre_shared_key_is_served(string program)
    {
        await using DtlsCoapEndpoint server = OpenServer();
        string output = await ForeignProcess.RunAsync(program, Package, "-u", "device-1", "-k", Encoding.Latin1.GetString(OneKey.Key), Uri(server));
        Assert.Contains("hello from Surety", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("coap-client-openssl")]
    [InlineData("coap-client-gnutls")]
    public async Task Its_client_with_a_certificate_is_served(string program)
    {
        await using DtlsCoapEndpoint server = OpenServer();
        string output = await ForeignProcess.RunAsync(program, Package, "-c", _files.DeviceFile, "-j", _files.DeviceKeyFile, "-R", _files.RootFile, Uri(server));
        Assert.Contains("hello from Surety", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_server_is_spoken_to()
    {
        int port = ForeignProcess.FindFreePorts(2);
        await using ForeignProcess server = ForeignProcess.Start(
            "coap-server-openssl", Package, "-A", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-k", "0123456789abcdef", "-h", "hint", "-v", "6");
        await using DtlsCoapEndpoint client = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), new InteropHandler());
        CoapPeer peer = await client.ConnectAsync(
            new IPEndPoint(IPAddress.Loopback, port + 1), new DtlsClientOptions { PreSharedKey = new("device-1"u8.ToArray(), "0123456789abcdef"u8.ToArray()) }, TestContext.Current.CancellationToken);
        CoapResponse response = await peer.SendAsync(new CoapRequest(CoapCode.Get, "/"), TestContext.Current.CancellationToken);
        Assert.Contains("libcoap", response.Text, StringComparison.Ordinal);
    }

    private static string Uri(DtlsCoapEndpoint server) => "coaps://127.0.0.1:" + server.LocalEndPoint.Port.ToString(CultureInfo.InvariantCulture) + "/hello";

    private static DtlsCoapEndpoint OpenServer() => DtlsCoapEndpoint.Open(
        new IPEndPoint(IPAddress.Loopback, 0), new InteropHandler(),
        tls: new TlsServerOptions
        {
            Certificate = new TlsCertificate(DtlsCredentials.Pki.Server, [DtlsCredentials.Pki.Intermediate.Certificate]),
            ClientTrust = new CertificateTrust { Anchors = [DtlsCredentials.Pki.Root.Certificate], Intermediates = [DtlsCredentials.Pki.Intermediate.Certificate] },
        },
        dtls: new DtlsCoapOptions { PreSharedKeys = new OneKey() });

    private sealed class OneKey : IPreSharedKeyStore
    {
        public static byte[] Key { get; } = "0123456789abcdef"u8.ToArray();

        public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity) => new(identity.Span.SequenceEqual("device-1"u8) ? Key : null);
    }
}
