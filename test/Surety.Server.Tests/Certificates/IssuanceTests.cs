using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Pki;
using Surety.Server.Features.Certificates;
using Surety.Server.Storage;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Certificates;

/// <summary>Certificates for devices by the platform's authority, the same on both databases.</summary>
public abstract class IssuanceTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : IssuanceTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : IssuanceTests(fixture.Server), IClassFixture<PostgresFixture>;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_gets_a_certificate_with_its_names_under_the_intermediate()
    {
        var order = await OrderAsync(name: (device, account) => $"L={device},OU={account},CN=sensor-1");
        var issued = await server.Service<ICertificateIssuance>().IssueAsync(order, Token);

        // Pelion's clients compare subjects in this order: L, OU, CN.
        Assert.Equal($"CN=sensor-1, OU={order.AccountId}, L={order.DeviceId}", issued.Certificate.Subject);
        Assert.Equal(DateTimeOffset.UnixEpoch, new DateTimeOffset(issued.Certificate.NotBefore));
        Assert.InRange((new DateTimeOffset(issued.Certificate.NotAfter) - TimeProvider.System.GetUtcNow()).TotalDays, 364, 366);
        Assert.Equal(16, issued.Certificate.SerialNumberBytes.Length);
        var usage = issued.Certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single();
        Assert.Equal([CertificateProfile.ClientAuthentication], usage.EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.Value));
        Assert.Equal(2, issued.Issuers.Count);

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(issued.Issuers[1]);
        chain.ChainPolicy.ExtraStore.Add(issued.Issuers[0]);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.True(chain.Build(issued.Certificate));
        Assert.Contains(server.Service<ICertificateIssuance>().GetAuthorities(order.AccountId), authority => authority.RawData.AsSpan().SequenceEqual(issued.Issuers[1].RawData));
    }

    [Theory]
    [InlineData("CN=another")]
    [InlineData("CN=sensor-1,OU=00000000000000000000000000000000")]
    [InlineData("CN=sensor-1,L=00000000000000000000000000000000")]
    public async Task A_request_for_another_device_is_refused_with_words(string subject)
    {
        var order = await OrderAsync(name: (_, _) => subject);
        var error = await Assert.ThrowsAsync<CoapException>(() => server.Service<ICertificateIssuance>().IssueAsync(order, Token));
        Assert.Equal(CoapCode.Forbidden, error.Code);
        Assert.Contains("another device", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_has_no_issuer_is_refused()
    {
        var order = (await OrderAsync()) with { CertificateName = "customer.dlms" };
        var error = await Assert.ThrowsAsync<CoapException>(() => server.Service<ICertificateIssuance>().IssueAsync(order, Token));
        Assert.Equal(CoapCode.NotFound, error.Code);
    }

    [Fact]
    public async Task The_record_is_there_before_anybody_hears_of_the_certificate()
    {
        var order = await OrderAsync();
        var records = server.Service<IssuedCertificates>();
        IssuedCertificateRecord? heard = null;
        records.Issued += (record, certificate) =>
        {
            if (record.DeviceId != order.DeviceId)
                return;
            using var db = server.Service<SuretyDbFactory>().Open(order.AccountId);
            heard = db.Set<IssuedCertificateRecord>().AsNoTracking().Single(row => row.Fingerprint == record.Fingerprint);
            Assert.Equal(record.Fingerprint, Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)));
        };
        var issued = await server.Service<ICertificateIssuance>().IssueAsync(order, Token);
        Assert.NotNull(heard);
        Assert.Equal(issued.Certificate.SerialNumber.ToLowerInvariant(), heard.SerialNumber);
        Assert.Equal("sensor-1", heard.EndpointName);
        Assert.Equal(new DateTimeOffset(issued.Certificate.NotAfter).ToUniversalTime(), heard.NotAfter);
        Assert.Equal(IssuedCertificateStatus.Active, heard.Status);
    }

    [Fact]
    public async Task The_first_use_of_a_certificate_supersedes_the_older_one_and_no_other()
    {
        var order = await OrderAsync();
        var other = await OrderAsync();
        var issuance = server.Service<ICertificateIssuance>();
        var records = server.Service<IssuedCertificates>();
        var withdrawn = new List<IssuedCertificateRecord>();
        records.Withdrawn += withdrawn.AddRange;
        var first = Fingerprint(await issuance.IssueAsync(order, Token));
        var second = Fingerprint(await issuance.IssueAsync(order, Token));
        var foreign = Fingerprint(await issuance.IssueAsync(other, Token));
        Assert.Equal(IssuedCertificateStatus.Active, (await records.FindAsync(first, Token))!.Status);

        await records.ConfirmAsync(order.AccountId, second, Token);

        Assert.Equal(IssuedCertificateStatus.Superseded, (await records.FindAsync(first, Token))!.Status);
        var used = (await records.FindAsync(second, Token))!;
        Assert.Equal(IssuedCertificateStatus.Active, used.Status);
        Assert.NotNull(used.ConfirmedAt);
        Assert.Equal(IssuedCertificateStatus.Active, (await records.FindAsync(foreign, Token))!.Status);
        Assert.Contains(withdrawn, record => record.Fingerprint == first);
        Assert.Null(await records.FindAsync(new string('0', 64), Token));
    }

    [Fact]
    public async Task What_is_revoked_is_revoked_for_good()
    {
        var order = await OrderAsync();
        var records = server.Service<IssuedCertificates>();
        var fingerprint = Fingerprint(await server.Service<ICertificateIssuance>().IssueAsync(order, Token));
        Assert.Equal(1, await records.RevokeAsync(order.AccountId, order.DeviceId, Token));
        await records.ConfirmAsync(order.AccountId, fingerprint, Token);
        Assert.Equal(IssuedCertificateStatus.Revoked, (await records.FindAsync(fingerprint, Token))!.Status);
    }

    internal static CertificationRequest Request(string subject, out byte[] der)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        der = new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSigningRequest();
        Assert.True(CertificationRequest.TryParse(der, out var request, out var problem), problem);
        return request;
    }

    private static string Fingerprint(IssuedCertificate issued) => IssuedCertificates.FingerprintOf(issued.Certificate.RawData);

    private async Task<CertificateOrder> OrderAsync(Func<EntityId, EntityId, string>? name = null)
    {
        var admin = await server.NewAccountAsync();
        var account = (await admin.GetOkAsync("/v3/accounts/me")).Id("id");
        var device = (await admin.PostAsync("/v3/devices", "{\"endpoint_name\":\"sensor-1\"}")).Id("id");
        return new CertificateOrder(account, device, "sensor-1", CertificateOrder.Lwm2m, Request(name?.Invoke(device, account) ?? "", out _));
    }
}
