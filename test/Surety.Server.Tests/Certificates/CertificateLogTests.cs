using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Pki;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.DeviceEvents;
using Surety.Server.Hosting;
using Surety.Server.Storage;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Certificates;

/// <summary>The log of issued certificates, the same on both databases.</summary>
public abstract class CertificateLogTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : CertificateLogTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : CertificateLogTests(fixture.Server), IClassFixture<PostgresFixture>;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certificate_is_in_the_log_before_it_leaves_and_the_proof_of_it_holds()
    {
        var order = await OrderAsync();
        var certificate = (await server.Service<ICertificateIssuance>().IssueAsync(order, Token)).Certificate;
        var fingerprint = SHA256.HashData(certificate.RawData);
        await server.Service<ICertificateIssuance>().IssueAsync(order, Token);

        // With colons, as OpenSSL prints it.
        var proof = await server.Admin.GetOkAsync($"/v3/certificate-log/inclusion?fingerprint={string.Join(":", fingerprint.Select(value => value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)))}");
        Assert.Equal(certificate.SerialNumber, proof.Text("serial_number"), ignoreCase: true);
        var entry = Convert.FromBase64String(proof.Text("leaf_entry"));
        Assert.Equal(fingerprint, entry[..32]);
        Assert.True(MerkleProof.VerifyInclusion(
            MerkleProof.HashLeaf(entry), (long)proof["leaf_index"]!, (long)proof["tree_size"]!, Hashes(proof["audit_path"]!), Convert.FromHexString(proof.Text("root_hash"))));

        // In the tree that was there before it, it is not.
        await server.Admin.GetErrorAsync(
            $"/v3/certificate-log/inclusion?fingerprint={Convert.ToHexString(fingerprint)}&tree_size={(int)proof["leaf_index"]!}", HttpStatusCode.NotFound, "not_found");
        await server.Admin.GetErrorAsync($"/v3/certificate-log/inclusion?fingerprint={new string('0', 64)}", HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task The_head_is_signed_and_the_log_is_shown_to_be_appended_to_only()
    {
        var order = await OrderAsync();
        await server.Service<ICertificateIssuance>().IssueAsync(order, Token);
        var head = await server.Admin.GetOkAsync("/v3/certificate-log");
        for (var i = 0; i < 3; i++)
            await server.Service<ICertificateIssuance>().IssueAsync(order, Token);
        var later = await server.Admin.GetOkAsync("/v3/certificate-log");
        Assert.Equal((int)head["tree_size"]! + 3, (int)later["tree_size"]!);

        var proof = await server.Admin.GetOkAsync($"/v3/certificate-log/consistency?first={(int)head["tree_size"]!}&second={(int)later["tree_size"]!}");
        Assert.Equal(head.Text("root_hash"), proof.Text("first_root_hash"));
        Assert.Equal(later.Text("root_hash"), proof.Text("second_root_hash"));
        Assert.True(MerkleProof.VerifyConsistency(
            (long)proof["first"]!, (long)proof["second"]!, Convert.FromHexString(head.Text("root_hash")), Convert.FromHexString(later.Text("root_hash")), Hashes(proof["consistency"]!)));

        // RFC 6962, 3.5: v1, tree_hash, timestamp, tree_size, sha256_root_hash.
        var signed = new byte[18];
        signed[1] = 1;
        var timestamp = DateTimeOffset.Parse(later.Text("timestamp"), System.Globalization.CultureInfo.InvariantCulture);
        BinaryPrimitives.WriteInt64BigEndian(signed.AsSpan(2), timestamp.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(signed.AsSpan(10), (int)later["tree_size"]!);
        using var authority = X509Certificate2.CreateFromPem(later.Text("certificate"));
        using var key = authority.GetECDsaPublicKey()!;
        Assert.True(key.VerifyData(
            (byte[])[.. signed, .. Convert.FromHexString(later.Text("root_hash"))], Convert.FromBase64String(later.Text("signature")), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        Assert.Equal(server.Service<PlatformAuthority>().Authority.Certificate.RawData, authority.RawData);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_log_cannot_be_written_nothing_is_issued_and_the_device_is_told_why(bool isFull)
    {
        var order = await OrderAsync();
        var issuance = server.Service<ICertificateIssuance>();
        await issuance.IssueAsync(order, Token);
        var before = await server.Admin.GetOkAsync("/v3/certificate-log");
        using (new FailingFile(Path.Combine(server.DataDirectory, "ca", "issued.log"), isFull))
        {
            var refused = await Assert.ThrowsAsync<CoapException>(() => issuance.IssueAsync(order, Token));
            Assert.Equal(CoapCode.ServiceUnavailable, refused.Code);
            Assert.Contains("the log of issued certificates cannot be written", refused.Message, StringComparison.Ordinal);
            // A head that the disk has not is not signed either.
            await server.Admin.GetErrorAsync("/v3/certificate-log", HttpStatusCode.ServiceUnavailable, "system_unavailable");
        }

        // With room on the disk it goes on; what was kept back is on record, and the log was only appended to.
        var certificate = (await issuance.IssueAsync(order, Token)).Certificate;
        await server.Admin.GetOkAsync($"/v3/certificate-log/inclusion?fingerprint={IssuedCertificates.FingerprintOf(certificate.RawData)}");
        var proof = await server.Admin.GetOkAsync($"/v3/certificate-log/consistency?first={(int)before["tree_size"]!}");
        Assert.Equal(before.Text("root_hash"), proof.Text("first_root_hash"));
        Assert.Equal((int)before["tree_size"]! + 2, (int)proof["second"]!);
    }

    [Theory]
    [InlineData("inclusion", "fingerprint")]
    [InlineData("inclusion?fingerprint=xy", "fingerprint")]
    [InlineData("inclusion?fingerprint=0000000000000000000000000000000000000000000000000000000000000000&tree_size=99999999", "tree_size")]
    [InlineData("consistency", "first")]
    [InlineData("consistency?first=-1", "first")]
    [InlineData("consistency?first=0&second=99999999999", "second")]
    public async Task What_cannot_be_asked_is_named(string path, string member)
    {
        var error = await server.Admin.GetErrorAsync($"/v3/certificate-log/{path}", HttpStatusCode.BadRequest, "validation_error");
        Assert.Equal([member], error.Fields());
    }

    [Fact]
    public async Task The_log_is_for_administrators()
    {
        var key = (await server.Admin.PostAsync("/v3/api-keys", "{\"name\":\"an application\"}")).Text("key");
        var application = server.Client(key);
        foreach (var path in new[] { "", "/inclusion?fingerprint=00", "/consistency?first=0" })
            await application.GetErrorAsync($"/v3/certificate-log{path}", HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task At_the_start_the_log_catches_up_with_the_database_and_misses_rows_aloud()
    {
        var order = await OrderAsync();
        var lost = (await server.Service<ICertificateIssuance>().IssueAsync(order, Token)).Certificate;
        var lostFingerprint = IssuedCertificates.FingerprintOf(lost.RawData);
        using var late = server.Service<PlatformAuthority>().Authority.IssueWithNewKey(
            CertificateProfile.Device(new("sensor-1"), ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(30))));
        var lateFingerprint = IssuedCertificates.FingerprintOf(late.RawData);
        await using (var db = server.Service<SuretyDbFactory>().Open(order.AccountId))
        {
            // Somebody takes a row away; and the server ends after a row was written and before the log was.
            Assert.Equal(1, await db.Set<IssuedCertificateRecord>().Where(row => row.Fingerprint == lostFingerprint).ExecuteDeleteAsync(Token));
            db.Add(new IssuedCertificateRecord
            {
                Id = server.Service<EntityIdGenerator>().Next(),
                AccountId = order.AccountId,
                DeviceId = order.DeviceId,
                EndpointName = "sensor-1",
                CertificateName = CertificateOrder.Lwm2m,
                Fingerprint = lateFingerprint,
                SerialNumber = late.SerialNumber.ToLowerInvariant(),
                NotAfter = new DateTimeOffset(late.NotAfter).ToUniversalTime(),
                CreatedAt = TimeProvider.System.GetInstant(),
            });
            await db.SaveChangesAsync(Token);
        }

        await server.Admin.GetErrorAsync($"/v3/certificate-log/inclusion?fingerprint={lateFingerprint}", HttpStatusCode.NotFound, "not_found");
        var before = await server.Admin.GetOkAsync("/v3/certificate-log");
        await server.RestartAsync();
        await server.Admin.GetOkAsync($"/v3/certificate-log/inclusion?fingerprint={lateFingerprint}");
        var proof = await server.Admin.GetOkAsync($"/v3/certificate-log/consistency?first={(int)before["tree_size"]!}");
        Assert.Equal(before.Text("root_hash"), proof.Text("first_root_hash"));

        await server.Service<DeviceEventService>().WriteAsync(Token);
        var events = await server.Admin.GetOkAsync("/v3/device-events?event_type__eq=IDENTITY_RECORD_MISSING");
        var alarm = Assert.Single(events["data"]!.AsArray())!;
        Assert.Contains(lostFingerprint, alarm.Text("description"), StringComparison.Ordinal);
        Assert.Equal(lost.SerialNumber, alarm["data"]!.Text("serial_number"), ignoreCase: true);
        Assert.Equal("FAIL", alarm.Text("event_type_description"));
    }

    [Fact]
    public async Task A_log_that_was_changed_is_not_believed()
    {
        var directory = Directory.CreateTempSubdirectory("surety-").FullName;
        await using (var other = await TestServer.StartInAsync(directory))
        {
            var order = await OrderAsync(other);
            for (var i = 0; i < 2; i++)
                await other.Service<ICertificateIssuance>().IssueAsync(order, Token);
        }

        var path = Path.Combine(directory, "ca", "issued.log");
        var bytes = await File.ReadAllBytesAsync(path, Token);
        // A digit of the first fingerprint: 128 bytes of header are before it.
        bytes[130] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Token);
        var error = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartInAsync(directory));
        Assert.Contains("issued.log", error.Message, StringComparison.Ordinal);
        Assert.Contains("backup", error.Message, StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }

    private static IReadOnlyList<byte[]> Hashes(JsonNode list) => [.. list.AsArray().Select(hash => Convert.FromHexString((string)hash!))];

    private static async Task<CertificateOrder> OrderAsync(TestServer server)
    {
        var admin = await server.NewAccountAsync();
        var account = (await admin.GetOkAsync("/v3/accounts/me")).Id("id");
        var device = (await admin.PostAsync("/v3/devices", "{\"endpoint_name\":\"sensor-1\"}")).Id("id");
        return new CertificateOrder(account, device, "sensor-1", CertificateOrder.Lwm2m, IssuanceTests.Request("", out _));
    }

    private Task<CertificateOrder> OrderAsync() => OrderAsync(server);
}
