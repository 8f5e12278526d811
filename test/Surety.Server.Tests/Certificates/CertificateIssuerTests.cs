using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Server.Features.Certificates;
using Surety.Server.Storage;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Certificates;

/// <summary>/v3/certificate-issuers and their configurations, the same on both databases.</summary>
public abstract class CertificateIssuerTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : CertificateIssuerTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : CertificateIssuerTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Issuers = "/v3/certificate-issuers";
    private const string Configurations = "/v3/certificate-issuer-configurations";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_issuer_has_the_members_of_the_contract_and_never_shows_its_credentials()
    {
        var admin = await server.NewAccountAsync();
        var made = await admin.PostAsync(Issuers, Cfssl("http://127.0.0.1:1"));
        Assert.Equal(["created_at", "description", "etag", "id", "issuer_attributes", "issuer_type", "name", "object"], made.AsObject().Select(member => member.Key).Order());
        Assert.Equal("certificate-issuer", made.Text("object"));
        Assert.Equal("CFSSL_AUTH", made.Text("issuer_type"));
        Assert.Equal("http://127.0.0.1:1", made["issuer_attributes"]!.Text("host_url"));
        var list = await admin.GetOkAsync(Issuers);
        Assert.Equal(made.ToJsonString(), list["data"]![0]!.ToJsonString());
        Assert.DoesNotContain(IssuerServer.Key, list.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        var id = made.Id("id");
        await using var db = server.Service<SuretyDbFactory>().OpenForPlatform();
        var row = await db.AllAccounts<CertificateIssuer>().SingleAsync(row => row.Id == id, Token);
        Assert.Equal(-1, row.ProtectedCredentials.AsSpan().IndexOf(Encoding.ASCII.GetBytes(IssuerServer.Key)));
    }

    [Fact]
    public async Task What_is_wrong_with_an_issuer_is_named_in_the_variant_of_the_service()
    {
        var admin = await server.NewAccountAsync();
        (string Body, string[] Fields)[] cases =
        [
            ("{}", ["issuer_credentials", "issuer_type", "name"]),
            (Cfssl("ftp://x"), ["issuer_attributes.host_url"]),
            (Cfssl("http://user:pw@x"), ["issuer_attributes.host_url"]),
            (Cfssl("http://x", key: "abc"), ["issuer_credentials.hmac_hex_key"]),
            ("{\"name\":\"a\",\"issuer_type\":\"GLOBAL_SIGN\",\"issuer_attributes\":{\"x\":\"y\"},\"issuer_credentials\":{}}", ["issuer_attributes.x"]),
            (Est("http://x", ""), ["issuer_attributes.ca_certificate", "issuer_attributes.host_url"]),
        ];
        foreach (var (body, fields) in cases)
        {
            using var response = await admin.SendAsync(HttpMethod.Post, Issuers, body);
            var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
            Assert.Equal(fields, error["fields"]!.AsArray().Select(field => field!.Text("field")).Order());
        }

        Assert.Empty((await admin.GetErrorAsync($"{Issuers}/x", HttpStatusCode.NotFound, "not_found"))["fields"]!.AsArray());
    }

    [Fact]
    public async Task Names_are_unique_and_there_are_at_most_twenty()
    {
        var admin = await server.NewAccountAsync();
        for (var i = 0; i < CertificateIssuers.MaxIssuers; i++)
        {
            await admin.PostAsync(Issuers, Cfssl("http://127.0.0.1:1", $"issuer {i}"));
            if (i > 0)
                continue;
            using var twice = await admin.SendAsync(HttpMethod.Post, Issuers, Cfssl("http://127.0.0.1:1", "issuer 0"));
            await twice.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");
        }

        using var response = await admin.SendAsync(HttpMethod.Post, Issuers, Cfssl("http://127.0.0.1:1", "too many"));
        await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
    }

    [Fact]
    public async Task A_CFSSL_server_signs_what_is_authenticated()
    {
        await using var cfssl = await IssuerServer.StartAsync();
        var admin = await server.NewAccountAsync();
        var id = (await admin.PostAsync(Issuers, Cfssl(cfssl.Url, profile: "device"))).Text("id");
        var verified = await admin.PostAsync($"{Issuers}/{id}/verify", "", HttpStatusCode.OK);
        Assert.True((bool)verified["successful"]!);
        Assert.Equal("device", cfssl.LastRequest!.Text("profile"));

        await admin.PutAsync($"{Issuers}/{id}", "{\"issuer_credentials\":{\"hmac_hex_key\":\"00\"}}");
        using var refused = await admin.SendAsync(HttpMethod.Post, $"{Issuers}/{id}/verify", "");
        Assert.Contains("invalid token", (await refused.ReadErrorAsync(HttpStatusCode.FailedDependency, "system_unavailable")).Text("message"), StringComparison.Ordinal);
        await admin.PutAsync($"{Issuers}/{id}", "{\"issuer_attributes\":{\"host_url\":\"http://127.0.0.1:1\"}}");
        using var gone = await admin.SendAsync(HttpMethod.Post, $"{Issuers}/{id}/verify", "");
        Assert.Contains("http://127.0.0.1:1", (await gone.ReadErrorAsync(HttpStatusCode.FailedDependency, "system_unavailable")).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_EST_server_behind_HTTPS_signs_and_is_believed_by_the_authority_that_is_given()
    {
        await using var est = await IssuerServer.StartAsync(isHttps: true);
        var admin = await server.NewAccountAsync();
        var id = (await admin.PostAsync(Issuers, Est(est.Url, est.Authority.ExportCertificatePem()))).Text("id");
        Assert.True((bool)(await admin.PostAsync($"{Issuers}/{id}/verify", "", HttpStatusCode.OK))["successful"]!);

        using var stranger = Authorities.Root(Authorities.Unique("Stranger"));
        await admin.PutAsync($"{Issuers}/{id}", new JsonObject { ["issuer_attributes"] = Est(est.Url, stranger.ExportCertificatePem(), out _) }.ToJsonString());
        using var refused = await admin.SendAsync(HttpMethod.Post, $"{Issuers}/{id}/verify", "");
        await refused.ReadErrorAsync(HttpStatusCode.FailedDependency, "system_unavailable");
    }

    [Fact]
    public async Task GlobalSign_says_that_it_cannot_be_used()
    {
        var admin = await server.NewAccountAsync();
        var body = "{\"name\":\"gs\",\"issuer_type\":\"GLOBAL_SIGN\",\"issuer_attributes\":null,\"issuer_credentials\":{\"api_key\":\"k\",\"api_secret\":\"s\",\"client_certificate\":\"c\",\"private_key\":\"p\"}}";
        var id = (await admin.PostAsync(Issuers, body)).Text("id");
        using var response = await admin.SendAsync(HttpMethod.Post, $"{Issuers}/{id}/verify", "");
        Assert.Contains("GLOBAL_SIGN", (await response.ReadErrorAsync(HttpStatusCode.FailedDependency, "system_unavailable")).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LWM2M_is_always_configured_and_stays()
    {
        var admin = await server.NewAccountAsync();
        var lwm2m = await admin.GetOkAsync($"{Configurations}/lwm2m");
        Assert.Equal(["certificate_issuer_id", "created_at", "etag", "id", "is_custom", "object", "reference", "updated_at"], lwm2m.AsObject().Select(member => member.Key).Order());
        Assert.Equal("LWM2M", lwm2m.Text("reference"));
        Assert.Null(lwm2m["certificate_issuer_id"]);
        Assert.False((bool)lwm2m["is_custom"]!);
        using var deleted = await admin.DeleteAsync($"{Configurations}/{lwm2m.Text("id")}", Token);
        await deleted.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        foreach (var reserved in new[] { "LwM2M", "BOOTSTRAP", "mbed.x", "a b", "" })
        {
            using var response = await admin.SendAsync(HttpMethod.Post, Configurations, $"{{\"reference\":\"{reserved}\",\"certificate_issuer_id\":null}}");
            Assert.Equal("reference", (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error"))["fields"]![0]!.Text("field"));
        }
    }

    [Fact]
    public async Task An_issuer_that_is_in_use_stays()
    {
        var admin = await server.NewAccountAsync();
        var issuer = (await admin.PostAsync(Issuers, Cfssl("http://127.0.0.1:1"))).Text("id");
        var config = await admin.PostAsync(Configurations, $"{{\"reference\":\"customer.dlms\",\"certificate_issuer_id\":\"{issuer}\"}}");
        Assert.True((bool)config["is_custom"]!);
        using var twice = await admin.SendAsync(HttpMethod.Post, Configurations, $"{{\"reference\":\"customer.dlms\",\"certificate_issuer_id\":\"{issuer}\"}}");
        await twice.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");
        using var used = await admin.DeleteAsync($"{Issuers}/{issuer}", Token);
        Assert.Contains("customer.dlms", (await used.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
        Assert.Equal([config.Text("id")], (await admin.GetOkAsync($"{Configurations}?reference__eq=customer.dlms")).All("id"));
        (await admin.DeleteAsync($"{Configurations}/{config.Text("id")}", Token)).Dispose();
        using var free = await admin.DeleteAsync($"{Issuers}/{issuer}", Token);
        Assert.Equal(HttpStatusCode.NoContent, free.StatusCode);
    }

    [Fact]
    public async Task A_device_gets_its_certificate_from_the_configured_issuer_once_the_account_trusts_it()
    {
        await using var cfssl = await IssuerServer.StartAsync();
        var admin = await server.NewAccountAsync();
        var account = (await admin.GetOkAsync("/v3/accounts/me")).Id("id");
        var device = (await admin.PostAsync("/v3/devices", "{\"endpoint_name\":\"d\"}")).Id("id");
        var issuer = (await admin.PostAsync(Issuers, Cfssl(cfssl.Url))).Text("id");
        await admin.PutAsync($"{Configurations}/lwm2m", $"{{\"certificate_issuer_id\":\"{issuer}\"}}");
        var order = new CertificateOrder(account, device, "d", "LwM2M", IssuanceTests.Request("CN=d", out _));

        // Before the account trusts it, what the issuer makes would only shut the device out.
        var untrusted = await Assert.ThrowsAsync<CoapException>(() => server.Service<ICertificateIssuance>().IssueAsync(order, Token));
        Assert.Equal(CoapCode.BadGateway, untrusted.Code);
        Assert.Contains("/v3/trusted-certificates", untrusted.Message, StringComparison.Ordinal);

        var trusted = new JsonObject { ["name"] = "elsewhere", ["service"] = "lwm2m", ["certificate"] = cfssl.Authority.ExportCertificatePem() };
        await admin.PostAsync("/v3/trusted-certificates", trusted.ToJsonString());
        var issued = await server.Service<ICertificateIssuance>().IssueAsync(order, Token);
        Assert.Equal(cfssl.Authority.Subject, issued.Certificate.Issuer);
        Assert.Equal(cfssl.Authority.RawData, Assert.Single(issued.Issuers).RawData);
        var record = await server.Service<IssuedCertificates>().FindAsync(IssuedCertificates.FingerprintOf(issued.Certificate.RawData), Token);
        Assert.Equal(issuer, record!.IssuerId.ToString());

        cfssl.OtherName = "another";
        var wrong = await Assert.ThrowsAsync<CoapException>(() => server.Service<ICertificateIssuance>().IssueAsync(order, Token));
        Assert.Contains("common name 'another'", wrong.Message, StringComparison.Ordinal);
    }

    private static string Cfssl(string url, string name = "cfssl", string key = IssuerServer.Key, string? profile = null)
    {
        var attributes = new JsonObject { ["host_url"] = url };
        if (profile is not null)
            attributes["cfssl_profile"] = profile;
        return new JsonObject { ["name"] = name, ["issuer_type"] = "CFSSL_AUTH", ["issuer_attributes"] = attributes, ["issuer_credentials"] = new JsonObject { ["hmac_hex_key"] = key } }.ToJsonString();
    }

    private static string Est(string url, string authority)
    {
        var attributes = Est(url, authority, out var credentials);
        return new JsonObject { ["name"] = "est", ["issuer_type"] = "EST", ["issuer_attributes"] = attributes, ["issuer_credentials"] = credentials }.ToJsonString();
    }

    private static JsonObject Est(string url, string authority, out JsonObject credentials)
    {
        credentials = new JsonObject { ["username"] = "surety", ["password"] = "secret" };
        return new JsonObject { ["host_url"] = url, ["est_label"] = "devices", ["ca_certificate"] = authority };
    }
}
