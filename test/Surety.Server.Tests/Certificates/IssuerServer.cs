using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Surety.Server.Tests.Certificates;

/// <summary>An authority of somebody else: CFSSL's authsign, by its documentation, and EST over HTTPS, by RFC 7030 with OpenSSL's PKCS #7.</summary>
internal sealed class IssuerServer : IAsyncDisposable
{
    public const string Key = "0123456789abcdef0123456789ABCDEF";

    private readonly WebApplication _app;

    private IssuerServer(WebApplication app, X509Certificate2 authority)
    {
        _app = app;
        Authority = authority;
    }

    public X509Certificate2 Authority { get; }

    public string Url => _app.Urls.Single();

    /// <summary>The common name that it puts into certificates in place of the one asked for.</summary>
    public string? OtherName { get; set; }

    public JsonNode? LastRequest { get; private set; }

    public static async Task<IssuerServer> StartAsync(bool isHttps = false)
    {
        var authority = Authorities.Root(Authorities.Unique("Elsewhere"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            if (isHttps)
                listen.UseHttps(ServerCertificate(authority));
        }));
        var server = new IssuerServer(builder.Build(), authority);
        server._app.MapPost("/api/v1/cfssl/authsign", server.AuthSignAsync);
        server._app.MapPost("/.well-known/est/{label}/simpleenroll", server.SimpleEnrollAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> AuthSignAsync(HttpRequest http)
    {
        var body = (await JsonNode.ParseAsync(http.Body))!;
        var request = Convert.FromBase64String((string)body["request"]!);
        if (!HMACSHA256.HashData(Convert.FromHexString(Key), request).AsSpan().SequenceEqual(Convert.FromBase64String((string)body["token"]!)))
        {
            return Results.Content(
                "{\"success\":false,\"result\":null,\"errors\":[{\"code\":6000,\"message\":\"invalid token\"}],\"messages\":[]}", "application/json", statusCode: 401);
        }

        LastRequest = JsonNode.Parse(request);
        var pem = (string)LastRequest!["certificate_request"]!;
        var der = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        using var certificate = Authorities.Sign(Authority, der, OtherName);
        var result = new JsonObject { ["certificate"] = certificate.ExportCertificatePem() + "\n" };
        return Results.Content(new JsonObject { ["success"] = true, ["result"] = result, ["errors"] = new JsonArray(), ["messages"] = new JsonArray() }.ToJsonString(), "application/json");
    }

    private async Task<IResult> SimpleEnrollAsync(HttpRequest http, string label)
    {
        if (http.Headers.Authorization != "Basic " + Convert.ToBase64String("surety:secret"u8))
            return Results.StatusCode(401);
        Assert.Equal("application/pkcs10", http.ContentType);
        Assert.Equal("devices", label);
        using var reader = new StreamReader(http.Body, Encoding.ASCII);
        var der = Convert.FromBase64String(await reader.ReadToEndAsync());
        using var certificate = Authorities.Sign(Authority, der, OtherName);
        return Results.Content(Convert.ToBase64String(await Pkcs7Async(certificate)), "application/pkcs7-mime; smime-type=certs-only");
    }

    private static async Task<byte[]> Pkcs7Async(X509Certificate2 certificate)
    {
        var folder = Directory.CreateTempSubdirectory("surety-est-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "c.pem"), certificate.ExportCertificatePem());
        using var openssl = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "openssl", ["crl2pkcs7", "-nocrl", "-certfile", "c.pem", "-outform", "DER", "-out", "c.p7"]) { WorkingDirectory = folder })!;
        await openssl.WaitForExitAsync();
        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, "c.p7"));
        Directory.Delete(folder, recursive: true);
        return bytes;
    }

    private static X509Certificate2 ServerCertificate(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, Authorities.From, Authorities.Until.AddDays(-1), RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }
}
