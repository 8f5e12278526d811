using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Surety.Coap;
using Surety.Dtls;
using Surety.Interop.Tests.Coap;

namespace Surety.Interop.Tests.Dtls;

/// <summary>CoAP over DTLS (RFC 7252, 9) with libcoap's client and server, over OpenSSL and over GnuTLS.</summary>
public sealed class LibcoapDtlsTests : IDisposable
{
    private const string Package = "libcoap3-bin";
    private const string OpenSsl = "openssl";
    private const string GnuTls = "gnutls";

    // libcoap takes keys as text.
    private const string Key = "a-key-of-16-byte";

    private readonly DtlsCredentials _files = new();
    private readonly CoapClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static TlsServerOptions Tls => new() { Certificate = new TlsCertificate(DtlsCredentials.Pki.Server, [DtlsCredentials.Pki.Intermediate.Certificate]), ClientTrust = TcpInteropFixture.Trust };

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(OpenSsl, false)]
    [InlineData(OpenSsl, true)]
    [InlineData(GnuTls, false)]
    [InlineData(GnuTls, true)]
    public async Task Its_client_gets_and_puts(string library, bool usesPsk)
    {
        var handler = new InteropHandler();
        await using DtlsCoapEndpoint endpoint = Open(handler);
        Assert.Contains("hello from Surety", await RunAsync(endpoint, library, usesPsk, "/hello"), StringComparison.Ordinal);
        Assert.Contains(usesPsk ? "PSK 6465766963652d31" : "certificate CN=device-1", await RunAsync(endpoint, library, usesPsk, "/whoami"), StringComparison.Ordinal);
        byte[] body = InteropHandler.MakeBody(100_000);
        string sent = _files.File("sent"), received = _files.File("received");
        await File.WriteAllBytesAsync(sent, body, Token);
        await RunAsync(endpoint, library, usesPsk, "/store", "-m", "put", "-f", sent, "-b", "1024");
        Assert.Equal(body, handler.Stored);
        await RunAsync(endpoint, library, usesPsk, "/store", "-o", received, "-b", "1024");
        Assert.Equal(body, await File.ReadAllBytesAsync(received, Token));
    }

    [Theory]
    [InlineData(OpenSsl, false)]
    [InlineData(OpenSsl, true)]
    [InlineData(GnuTls, false)]
    [InlineData(GnuTls, true)]
    public async Task Its_client_observes(string library, bool usesPsk)
    {
        var handler = new InteropHandler();
        await using DtlsCoapEndpoint endpoint = Open(handler);
        await using ForeignProcess client = ForeignProcess.Start("coap-client-" + library, Package, [.. ClientArguments(usesPsk), "-s", "30", Uri(endpoint, "/count")]);
        await client.WaitForOutputAsync("count=0");
        Assert.Equal(1, handler.Observers);
        for (int i = 1; i <= 5; i++)
        {
            handler.Increment();
            await client.WaitForOutputAsync($"count={i}\n");
        }
    }

    [Theory]
    [InlineData(OpenSsl, false)]
    [InlineData(OpenSsl, true)]
    [InlineData(GnuTls, false)]
    [InlineData(GnuTls, true)]
    public async Task Its_server_is_asked_given_and_observed(string library, bool usesPsk)
    {
        int port = ForeignProcess.FindFreePorts(2);
        await using ForeignProcess server = ForeignProcess.Start(
            "coap-server-" + library, Package,
            ["-A", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-v", "7", "-d", "10", .. usesPsk
                ? (string[])["-k", Key, "-h", "hint"]
                : ["-c", _files.ServerFile, "-j", _files.ServerKeyFile, "-C", _files.RootFile]]);
        await server.WaitForOutputAsync("created DTLS endpoint");
        await using var endpoint = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), _client);
        var secure = new IPEndPoint(IPAddress.Loopback, port + 1);
        CoapPeer peer = usesPsk
            ? await endpoint.ConnectAsync(secure, new DtlsClientOptions { PreSharedKey = new("device-1"u8.ToArray(), System.Text.Encoding.ASCII.GetBytes(Key)) }, Token)
            : await endpoint.ConnectAsync(
                secure,
                new TlsClientOptions { ServerTrust = TcpInteropFixture.Trust, Certificate = new TlsCertificate(DtlsCredentials.Device, [DtlsCredentials.Pki.Intermediate.Certificate]) },
                cancellationToken: Token);

        CoapResponse core = await peer.SendAsync(new CoapRequest(CoapCode.Get, "/.well-known/core"), Token);
        Assert.Contains("</time>", core.Text, StringComparison.Ordinal);
        CoapResponse created = await peer.SendAsync(
            new CoapRequest(CoapCode.Put, "/large") { Payload = InteropHandler.MakeBody(100_000), ContentFormat = ContentFormat.OctetStream }, Token);
        Assert.True(created.Code.IsSuccess, created.ToString());
        CoapResponse content = await peer.SendAsync(new CoapRequest(CoapCode.Get, "/large"), Token);
        Assert.Equal(InteropHandler.MakeBody(100_000), content.Payload.ToArray());

        CoapObservation observation = await _client.ObserveAsync(peer, new CoapRequest(CoapCode.Get, "/time"), Token);
        // The server notifies once a second.
        for (int i = 0; i < 2; i++)
            Assert.NotEmpty((await observation.Responses.ReadAsync(Token)).Text);
        Assert.Null((await observation.CancelAsync(Token)).Observe);
    }

    [Fact]
    public async Task Its_server_with_a_raw_public_key_is_asked()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        int port = ForeignProcess.FindFreePorts(2);
        await using ForeignProcess server = ForeignProcess.Start(
            "coap-server-gnutls", Package, "-A", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-v", "7", "-M", WriteKey(key), "-n");
        await server.WaitForOutputAsync("created DTLS endpoint");
        await using var endpoint = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), _client);
        CoapPeer peer = await endpoint.ConnectAsync(
            new IPEndPoint(IPAddress.Loopback, port + 1),
            new DtlsClientOptions { Certificate = new DtlsCertificate(own), Verifier = new TrustAnchors([], rawPublicKeys: [key.ExportSubjectPublicKeyInfo()]) }, Token);
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), Assert.IsType<PeerIdentity.RawPublicKey>(peer.Identity).SubjectPublicKeyInfo.ToArray());
        CoapResponse core = await peer.SendAsync(new CoapRequest(CoapCode.Get, "/.well-known/core"), Token);
        Assert.Contains("</time>", core.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_client_with_a_raw_public_key_is_known_by_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var server = new DtlsUdpHost(new DtlsServerOptions { Certificate = new(own), Verifier = new TrustAnchors([], rawPublicKeys: [key.ExportSubjectPublicKeyInfo()]) });
        await using ForeignProcess client = ForeignProcess.Start(
            "coap-client-gnutls", Package, "-M", WriteKey(key), "-n", "-B", "5", $"coaps://127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}/");
        DtlsSession session = await server.WaitForSessionAsync();
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), Assert.IsType<PeerCredential.RawPublicKey>(session.Peer).SubjectPublicKeyInfo.ToArray());
    }

    /// <summary>Both halves in one file, as libcoap wants them.</summary>
    private string WriteKey(ECDsa key)
    {
        string file = _files.File("raw.pem");
        File.WriteAllText(file, key.ExportSubjectPublicKeyInfoPem() + "\n" + key.ExportECPrivateKeyPem() + "\n");
        return file;
    }

    private static DtlsCoapEndpoint Open(InteropHandler handler) => DtlsCoapEndpoint.Open(
        new IPEndPoint(IPAddress.Loopback, 0), handler, tls: Tls, dtls: new DtlsCoapOptions { PreSharedKeys = new OneKey() });

    private static string Uri(DtlsCoapEndpoint endpoint, string path) => $"coaps://127.0.0.1:{endpoint.LocalEndPoint.Port}{path}";

    private string[] ClientArguments(bool usesPsk) => usesPsk ? ["-u", "device-1", "-k", Key] : ["-c", _files.DeviceFile, "-j", _files.DeviceKeyFile, "-C", _files.RootFile];

    private Task<string> RunAsync(DtlsCoapEndpoint endpoint, string library, bool usesPsk, string path, params string[] arguments) =>
        ForeignProcess.RunAsync("coap-client-" + library, Package, [.. ClientArguments(usesPsk), "-B", "50", .. arguments, Uri(endpoint, path)]);

    private sealed class OneKey : IPreSharedKeyStore
    {
        public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity) => new(identity.Span.SequenceEqual("device-1"u8) ? System.Text.Encoding.ASCII.GetBytes(Key) : null);
    }
}
