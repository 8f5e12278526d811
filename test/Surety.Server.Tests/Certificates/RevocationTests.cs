using System.Net;
using System.Net.Http.Headers;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using Surety.Pki;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.DeviceEvents;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Certificates;

/// <summary>Revocation by an operator, and what third parties are told of it, the same on both databases. That OpenSSL believes it: Interop.Tests.</summary>
public abstract class RevocationTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : RevocationTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : RevocationTests(fixture.Server), IClassFixture<PostgresFixture>;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Authority => PlatformAuthority.KeyIdOf(server.Service<PlatformAuthority>().Authority.Certificate);

    [Fact]
    public async Task A_certificate_that_is_revoked_is_on_the_list_and_one_that_was_superseded_too()
    {
        var (admin, order) = await OrderAsync();
        var issuance = server.Service<ICertificateIssuance>();
        var first = (await issuance.IssueAsync(order, Token)).Certificate;
        var second = (await issuance.IssueAsync(order, Token)).Certificate;
        var other = (await issuance.IssueAsync(order with { CertificateName = CertificateOrder.Lwm2m, DeviceId = (await admin.PostAsync("/v3/devices", "{\"endpoint_name\":\"sensor-2\"}")).Id("id"), EndpointName = "sensor-2" }, Token)).Certificate;
        Assert.DoesNotContain(first.SerialNumber, await ListedAsync(first, second, other));

        await server.Service<IssuedCertificates>().ConfirmAsync(order.AccountId, IssuedCertificates.FingerprintOf(second.RawData), Token);
        await Until(async () => (await ListedAsync(first, second, other)).SequenceEqual([first.SerialNumber]));
        await RevokeAsync(admin, order, "{\"reason\":\"key_compromise\",\"description\":\"found in a bin\"}");
        await Until(async () => (await ListedAsync(first, second, other)).SequenceEqual([first.SerialNumber, second.SerialNumber]));

        // The delta says the same: both happened since its base.
        var delta = await BytesAsync($"{RevocationApi.ListPath}/{Authority}/delta.crl");
        Assert.True(Holds(delta, first) && Holds(delta, second) && !Holds(delta, other));
        await server.Service<DeviceEventService>().WriteAsync(Token);
        var events = await admin.GetOkAsync($"/v3/device-events?device_id__eq={order.DeviceId}&event_type__eq=DEVICE_CERTIFICATE_REVOKED");
        Assert.Contains("found in a bin", Assert.Single(events.All("description")), StringComparison.Ordinal);
        Assert.Equal(IssuedCertificateStatus.Revoked, (await server.Service<IssuedCertificates>().FindAsync(IssuedCertificates.FingerprintOf(second.RawData), Token))!.Status);
    }

    [Fact]
    public async Task Numbers_of_lists_rise_with_each_change_and_over_a_restart()
    {
        var (admin, order) = await OrderAsync();
        await server.Service<ICertificateIssuance>().IssueAsync(order, Token);
        var before = await NumberAsync();
        Assert.Equal(before, await NumberAsync());
        await RevokeAsync(admin, order, "{}");
        await Until(async () => await NumberAsync() > before);
        var changed = await NumberAsync();
        await server.RestartAsync();
        Assert.True(await NumberAsync() > changed);
    }

    [Fact]
    public async Task Only_an_administrator_revokes_and_only_what_there_is()
    {
        var (admin, order) = await OrderAsync();
        await server.Service<ICertificateIssuance>().IssueAsync(order, Token);
        var application = server.Client((await admin.PostAsync("/v3/api-keys", "{\"name\":\"an application\"}")).Text("key"));
        var path = $"/v3/devices/{order.DeviceId}/certificates/lwm2m/revoke";
        using (var refused = await application.SendAsync(HttpMethod.Post, path, "{}"))
            await refused.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        using (var wrong = await admin.SendAsync(HttpMethod.Post, path, "{\"reason\":\"boredom\"}"))
            Assert.Equal(["reason"], (await wrong.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        using (var none = await admin.SendAsync(HttpMethod.Post, $"/v3/devices/{order.DeviceId}/certificates/another/revoke", "{}"))
            await none.ReadErrorAsync(HttpStatusCode.NotFound, "not_found");
        await RevokeAsync(admin, order, "{}");
        using var again = await admin.SendAsync(HttpMethod.Post, path, "{}");
        await again.ReadErrorAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Addresses_are_open_to_everybody_and_strangers_hear_what_is_wrong()
    {
        using var issuer = X509CertificateLoader.LoadCertificate(await BytesAsync($"{RevocationApi.AuthorityPath}/{Authority}.cer"));
        Assert.Equal(server.Service<PlatformAuthority>().Intermediates[0].RawData, issuer.RawData);
        await server.Anonymous.GetErrorAsync($"{RevocationApi.ListPath}/{new string('0', 40)}.crl", HttpStatusCode.NotFound, "not_found");
        await server.Anonymous.GetErrorAsync($"{RevocationApi.ListPath}/{new string('0', 40)}/delta.crl", HttpStatusCode.NotFound, "not_found");

        // RFC 6960, 4.2.1: malformedRequest is 1.
        byte[] malformed = [0x30, 0x03, 0x0A, 0x01, 0x01];
        Assert.Equal(malformed, await BytesAsync("/ocsp/%%%"));
        Assert.Equal(malformed, await BytesAsync("/ocsp/AAAA"));
        Assert.Equal(malformed, await PostAsync([0x30, 0x00]));
        using var text = await server.Anonymous.SendAsync(HttpMethod.Post, "/ocsp", "hello");
        await text.ReadErrorAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        using var large = new ByteArrayContent(new byte[20_000]) { Headers = { ContentType = new MediaTypeHeaderValue(OcspResponder.RequestType) } };
        using var tooLarge = await server.Anonymous.PostAsync("/ocsp", large, Token);
        await tooLarge.ReadErrorAsync(HttpStatusCode.RequestEntityTooLarge, "validation_error");
    }

    [Fact]
    public async Task The_roots_list_is_given_out_once_the_operator_has_put_it_there_and_only_if_it_is_the_roots()
    {
        var root = server.Service<PlatformAuthority>().Root;
        var path = $"{RevocationApi.ListPath}/{PlatformAuthority.KeyIdOf(root)}.crl";
        var file = Path.Combine(server.DataDirectory, "ca", "root.crl");
        Assert.Contains("surety ca crl", (await server.Anonymous.GetErrorAsync(path, HttpStatusCode.NotFound, "not_found")).Text("message"), StringComparison.Ordinal);

        using var key = PemFiles.ReadPrivateKey(Path.Combine(server.DataDirectory, "ca", "ca.key"));
        using var signer = root.CopyWithPrivateKey(key);
        var builder = new CertificateRevocationListBuilder();
        builder.AddEntry(Convert.FromHexString("0102030405"));
        var list = builder.Build(signer, 7, DateTimeOffset.UnixEpoch.AddYears(80), System.Security.Cryptography.HashAlgorithmName.SHA256);
        await File.WriteAllBytesAsync(file, list, Token);
        Assert.Equal(list, await BytesAsync(path));
        await File.WriteAllTextAsync(file, System.Security.Cryptography.PemEncoding.WriteString("X509 CRL", list), Token);
        Assert.Equal(list, await BytesAsync(path));

        using var stranger = Authorities.Root("CN=Somebody else");
        byte[] tampered = [.. list];
        tampered[^1] ^= 1;
        foreach (var wrong in new[] { "nonsense"u8.ToArray(), [], tampered, builder.Build(stranger, 8, DateTimeOffset.UnixEpoch.AddYears(80), System.Security.Cryptography.HashAlgorithmName.SHA256) })
        {
            await File.WriteAllBytesAsync(file, wrong, Token);
            await server.Anonymous.GetErrorAsync(path, HttpStatusCode.NotFound, "not_found");
        }

        File.Delete(file);
    }

    [Fact]
    public async Task Without_a_public_address_certificates_name_none()
    {
        var (_, order) = await OrderAsync();
        var certificate = (await server.Service<ICertificateIssuance>().IssueAsync(order, Token)).Certificate;
        // cRLDistributionPoints, authorityInfoAccess
        Assert.DoesNotContain(certificate.Extensions, extension => extension.Oid?.Value is "2.5.29.31" or "1.3.6.1.5.5.7.1.1");
    }

    private static async Task RevokeAsync(HttpClient admin, CertificateOrder order, string body)
    {
        using var response = await admin.SendAsync(HttpMethod.Post, $"/v3/devices/{order.DeviceId}/certificates/LWM2M/revoke", body);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private static bool Holds(byte[] list, X509Certificate2 certificate) =>
        CertificateRevocationListBuilder.Load(list, out BigInteger _).RemoveEntry(certificate.SerialNumberBytes.Span);

    // Lists are made again at once, unless many changes follow each other.
    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 500 && !await condition(); i++)
            await Task.Delay(20, Token);
        Assert.True(await condition());
    }

    private async Task<IReadOnlyList<string>> ListedAsync(params X509Certificate2[] certificates)
    {
        var list = await BytesAsync($"{RevocationApi.ListPath}/{Authority}.crl");
        return [.. certificates.Where(certificate => Holds(list, certificate)).Select(certificate => certificate.SerialNumber)];
    }

    private async Task<BigInteger> NumberAsync()
    {
        CertificateRevocationListBuilder.Load(await BytesAsync($"{RevocationApi.ListPath}/{Authority}.crl"), out BigInteger number);
        return number;
    }

    private async Task<byte[]> BytesAsync(string path)
    {
        using var response = await server.Anonymous.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync(Token);
    }

    private async Task<byte[]> PostAsync(byte[] request)
    {
        using var content = new ByteArrayContent(request) { Headers = { ContentType = new MediaTypeHeaderValue(OcspResponder.RequestType) } };
        using var response = await server.Anonymous.PostAsync("/ocsp", content, Token);
        Assert.Equal(OcspResponder.ResponseType, response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsByteArrayAsync(Token);
    }

    private async Task<(HttpClient Admin, CertificateOrder Order)> OrderAsync()
    {
        var admin = await server.NewAccountAsync();
        var account = (await admin.GetOkAsync("/v3/accounts/me")).Id("id");
        var device = (await admin.PostAsync("/v3/devices", "{\"endpoint_name\":\"sensor-1\"}")).Id("id");
        return (admin, new CertificateOrder(account, device, "sensor-1", CertificateOrder.Lwm2m, IssuanceTests.Request("", out _)));
    }
}
