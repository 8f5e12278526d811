using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;
using Surety.Server.Tests.Enrollment;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Audit;

/// <summary>Who has changed what is in the log, whole and unaltered; the same on both databases.</summary>
public abstract class AuditLogTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : AuditLogTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : AuditLogTests(fixture.Server), IClassFixture<PostgresFixture>;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_logged_with_who_what_from_where_and_in_which_request()
    {
        var client = await server.NewAccountAsync();
        var me = await client.GetOkAsync("/v3/api-keys/me");
        var device = await client.PostAsync("/v3/devices", "{\"name\":\"lamp\",\"endpoint_name\":\"lamp-1\",\"custom_attributes\":{\"colour\":\"red\",\"room\":\"1\"}}");
        using var response = await client.SendAsync(HttpMethod.Put, $"/v3/devices/{device.Text("id")}", "{\"name\":\"lantern\",\"custom_attributes\":{\"colour\":\"blue\"}}");
        await response.ReadAsync(HttpStatusCode.OK);
        var entry = (await client.GetOkAsync($"/v3/audit-log?entity_id__eq={device.Text("id")}&action__eq=update"))["data"]!.AsArray().Single()!;
        Assert.Equal("api_key", entry.Text("actor_type"));
        Assert.Equal(me.Text("id"), entry.Text("actor_id"));
        Assert.Equal(me.Text("name"), entry.Text("actor_name"));
        Assert.Equal("device", entry.Text("entity_type"));
        Assert.Equal("lamp-1", entry.Text("entity_name"));
        Assert.Equal("127.0.0.1", entry.Text("address"));
        Assert.Equal(response.Headers.GetValues("X-Request-ID").Single(), entry.Text("request_id"));
        Assert.Equal(
            ["custom_attributes.colour: red > blue", "custom_attributes.room: 1 > ", "name: lamp > lantern"],
            Changes(entry).Order());
        Assert.Equal(entry.ToJsonString(), (await client.GetOkAsync($"/v3/audit-log?request_id__eq={entry.Text("request_id")}"))["data"]![0]!.ToJsonString(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_is_made_and_deleted_is_logged_as_it_was()
    {
        var client = await server.NewAccountAsync();
        var id = (await client.PostAsync("/v3/devices", "{\"name\":\"lamp\",\"custom_attributes\":{\"colour\":\"red\"}}")).Text("id");
        (await client.DeleteAsync($"/v3/devices/{id}", Token)).EnsureSuccessStatusCode();
        var entries = (await client.GetOkAsync($"/v3/audit-log?entity_id__eq={id}"))["data"]!.AsArray();
        Assert.Equal(["create", "delete"], entries.Select(entry => entry!.Text("action")));
        Assert.Contains("name:  > lamp", Changes(entries[0]!));
        Assert.Contains("custom_attributes.colour:  > red", Changes(entries[0]!));
        Assert.Contains("name: lamp > ", Changes(entries[1]!));
        Assert.Contains("custom_attributes.colour: red > ", Changes(entries[1]!));
    }

    [Fact]
    public async Task What_is_refused_is_not_logged()
    {
        var client = await server.NewAccountAsync();
        await client.PostAsync("/v3/devices", "{\"endpoint_name\":\"one\"}");
        var before = (await client.GetOkAsync("/v3/audit-log")).All("id");
        using var taken = await client.SendAsync(HttpMethod.Post, "/v3/devices", "{\"endpoint_name\":\"one\"}");
        await taken.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");
        using var nothing = await client.SendAsync(HttpMethod.Put, $"/v3/devices/{(await client.GetOkAsync("/v3/devices")).All("id")[0]}", "{}");
        await nothing.ReadAsync(HttpStatusCode.OK);
        Assert.Equal(before, (await client.GetOkAsync("/v3/audit-log")).All("id"));
    }

    [Fact]
    public async Task No_secret_is_in_the_log()
    {
        var client = await server.NewAccountAsync();
        var key = (await client.PostAsync("/v3/api-keys", "{\"name\":\"program\"}")).Text("key");
        await client.PostAsync("/v3/users", $"{{\"email\":\"{Unique()}@example.com\",\"password\":\"open sesame 1\"}}");
        using var psk = await client.SendAsync(HttpMethod.Post, "/v2/device-shared-keys", $"{{\"endpoint_name\":\"{Unique()}\",\"secret_hex\":\"00112233445566778899aabbccddeeff\"}}");
        Assert.Equal(HttpStatusCode.Created, psk.StatusCode);
        await client.PostAsync(
            "/v3/certificate-issuers",
            "{\"name\":\"mine\",\"issuer_type\":\"CFSSL_AUTH\",\"issuer_attributes\":{\"host_url\":\"http://127.0.0.1:1\"},\"issuer_credentials\":{\"hmac_hex_key\":\"0badcafe\"}}");
        var text = (await client.GetOkAsync("/v3/audit-log?limit=1000")).ToJsonString();
        Assert.Contains("(secret)", text, StringComparison.Ordinal);
        Assert.Contains("pre_shared_key", text, StringComparison.Ordinal);
        foreach (var secret in new[] { key[^32..], "sesame", "00112233445566778899aabbccddeeff", Convert.ToBase64String(Convert.FromHexString("00112233445566778899aabbccddeeff")), "0badcafe" })
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Rows_that_are_deleted_by_one_statement_are_logged_too()
    {
        var client = await server.NewAccountAsync();
        var name = Unique();
        using var made = await client.SendAsync(HttpMethod.Post, "/v2/device-shared-keys", $"{{\"endpoint_name\":\"{name}\",\"secret_hex\":\"00112233445566778899aabbccddeeff\"}}");
        (await client.DeleteAsync($"/v2/device-shared-keys/{name}", Token)).EnsureSuccessStatusCode();
        (await client.DeleteAsync($"/v2/device-shared-keys/{name}", Token)).EnsureSuccessStatusCode();
        var enrollment = (await client.EnrollAsync(Identities.New())).Text("id");
        (await client.DeleteAsync($"/v3/device-enrollments/{enrollment}", Token)).EnsureSuccessStatusCode();
        var campaign = (await client.PostAsync("/v3/certificate-campaigns", "{\"name\":\"mine\"}")).Text("id");
        (await client.DeleteAsync($"/v3/certificate-campaigns/{campaign}", Token)).EnsureSuccessStatusCode();
        var deleted = (await client.GetOkAsync("/v3/audit-log?action__eq=delete"))["data"]!.AsArray();
        Assert.Equal(["pre_shared_key", "device_enrollment", "certificate_campaign"], deleted.Select(entry => entry!.Text("entity_type")));
        Assert.Equal(name, deleted[0]!.Text("entity_name"));
    }

    [Fact]
    public async Task Who_enrols_many_devices_has_done_one_thing()
    {
        var client = await server.NewAccountAsync();
        var job = await client.ProcessAsync(Identities.Uploads, "id\n" + string.Join('\n', Enumerable.Range(0, 150).Select(_ => Identities.New())));
        var entries = (await client.GetOkAsync("/v3/audit-log?entity_type__in=device_enrollment,enrollment_bulk_job"))["data"]!.AsArray();
        Assert.Equal(["enrollment_bulk_job", "device_enrollment"], entries.Select(entry => entry!.Text("entity_type")));
        Assert.Equal("api_key", entries[0]!.Text("actor_type"));
        Assert.Equal("platform", entries[1]!.Text("actor_type"));
        Assert.Equal($"bulk job {job.Text("id")}", entries[1]!.Text("actor_name"));
        Assert.Equal(150, (int)entries[1]!["count"]!);
    }

    [Fact]
    public async Task Sign_ins_are_logged_whether_they_succeed_or_not()
    {
        var client = await server.NewAccountAsync();
        var email = $"{Unique()}@example.com";
        var user = await client.PostAsync("/v3/users", $"{{\"email\":\"{email}\",\"password\":\"open sesame 1\"}}");
        using var wrong = await server.Anonymous.SendAsync(HttpMethod.Post, "/auth/login", $"{{\"username\":\"{email}\",\"password\":\"guess\"}}");
        await wrong.ReadErrorAsync(HttpStatusCode.Unauthorized, "invalid_token");
        var token = (await server.Anonymous.PostAsync("/auth/login", $"{{\"username\":\"{email}\",\"password\":\"open sesame 1\"}}", HttpStatusCode.OK)).Text("token");
        using (var signedIn = server.Client(token))
        using (var out_ = await signedIn.PostAsync(new Uri("/auth/logout", UriKind.Relative), null, Token))
            Assert.Equal(HttpStatusCode.NoContent, out_.StatusCode);
        var entries = (await client.GetOkAsync($"/v3/audit-log?entity_id__eq={user.Text("id")}"))["data"]!.AsArray();
        Assert.Equal(["create", "sign_in_failed", "sign_in", "sign_out"], entries.Select(entry => entry!.Text("action")));
        Assert.Equal(["api_key", "anonymous", "user", "user"], entries.Select(entry => entry!.Text("actor_type")));
        Assert.Equal(401, (int)entries[1]!["status"]!);
        Assert.Equal(wrong.Headers.GetValues("X-Request-ID").Single(), entries[1]!.Text("request_id"));
        Assert.Equal(email, entries[2]!.Text("actor_name"));
    }

    [Fact]
    public async Task The_first_run_is_the_work_of_the_platform()
    {
        var entries = (await server.Admin.GetOkAsync("/v3/audit-log?actor_type__eq=platform"))["data"]!.AsArray();
        var first = entries.Where(entry => entry!.Text("actor_name") == "first run").Select(entry => entry!.Text("entity_type")).ToList();
        Assert.Contains("account", first);
        Assert.Contains("api_key", first);
        Assert.Contains("user", first);
    }

    [Fact]
    public async Task Only_administrators_read_the_log()
    {
        var client = await server.NewAccountAsync();
        var other = server.Client((await client.PostAsync("/v3/api-keys", "{\"name\":\"program\"}")).Text("key"));
        var id = (await client.GetOkAsync("/v3/audit-log")).All("id")[0];
        foreach (var path in new[] { "", "/export", "/verification", $"/{id}" })
            await other.GetErrorAsync($"/v3/audit-log{path}", HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task The_export_has_all_pages_and_no_formula()
    {
        var client = await server.NewAccountAsync();
        await client.PostAsync("/v3/api-keys", "{\"name\":\"=HYPERLINK(\\\"http://evil\\\")\"}");
        await client.PostAsync("/v3/api-keys", "{\"name\":\"two\\r\\nlines, \\\"quoted\\\"\"}");
        using var response = await client.GetAsync("/v3/audit-log/export?entity_type__eq=api_key&limit=2", Token);
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        var csv = await response.Content.ReadAsStringAsync(Token);
        Assert.StartsWith("\"created_at\",\"actor_type\",", csv, StringComparison.Ordinal);
        Assert.Contains(",\"'=HYPERLINK(\"\"http://evil\"\")\",", csv, StringComparison.Ordinal);
        Assert.Contains(",\"two\r\nlines, \"\"quoted\"\"\",", csv, StringComparison.Ordinal);
        await client.GetErrorAsync("/v3/audit-log/export?no_such__eq=1", HttpStatusCode.BadRequest, "validation_error");
    }

    [Fact]
    public async Task The_log_verifies_and_an_altered_or_missing_entry_is_found()
    {
        var client = await server.NewAccountAsync();
        for (var i = 0; i < 5; i++)
            await client.PostAsync("/v3/api-keys", "{\"name\":\"program\",\"groups\":[]}");
        var kept = await client.GetOkAsync("/v3/audit-log/verification");
        Assert.True((bool)kept["valid"]!);
        // The account, its three policy groups, its key and the membership of that, and the five.
        Assert.Equal(11, (int)kept["last_sequence"]!);
        await client.PostAsync("/v3/api-keys", "{\"name\":\"another\"}");
        var known = $"sequence={kept["last_sequence"]}&seal={kept.Text("last_seal")}";
        Assert.True((bool)(await client.GetOkAsync($"/v3/audit-log/verification?{known}"))["valid"]!);
        Assert.False((bool)(await client.GetOkAsync($"/v3/audit-log/verification?sequence=10&seal={kept.Text("last_seal")}"))["valid"]!);
        Assert.False((bool)(await client.GetOkAsync($"/v3/audit-log/verification?sequence=13&seal={kept.Text("last_seal")}"))["valid"]!);

        var account = (await client.GetOkAsync("/v3/accounts/me")).Id("id");
        await using var db = server.Service<SuretyDbFactory>().Open(account);
        await db.Set<AuditEntry>().Where(entry => entry.Sequence == 4).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.ActorName, "nobody"), Token);
        var altered = await client.GetOkAsync("/v3/audit-log/verification");
        Assert.False((bool)altered["valid"]!);
        Assert.Contains("Entry 4", altered.Text("reason"), StringComparison.Ordinal);
        await db.Set<AuditEntry>().Where(entry => entry.Sequence == 4).ExecuteDeleteAsync(Token);
        Assert.Equal("Entry 4 is missing.", (await client.GetOkAsync("/v3/audit-log/verification")).Text("reason"));
    }

    [Theory]
    [InlineData("sequence=1")]
    [InlineData("sequence=-1&seal=00")]
    [InlineData("sequence=x&seal=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("seal=0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_verification_against_what_is_no_seal_is_a_400(string query) =>
        await server.Admin.GetErrorAsync($"/v3/audit-log/verification?{query}", HttpStatusCode.BadRequest, "validation_error");

    private static string Unique() => System.Security.Cryptography.RandomNumberGenerator.GetHexString(20, lowercase: true);

    private static IEnumerable<string> Changes(JsonNode entry) =>
        entry["changes"]!.AsArray().Select(change => $"{change!.Text("member")}: {change!.Text("before")} > {change!.Text("after")}");
}
