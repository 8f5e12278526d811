using Surety.Server.Features.Certificates;

namespace Surety.Interop.Tests.Est;

/// <summary>RFC 7030 as docs/est.md tells gateways to do it: with curl and openssl.</summary>
public sealed class CurlTests
{
    private const string Curl = "curl";

    [Fact]
    public async Task The_authorities_are_fetched()
    {
        await using EstFixture est = await new EstFixture().StartAsync();
        string output = await ForeignProcess.RunAsync(Curl, Curl, [.. Identity(est), "-sSf", "-D", est.PathOf("headers"), "-o", est.PathOf("ca.b64"), est.Https("/.well-known/est/cacerts")]);
        Assert.Equal("", output);
        Assert.Contains("Content-Type: application/pkcs7-mime; smime-type=certs-only", await File.ReadAllTextAsync(est.PathOf("headers"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await ForeignProcess.RunAsync("openssl", "openssl", "base64", "-d", "-in", est.PathOf("ca.b64"), "-out", est.PathOf("ca.p7"));
        output = await ForeignProcess.RunAsync("openssl", "openssl", "pkcs7", "-inform", "DER", "-in", est.PathOf("ca.p7"), "-print_certs", "-noout");
        Assert.Contains("Test Root", output, StringComparison.Ordinal);
        Assert.Contains("Test Intermediate", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/.well-known/est/simpleenroll", "/CN=device-1")]
    [InlineData("/.well-known/est/my-certificate/simpleenroll", "/CN=device-1")]
    [InlineData("/.well-known/est/simplereenroll", "/O=Surety/OU=Devices/CN=device-1")]
    public async Task A_certificate_is_fetched_for_a_key_that_openssl_has_made(string path, string subject)
    {
        await using EstFixture est = await new EstFixture().StartAsync();
        await est.MakeRequestAsync(subject);
        await ForeignProcess.RunAsync(
            Curl, Curl, [.. Identity(est), "-sSf", "-H", "Content-Type: application/pkcs10", "-H", "Content-Transfer-Encoding: base64", "--data-binary", "@" + est.PathOf("csr.b64"), "-o", est.PathOf("cert.b64"), est.Https(path)]);
        await ForeignProcess.RunAsync("openssl", "openssl", "base64", "-d", "-in", est.PathOf("cert.b64"), "-out", est.PathOf("cert.p7"));
        await ForeignProcess.RunAsync("openssl", "openssl", "pkcs7", "-inform", "DER", "-in", est.PathOf("cert.p7"), "-print_certs", "-out", est.PathOf("cert.pem"));
        await est.VerifyAsync(est.PathOf("cert.pem"));
    }

    [Fact]
    public async Task The_attributes_are_fetched()
    {
        await using EstFixture est = await new EstFixture().StartAsync();
        await ForeignProcess.RunAsync(Curl, Curl, [.. Identity(est), "-sSf", "-o", est.PathOf("att.b64"), est.Https("/.well-known/est/csrattrs")]);
        await ForeignProcess.RunAsync("openssl", "openssl", "base64", "-d", "-in", est.PathOf("att.b64"), "-out", est.PathOf("att.der"));
        string output = await ForeignProcess.RunAsync("openssl", "openssl", "asn1parse", "-inform", "DER", "-in", est.PathOf("att.der"));
        Assert.Contains("prime256v1", output, StringComparison.Ordinal);
        Assert.Contains("ecdsa-with-SHA256", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_the_server_comes_in_two_parts()
    {
        await using EstFixture est = await new EstFixture(new EstOptions { ServerKeyGeneration = true }).StartAsync();
        await est.MakeRequestAsync();
        string output = await ForeignProcess.RunAsync(
            Curl, Curl, [.. Identity(est), "-sSf", "-H", "Content-Type: application/pkcs10", "--data-binary", "@" + est.PathOf("csr.b64"), est.Https("/.well-known/est/serverkeygen")]);
        Assert.Contains("Content-Type: application/pkcs8", output, StringComparison.Ordinal);
        string[] parts = output.Split("\r\n\r\n");
        await File.WriteAllTextAsync(est.PathOf("key.b64"), parts[1][..parts[1].IndexOf("--est", StringComparison.Ordinal)], TestContext.Current.CancellationToken);
        await ForeignProcess.RunAsync("openssl", "openssl", "base64", "-d", "-in", est.PathOf("key.b64"), "-out", est.PathOf("key.der"));
        await ForeignProcess.RunAsync("openssl", "openssl", "pkey", "-inform", "DER", "-in", est.PathOf("key.der"), "-out", est.PathOf("new.key"));
        await File.WriteAllTextAsync(est.PathOf("cert.b64"), parts[2][..parts[2].IndexOf("--est", StringComparison.Ordinal)], TestContext.Current.CancellationToken);
        await ForeignProcess.RunAsync("openssl", "openssl", "base64", "-d", "-in", est.PathOf("cert.b64"), "-out", est.PathOf("cert.p7"));
        await ForeignProcess.RunAsync("openssl", "openssl", "pkcs7", "-inform", "DER", "-in", est.PathOf("cert.p7"), "-print_certs", "-out", est.PathOf("cert.pem"));
        await est.VerifyAsync(est.PathOf("cert.pem"));
    }

    [Fact]
    public async Task Refusals_are_told_in_text()
    {
        await using EstFixture est = await new EstFixture().StartAsync();
        await est.MakeRequestAsync("/CN=device-2");
        string[] post = ["-H", "Content-Type: application/pkcs10", "--data-binary", "@" + est.PathOf("csr.b64")];
        Assert.Equal("403 the common name of the request must be the endpoint name, device-1", await CodeAsync(est, "/.well-known/est/simpleenroll", [.. Identity(est), .. post]));
        Assert.StartsWith("415 the Content-Type must be application/pkcs10", await CodeAsync(est, "/.well-known/est/simpleenroll", [.. Identity(est), "--data-binary", "x"]), StringComparison.Ordinal);
        Assert.StartsWith("400 the body is not base64", await CodeAsync(est, "/.well-known/est/simpleenroll", [.. Identity(est), "-H", "Content-Type: application/pkcs10", "-d", "!"]), StringComparison.Ordinal);
        Assert.StartsWith("401 a TLS client certificate of the device is required", await CodeAsync(est, "/.well-known/est/cacerts", ["--cacert", est.RootFile]), StringComparison.Ordinal);
        Assert.StartsWith("405 GET alone", await CodeAsync(est, "/.well-known/est/cacerts", [.. Identity(est), .. post]), StringComparison.Ordinal);
        Assert.StartsWith("404 keys are made on the device here", await CodeAsync(est, "/.well-known/est/serverkeygen", [.. Identity(est), .. post]), StringComparison.Ordinal);
        foreach (string path in (string[])["/v3/devices", "/", "/health/live", "/.well-known/est", "/.well-known/est/fullcmc"])
            Assert.StartsWith("404 there is nothing but EST here", await CodeAsync(est, path, Identity(est)), StringComparison.Ordinal);

        (string expired, string key) = EstFixture.Pki.Write(Path.GetDirectoryName(est.RootFile)!, "expired", EstFixture.Pki.ExpiredDevice("device-old"));
        string refusal = await CodeAsync(est, "/.well-known/est/cacerts", ["--cacert", est.RootFile, "--cert", expired, "--key", key]);
        Assert.StartsWith("403 the certificate of 'CN=device-old'", refusal, StringComparison.Ordinal);
        Assert.Contains("renew it", refusal, StringComparison.Ordinal);
    }

    private static string[] Identity(EstFixture est) => ["--cacert", est.RootFile, "--cert", est.DeviceFile, "--key", est.DeviceKeyFile];

    private static async Task<string> CodeAsync(EstFixture est, string path, string[] arguments)
    {
        string code = await ForeignProcess.RunAsync(Curl, Curl, [.. arguments, "-sS", "-o", est.PathOf("body"), "-w", "%{http_code}", est.Https(path)]);
        return code + " " + (await File.ReadAllTextAsync(est.PathOf("body"), TestContext.Current.CancellationToken)).TrimEnd();
    }
}
