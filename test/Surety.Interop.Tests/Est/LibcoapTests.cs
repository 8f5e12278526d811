using System.Globalization;
using Surety.Pki;

namespace Surety.Interop.Tests.Est;

/// <summary>RFC 9148 as docs/est.md tells devices to do it: libcoap's client over DTLS, with blocks both ways.</summary>
public sealed class LibcoapTests
{
    private const string Package = "libcoap3-bin";

    [Theory]
    [InlineData("coap-client-openssl")]
    [InlineData("coap-client-gnutls")]
    public async Task A_certificate_is_fetched_for_a_key_that_openssl_has_made(string client)
    {
        await using var est = new EstFixture();
        await est.MakeRequestAsync();
        await ForeignProcess.RunAsync(
            client, Package, [.. Identity(est), "-m", "post", "-f", est.PathOf("csr.der"), "-t", "286", "-A", "281", "-o", est.PathOf("cert.p7"), Uri(est, "/est/sen")]);
        await ForeignProcess.RunAsync("openssl", "openssl", "pkcs7", "-inform", "DER", "-in", est.PathOf("cert.p7"), "-print_certs", "-out", est.PathOf("cert.pem"));
        await est.VerifyAsync(est.PathOf("cert.pem"));
    }

    [Theory]
    [InlineData("coap-client-openssl")]
    [InlineData("coap-client-gnutls")]
    public async Task Blocks_of_64_bytes_go_both_ways(string client)
    {
        await using var est = new EstFixture();
        await est.MakeRequestAsync();
        await ForeignProcess.RunAsync(
            client, Package, [.. Identity(est), "-b", "64", "-m", "post", "-f", est.PathOf("csr.der"), "-t", "286", "-A", "287", "-o", est.PathOf("cert.der"), Uri(est, "/.well-known/est/label/sen")]);
        await ForeignProcess.RunAsync("openssl", "openssl", "x509", "-inform", "DER", "-in", est.PathOf("cert.der"), "-out", est.PathOf("cert.pem"));
        await est.VerifyAsync(est.PathOf("cert.pem"));
        await ForeignProcess.RunAsync(client, Package, [.. Identity(est), "-b", "64", "-m", "get", "-o", est.PathOf("ca.p7"), Uri(est, "/est/crts")]);
        string output = await ForeignProcess.RunAsync("openssl", "openssl", "pkcs7", "-inform", "DER", "-in", est.PathOf("ca.p7"), "-print_certs", "-noout");
        Assert.Contains("Test Root", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pelions_chain_is_what_a_request_without_formats_gets()
    {
        await using var est = new EstFixture();
        await est.MakeRequestAsync();
        await ForeignProcess.RunAsync("coap-client-openssl", Package, [.. Identity(est), "-m", "post", "-f", est.PathOf("csr.der"), "-t", "0", "-o", est.PathOf("chain"), Uri(est, "/est/sen")]);
        byte[] chain = await File.ReadAllBytesAsync(est.PathOf("chain"), TestContext.Current.CancellationToken);
        Assert.True(PelionCertificateChain.TryRead(chain, out var certificates, out string? problem), problem);
        PemFiles.WriteCertificates(est.PathOf("cert.pem"), certificates);
        await est.VerifyAsync(est.PathOf("cert.pem"));
    }

    [Fact]
    public async Task The_resources_are_discovered()
    {
        await using var est = new EstFixture();
        string output = await ForeignProcess.RunAsync("coap-client-openssl", Package, [.. Identity(est), "-m", "get", Uri(est, "/.well-known/core?rt=ace.est*")]);
        Assert.Contains("</est/sen>;rt=\"ace.est.sen\";ct=\"281 287\"", output, StringComparison.Ordinal);
    }

    private static string[] Identity(EstFixture est) => ["-c", est.DeviceFile, "-j", est.DeviceKeyFile, "-C", est.RootFile, "-B", "20"];

    private static string Uri(EstFixture est, string path) => string.Create(CultureInfo.InvariantCulture, $"coaps://127.0.0.1:{est.CoapsPort}{path}");
}
