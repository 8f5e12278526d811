using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Surety.Coap;
using Surety.Pki;
using Surety.Server;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Certificates;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Interop.Tests.Pki;

/// <summary>The platform with the key of its authority in a SoftHSM token, and with keys in encrypted files; OpenSSL verifies what it makes.</summary>
public sealed class TokenAuthorityTests(SoftHsm token) : IClassFixture<SoftHsm>, IDisposable
{
    private static readonly ValidityPeriod Years = ValidityPeriod.FromEpoch(TimeProvider.System, TimeSpan.FromDays(700));

    private readonly string _folder = Directory.CreateTempSubdirectory("surety-token").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_platform_issues_with_a_key_in_a_token_tells_devices_to_wait_while_it_is_away_and_goes_on_when_it_is_back()
    {
        MakeAuthorities();
        await using WebApplication app = await StartAsync($"--Surety:Certificates:AuthorityKey={SoftHsm.Uri("p256")}");
        await VerifyAsync(await IssueAsync(app, "before"));
        Assert.False(File.Exists(PathOf("ca/intermediate.key")));

        token.TakeAway();
        try
        {
            CoapException refused = await Assert.ThrowsAsync<CoapException>(() => IssueAsync(app, "meanwhile"));
            Assert.Equal(CoapCode.ServiceUnavailable, refused.Code);
            Assert.DoesNotContain(SoftHsm.Pin, refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            token.PutBack();
        }

        await VerifyAsync(await IssueAsync(app, "after"));
        await app.StopAsync(Token);
    }

    [Fact]
    public async Task The_revocation_list_is_signed_in_the_token_and_asked_for_again_while_it_is_away()
    {
        MakeAuthorities();
        await using WebApplication app = await StartAsync($"--Surety:Certificates:AuthorityKey={SoftHsm.Uri("p256")}");
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        string list = $"/.well-known/surety/crl/{PlatformAuthority.KeyIdOf(app.Services.GetRequiredService<PlatformAuthority>().Authority.Certificate)}.crl";
        token.TakeAway();
        try
        {
            using HttpResponseMessage away = await client.GetAsync(list, Token);
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, away.StatusCode);
        }
        finally
        {
            token.PutBack();
        }

        await File.WriteAllBytesAsync(PathOf("list.crl"), await client.GetByteArrayAsync(list, Token), Token);
        string verdict = await ForeignProcess.RunAsync("openssl", "openssl", "crl", "-inform", "DER", "-in", PathOf("list.crl"), "-CAfile", PathOf("ca/intermediate.pem"), "-noout");
        Assert.Contains("verify OK", verdict, StringComparison.Ordinal);
        await app.StopAsync(Token);
    }

    [Fact]
    public async Task Without_the_token_or_without_authorities_it_does_not_start_and_says_why()
    {
        StartupException missing = await Assert.ThrowsAsync<StartupException>(() => StartAsync($"--Surety:Certificates:AuthorityKey={SoftHsm.Uri("p256")}"));
        Assert.Contains("surety ca init --intermediate-key", missing.Message, StringComparison.Ordinal);
        MakeAuthorities();
        StartupException other = await Assert.ThrowsAsync<StartupException>(() => StartAsync($"--Surety:Certificates:AuthorityKey={SoftHsm.Uri("nothing")}"));
        Assert.Contains("no private key 'nothing'", other.Message, StringComparison.Ordinal);
        StartupException file = Assert.Throws<StartupException>(() => SuretyHost.Build(CommandLine.Parse(["--Surety:Certificates:AuthorityKey=ca/my.key"]), TextWriter.Null));
        Assert.Contains("pkcs11:", file.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_passphrase_the_keys_that_the_server_makes_are_encrypted_and_wrong_ones_are_refused()
    {
        await File.WriteAllTextAsync(PathOf("passphrase"), "correct horse battery staple\n", Token);
        string setting = $"--Surety:Certificates:PassphraseFile={PathOf("passphrase")}";
        await using (WebApplication first = await StartAsync(setting))
            await first.StopAsync(Token);
        foreach (string key in (string[])["ca/ca.key", "ca/intermediate.key"])
        {
            Assert.Contains("ENCRYPTED PRIVATE KEY", await File.ReadAllTextAsync(PathOf(key), Token), StringComparison.Ordinal);
            await ForeignProcess.RunAsync("openssl", "openssl", "pkey", "-in", PathOf(key), "-passin", $"file:{PathOf("passphrase")}", "-noout");
        }

        await using (WebApplication second = await StartAsync(setting))
        {
            await VerifyAsync(await IssueAsync(second, "device"));
            await second.StopAsync(Token);
        }

        await File.WriteAllTextAsync(PathOf("passphrase"), "wrong\n", Token);
        StartupException refused = await Assert.ThrowsAsync<StartupException>(() => StartAsync(setting));
        Assert.Contains("passphrase is wrong", refused.Message, StringComparison.Ordinal);
    }

    private void MakeAuthorities()
    {
        using CertificateAuthority root = CertificateAuthority.CreateRoot(CertificateProfile.Authority(new("Token Root"), Years));
        using CertificateAuthority issuing = root.IssueAuthority(CertificateProfile.Authority(new("Token Issuing"), Years, pathLength: 0), SigningKey.Open(SoftHsm.Uri("p256")));
        Directory.CreateDirectory(PathOf("ca"));
        PemFiles.WriteCertificates(PathOf("ca/ca.pem"), [root.Certificate]);
        PemFiles.WriteCertificates(PathOf("ca/intermediate.pem"), [issuing.Certificate]);
    }

    private async Task<WebApplication> StartAsync(string setting)
    {
        WebApplication app = SuretyHost.Build(
            CommandLine.Parse(
            [
                "--Urls=http://127.0.0.1:0", $"--Surety:DataDirectory={_folder}", "--Surety:Lwm2m:Coaps=none", "--Surety:Lwm2m:CoapsTcp=none",
                "--Surety:Bootstrap:Coaps=none", "--Surety:Bootstrap:CoapsTcp=none", "--Logging:LogLevel:Default=None", setting,
            ]),
            TextWriter.Null);
        try
        {
            await SuretyHost.StartAsync(app);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static async Task<X509Certificate2> IssueAsync(WebApplication app, string name)
    {
        using SigningKey key = SigningKey.Generate(KeyCurve.P256);
        Assert.True(CertificationRequest.TryParse(CertificationRequest.Create(new CertificateSubject(name), key), out CertificationRequest? request, out _));
        await using SuretyDb db = app.Services.GetRequiredService<SuretyDbFactory>().OpenForPlatform();
        EntityId account = await db.AllAccounts<Account>().Select(row => row.Id).FirstAsync(Token);
        EntityId device = app.Services.GetRequiredService<EntityIdGenerator>().Next();
        return (await app.Services.GetRequiredService<ICertificateIssuance>().IssueAsync(new CertificateOrder(account, device, name, CertificateOrder.Lwm2m, request), Token)).Certificate;
    }

    private async Task VerifyAsync(X509Certificate2 certificate)
    {
        PemFiles.WriteCertificates(PathOf("device.pem"), [certificate]);
        Assert.Contains("OK", await ForeignProcess.RunAsync("openssl", "openssl", "verify", "-x509_strict", "-CAfile", PathOf("ca/ca.pem"), "-untrusted", PathOf("ca/intermediate.pem"), PathOf("device.pem")), StringComparison.Ordinal);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
