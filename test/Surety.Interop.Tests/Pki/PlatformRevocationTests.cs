using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Surety.Pki;
using Surety.Server;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Certificates;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Interop.Tests.Pki;

/// <summary>OpenSSL, which has no key of ours, verifies devices of the running platform by what it publishes: revocation lists, deltas, OCSP.</summary>
public sealed class PlatformRevocationTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("surety-revocation").FullName;
    private readonly HttpClient _http = new();
    private WebApplication _app = null!;
    private string _address = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Certificates hold the address, so that the port must be known before the start.
        using (var port = new TcpListener(IPAddress.Loopback, 0))
        {
            port.Start();
            _address = $"http://{port.LocalEndpoint}";
        }

        _app = SuretyHost.Build(
            CommandLine.Parse(
            [
                $"--Urls={_address}", $"--Surety:DataDirectory={Path.Combine(_folder, "data")}", "--Surety:Lwm2m:Coaps=none", "--Surety:Lwm2m:CoapsTcp=none",
                "--Surety:Bootstrap:Coaps=none", "--Surety:Bootstrap:CoapsTcp=none", "--Logging:LogLevel:Default=None", $"--Surety:Certificates:PublicUrl={_address}/",
            ]),
            TextWriter.Null);
        await SuretyHost.StartAsync(_app);
        PlatformAuthority platform = _app.Services.GetRequiredService<PlatformAuthority>();
        PemFiles.WriteCertificates(PathOf("root.pem"), [platform.Root]);
        PemFiles.WriteCertificates(PathOf("issuing.pem"), [platform.Intermediates[0]]);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Revocation_lists_are_found_by_the_address_in_the_certificate_and_believed()
    {
        CertificateOrder good = await IssueAsync("good"), bad = await IssueAsync("bad");
        string authority = PlatformAuthority.KeyIdOf(_app.Services.GetRequiredService<PlatformAuthority>().Authority.Certificate);
        string text = await OpenSsl("x509", "-in", "good.pem", "-noout", "-text");
        foreach (string address in new[]
        {
            $"URI:{_address}/.well-known/surety/crl/{authority}.crl", $"OCSP - URI:{_address}/ocsp", $"CA Issuers - URI:{_address}/.well-known/surety/ca/{authority}.cer",
        })
            Assert.Contains(address, text, StringComparison.Ordinal);
        string[] verify = ["verify", "-x509_strict", "-crl_check", "-crl_download", "-CAfile", "root.pem", "-untrusted", "issuing.pem"];
        Assert.Contains("OK", await OpenSsl([.. verify, "bad.pem"]), StringComparison.Ordinal);

        await FetchAsync($"/.well-known/surety/crl/{authority}.crl", "before");
        await RevokeAsync(bad, RevocationReason.KeyCompromise);
        // Lists are made again at once, unless many changes follow each other.
        string verdict = "";
        for (int i = 0; i < 100 && !verdict.Contains("certificate revoked", StringComparison.Ordinal); i++)
            verdict = await OpenSslAnyway([.. verify, "bad.pem"]);
        Assert.Contains("certificate revoked", verdict, StringComparison.Ordinal);
        Assert.Contains("OK", await OpenSsl([.. verify, "good.pem"]), StringComparison.Ordinal);

        await FetchAsync($"/.well-known/surety/crl/{authority}.crl", "full");
        text = await OpenSsl("crl", "-in", "full.pem", "-noout", "-text", "-CAfile", "issuing.pem");
        foreach (string part in new[] { "verify OK", "Key Compromise", "Freshest CRL", $"{_address}/.well-known/surety/crl/{authority}/delta.crl" })
            Assert.Contains(part, text, StringComparison.OrdinalIgnoreCase);

        // Who has the older list needs the delta alone.
        await FetchAsync($"/.well-known/surety/crl/{authority}/delta.crl", "delta");
        string[] deltas = ["verify", "-crl_check", "-extended_crl", "-use_deltas", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "-CRLfile", "before.pem", "-CRLfile", "delta.pem"];
        Assert.Contains("certificate revoked", await OpenSslAnyway([.. deltas, "bad.pem"]), StringComparison.Ordinal);
        Assert.Contains("OK", await OpenSsl([.. deltas, "good.pem"]), StringComparison.Ordinal);
        Assert.NotEqual(default, good.DeviceId);
    }

    [Fact]
    public async Task The_responder_says_good_revoked_and_unknown()
    {
        await IssueAsync("good");
        CertificateOrder bad = await IssueAsync("bad");
        string[] ask = ["ocsp", "-url", $"{_address}/ocsp", "-issuer", "issuing.pem", "-CAfile", "root.pem", "-verify_other", "issuing.pem"];
        string output = await OpenSsl([.. ask, "-cert", "good.pem", "-cert", "bad.pem", "-serial", "0x4711"]);
        Assert.Contains("Response verify OK", output, StringComparison.Ordinal);
        Assert.Contains("good.pem: good", output, StringComparison.Ordinal);
        Assert.Contains("bad.pem: good", output, StringComparison.Ordinal);
        Assert.Contains("0x4711: unknown", output, StringComparison.Ordinal);

        // One that is kept (no nonce) is forgotten at once.
        Assert.Contains("bad.pem: good", await OpenSsl([.. ask, "-no_nonce", "-cert", "bad.pem"]), StringComparison.Ordinal);
        await RevokeAsync(bad, RevocationReason.CessationOfOperation);
        output = await OpenSsl([.. ask, "-no_nonce", "-cert", "bad.pem"]);
        Assert.Contains("bad.pem: revoked", output, StringComparison.Ordinal);
        Assert.Contains("Reason: cessationOfOperation", output, StringComparison.Ordinal);

        // RFC 6960, A.1: the same by GET.
        await OpenSsl("ocsp", "-no_nonce", "-issuer", "issuing.pem", "-cert", "bad.pem", "-reqout", "request.der");
        string request = Uri.EscapeDataString(Convert.ToBase64String(await File.ReadAllBytesAsync(PathOf("request.der"), Token)));
        await File.WriteAllBytesAsync(PathOf("response.der"), await _http.GetByteArrayAsync(new Uri($"{_address}/ocsp/{request}"), Token), Token);
        Assert.Contains(
            "bad.pem: revoked", await OpenSsl("ocsp", "-no_nonce", "-respin", "response.der", "-issuer", "issuing.pem", "-cert", "bad.pem", "-CAfile", "root.pem", "-verify_other", "issuing.pem"),
            StringComparison.Ordinal);

        // Of an authority that is not the platform's.
        Assert.Contains("unauthorized", await OpenSslAnyway("ocsp", "-url", $"{_address}/ocsp", "-issuer", "root.pem", "-cert", "issuing.pem", "-CAfile", "root.pem"), StringComparison.Ordinal);
    }

    private async Task<CertificateOrder> IssueAsync(string name)
    {
        EntityId account;
        await using (SuretyDb db = _app.Services.GetRequiredService<SuretyDbFactory>().OpenForPlatform())
            account = db.AllAccounts<Account>().Single().Id;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] der = new CertificateRequest("", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        Assert.True(CertificationRequest.TryParse(der, out CertificationRequest? request, out string? problem), problem);
        var order = new CertificateOrder(account, _app.Services.GetRequiredService<EntityIdGenerator>().Next(), name, CertificateOrder.Lwm2m, request);
        X509Certificate2 certificate = (await _app.Services.GetRequiredService<ICertificateIssuance>().IssueAsync(order, Token)).Certificate;
        PemFiles.WriteCertificates(PathOf(name + ".pem"), [certificate]);
        return order;
    }

    private Task RevokeAsync(CertificateOrder order, RevocationReason reason) =>
        _app.Services.GetRequiredService<IssuedCertificates>().RevokeAsync(order.AccountId, order.DeviceId, CertificateOrder.Lwm2m, reason, Token);

    private async Task FetchAsync(string path, string name)
    {
        await File.WriteAllBytesAsync(PathOf(name + ".der"), await _http.GetByteArrayAsync(new Uri(_address + path), Token), Token);
        await OpenSsl("crl", "-inform", "DER", "-in", name + ".der", "-out", name + ".pem");
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private async Task<string> OpenSsl(params string[] arguments)
    {
        await using ForeignProcess process = Start(arguments);
        int code = await process.WaitForExitAsync();
        Assert.True(code == 0, $"{process.CommandLine} ended with {code}:\n{process.Output}");
        return process.Output;
    }

    /// <summary>For what may fail.</summary>
    private async Task<string> OpenSslAnyway(params string[] arguments)
    {
        await using ForeignProcess process = Start(arguments);
        await process.WaitForExitAsync();
        return process.Output;
    }

    private ForeignProcess Start(string[] arguments)
    {
        ForeignProcess process = ForeignProcess.Start("openssl", "openssl", [.. arguments.Select(a => a.EndsWith(".pem", StringComparison.Ordinal) || a.EndsWith(".der", StringComparison.Ordinal) ? PathOf(a) : a)]);
        process.Input.Close();
        return process;
    }
}
