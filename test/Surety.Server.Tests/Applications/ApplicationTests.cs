using System.Net;
using System.Text;
using Surety.Server.Tests.PolicyGroups;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Applications;

/// <summary>Applications and their access keys; the same on both databases.</summary>
public abstract class ApplicationTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : ApplicationTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : ApplicationTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Applications = "/v3/applications";

    [Fact]
    public async Task An_application_has_the_members_of_the_contract()
    {
        var admin = await server.NewAccountAsync();
        var made = await admin.PostAsync(Applications, "{\"name\":\"Meters\",\"description\":\"Reads them\"}");
        Assert.Equal(
            ["account_id", "created_at", "description", "etag", "groups", "id", "last_used_at", "name", "object", "status", "updated_at"],
            made.AsObject().Select(member => member.Key).Order());
        Assert.Equal("application", made.Text("object"));
        Assert.Equal("ACTIVE", made.Text("status"));
        Assert.Equal("1", made.Text("etag"));
        Assert.Null(made["last_used_at"]);
        Assert.Equal([await admin.GroupAsync("Developers")], made["groups"]!.AsArray().Select(id => (string)id!));
        Assert.Equal(made.ToJsonString(), (await admin.GetOkAsync($"{Applications}/{made.Text("id")}")).ToJsonString());
        Assert.Equal(made.ToJsonString(), (await admin.PutAsync($"{Applications}/{made.Text("id")}", made.ToJsonString())).ToJsonString());
        Assert.Equal("2", (await admin.PutAsync($"{Applications}/{made.Text("id")}", "{\"name\":\"Pumps\"}")).Text("etag"));
        await admin.DeleteExpectingAsync($"{Applications}/{made.Text("id")}", HttpStatusCode.NoContent);
        await admin.GetErrorAsync($"{Applications}/{made.Text("id")}", HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task An_access_key_is_shown_whole_once_and_has_the_members_of_the_contract()
    {
        var admin = await server.NewAccountAsync();
        var application = await MakeAsync(admin);
        var made = await admin.PostAsync($"{application}/access-keys", "{\"name\":\"k\",\"description\":\"of the gateway\"}");
        Assert.Equal(
            ["account_id", "application_id", "created_at", "description", "etag", "expiration", "id", "key", "last_used_at", "name", "object", "status", "updated_at"],
            made.AsObject().Select(member => member.Key).Order());
        Assert.Equal("access-key", made.Text("object"));
        // The contract's conventions, "Authentication": ak_2, 43 characters of the account's id, the key's id, the secret.
        var key = made.Text("key");
        Assert.Equal(111, key.Length);
        Assert.StartsWith("ak_2" + Convert.ToBase64String(Encoding.ASCII.GetBytes(made.Text("account_id"))).TrimEnd('=') + made.Text("id"), key, StringComparison.Ordinal);
        var shown = await admin.GetOkAsync($"{application}/access-keys/{made.Text("id")}");
        Assert.Equal(key[..79], shown.Text("key"));
        Assert.Equal(shown.ToJsonString(), (await admin.GetOkAsync($"/v3/access-keys/{made.Text("id")}")).ToJsonString());
        Assert.Equal(shown.ToJsonString(), (await admin.PutAsync($"{application}/access-keys/{made.Text("id")}", shown.ToJsonString())).ToJsonString());
        Assert.DoesNotContain(key[79..], (await admin.GetOkAsync("/v3/access-keys")).ToJsonString() + (await admin.GetOkAsync("/v3/audit-log")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_replaced_while_the_application_goes_on()
    {
        var admin = await server.NewAccountAsync();
        var application = await MakeAsync(admin);
        var (first, firstId) = await KeyAsync(admin, application);
        await PresubscribeAsync(first);
        var (second, _) = await KeyAsync(admin, application);
        Assert.Equal("d*", (await second.GetOkAsync("/v2/subscriptions"))[0]!.Text("endpoint-name"));
        await admin.DeleteExpectingAsync($"{application}/access-keys/{firstId}", HttpStatusCode.NoContent);
        await first.GetErrorAsync("/v2/subscriptions", HttpStatusCode.Unauthorized, "invalid_apikey");
        Assert.Equal("d*", (await second.GetOkAsync("/v2/subscriptions"))[0]!.Text("endpoint-name"));
        Assert.Empty((await admin.GetOkAsync("/v2/subscriptions")).AsArray());
    }

    [Fact]
    public async Task What_ends_a_key_ends_it_at_once()
    {
        var admin = await server.NewAccountAsync();
        var application = await MakeAsync(admin);
        var (client, id) = await KeyAsync(admin, application);
        await client.GetOkAsync("/v3/devices");
        foreach (var path in new[] { $"{application}/access-keys/{id}", application })
        {
            await admin.PutAsync(path, "{\"name\":\"n\",\"status\":\"INACTIVE\"}");
            await client.GetErrorAsync("/v3/devices", HttpStatusCode.Unauthorized, "invalid_apikey");
            await admin.PutAsync(path, "{\"name\":\"n\",\"status\":\"ACTIVE\"}");
            await client.GetOkAsync("/v3/devices");
        }

        await admin.DeleteExpectingAsync(application, HttpStatusCode.NoContent);
        await client.GetErrorAsync("/v3/devices", HttpStatusCode.Unauthorized, "invalid_apikey");
        Assert.Empty((await admin.GetOkAsync("/v3/access-keys")).All("id"));
    }

    [Fact]
    public async Task An_inactive_application_loses_what_it_had_subscribed_to()
    {
        var admin = await server.NewAccountAsync();
        var application = await MakeAsync(admin);
        var (client, id) = await KeyAsync(admin, application);
        await PresubscribeAsync(client);
        // The contract: a key that is inactive cancels nothing.
        await admin.PutAsync($"{application}/access-keys/{id}", "{\"name\":\"k\",\"status\":\"INACTIVE\"}");
        await admin.PutAsync($"{application}/access-keys/{id}", "{\"name\":\"k\",\"status\":\"ACTIVE\"}");
        Assert.Single((await client.GetOkAsync("/v2/subscriptions")).AsArray());
        await admin.PutAsync(application, "{\"name\":\"a\",\"status\":\"INACTIVE\"}");
        await admin.PutAsync(application, "{\"name\":\"a\",\"status\":\"ACTIVE\"}");
        Assert.Empty((await client.GetOkAsync("/v2/subscriptions")).AsArray());
    }

    [Fact]
    public async Task An_applications_rights_are_those_of_its_groups()
    {
        var admin = await server.NewAccountAsync();
        var readers = await admin.GroupAsync("ReadOnly");
        var developers = await admin.GroupAsync("Developers");
        var id = (await admin.PostAsync(Applications, $"{{\"name\":\"a\",\"groups\":[\"{readers}\"]}}")).Text("id");
        var (client, _) = await KeyAsync(admin, $"{Applications}/{id}");
        await client.GetOkAsync("/v3/devices");
        await client.PostAsync("/v3/devices", "{\"name\":\"x\"}", HttpStatusCode.Forbidden);
        using (var added = await admin.SendAsync(HttpMethod.Post, $"{Applications}/{id}/groups/add", $"[\"{developers}\"]"))
            Assert.Equal(HttpStatusCode.NoContent, added.StatusCode);
        using (var twice = await admin.SendAsync(HttpMethod.Post, $"{Applications}/{id}/groups/add", $"[\"{developers}\"]"))
            await twice.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");
        await client.PostAsync("/v3/devices", "{\"name\":\"x\"}");
        Assert.Equal([developers, readers], (await admin.GetOkAsync($"{Applications}/{id}/groups")).All("id"));
        using (var removed = await admin.SendAsync(HttpMethod.Post, $"{Applications}/{id}/groups/remove", $"[\"{developers}\"]"))
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await client.PostAsync("/v3/devices", "{\"name\":\"y\"}", HttpStatusCode.Forbidden);
        // It is no key, and sees no key as itself.
        await client.GetErrorAsync("/v3/api-keys/me", HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task A_group_lists_adds_and_removes_its_applications()
    {
        var admin = await server.NewAccountAsync();
        var id = (await admin.PostAsync(Applications, "{\"name\":\"a\"}")).Text("id");
        var group = (await admin.PostAsync("/v3/policy-groups", "{\"name\":\"Members\"}")).Text("id");
        var body = $"{{\"applications\":[\"{id}\"]}}";
        Assert.Equal(1, (int)(await admin.PostAsync($"/v3/policy-groups/{group}/applications/add", body, HttpStatusCode.OK))["application_count"]!);
        Assert.Equal([id], (await admin.GetOkAsync($"/v3/policy-groups/{group}/applications")).All("id"));
        await admin.PostAsync($"/v3/policy-groups/{group}/applications/add", body, HttpStatusCode.Conflict);
        Assert.Equal(0, (int)(await admin.PostAsync($"/v3/policy-groups/{group}/applications/remove", body, HttpStatusCode.OK))["application_count"]!);
        Assert.Empty((await admin.GetOkAsync($"/v3/policy-groups/{group}/applications")).All("id"));
    }

    [Fact]
    public async Task The_last_administrator_stays_though_it_is_an_application()
    {
        var admin = await server.NewAccountAsync();
        var id = (await admin.PostAsync(Applications, $"{{\"name\":\"a\",\"groups\":[\"{await admin.GroupAsync("Administrators")}\"]}}")).Text("id");
        var application = $"{Applications}/{id}";
        var self = (await admin.GetOkAsync("/v3/api-keys/me")).Text("id");
        // Without a key nobody can call as the application.
        await admin.DeleteExpectingAsync($"/v3/api-keys/{self}", HttpStatusCode.Forbidden);
        var (client, key) = await KeyAsync(admin, application);
        await client.DeleteExpectingAsync($"/v3/api-keys/{self}", HttpStatusCode.NoContent);
        await client.DeleteExpectingAsync($"{application}/access-keys/{key}", HttpStatusCode.Forbidden);
        await client.DeleteExpectingAsync(application, HttpStatusCode.Forbidden);
        await client.PutAsync(application, "{\"name\":\"a\",\"status\":\"INACTIVE\"}", HttpStatusCode.Forbidden);
        await client.PutAsync($"{application}/access-keys/{key}", "{\"name\":\"k\",\"expiration\":\"2990-01-01T00:00:00Z\"}", HttpStatusCode.Forbidden);
        await client.GetOkAsync("/v3/audit-log");
    }

    [Fact]
    public async Task Keys_are_found_by_application_and_status()
    {
        var admin = await server.NewAccountAsync();
        var first = await MakeAsync(admin);
        var second = await MakeAsync(admin);
        var (_, active) = await KeyAsync(admin, first);
        var inactive = (await admin.PostAsync($"{first}/access-keys", "{\"name\":\"k\",\"status\":\"INACTIVE\"}")).Text("id");
        var (_, other) = await KeyAsync(admin, second);
        Assert.Equal([active, inactive], (await admin.GetOkAsync($"{first}/access-keys")).All("id"));
        Assert.Equal([active], (await admin.GetOkAsync($"{first}/access-keys?status__eq=ACTIVE")).All("id"));
        Assert.Equal([inactive], (await admin.GetOkAsync("/v3/access-keys?status__eq=INACTIVE")).All("id"));
        Assert.Equal([other], (await admin.GetOkAsync($"/v3/access-keys?application_id__eq={second.Split('/')[^1]}")).All("id"));
        await admin.GetErrorAsync($"{first}/access-keys/{other}", HttpStatusCode.NotFound, "not_found");
        await admin.PutAsync(second, "{\"name\":\"b\",\"status\":\"INACTIVE\"}");
        Assert.Equal([second.Split('/')[^1]], (await admin.GetOkAsync($"{Applications}?status__eq=INACTIVE")).All("id"));
    }

    [Fact]
    public async Task The_use_of_a_key_is_seen_at_the_key_and_at_its_application()
    {
        var admin = await server.NewAccountAsync();
        var application = await MakeAsync(admin);
        var (client, id) = await KeyAsync(admin, application);
        await client.GetOkAsync("/v3/devices");
        var used = (await admin.GetOkAsync($"/v3/access-keys/{id}")).Text("last_used_at");
        Assert.NotEmpty(used);
        Assert.Equal(used, (await admin.GetOkAsync(application)).Text("last_used_at"));
    }

    [Fact]
    public async Task The_audit_log_names_application_and_key()
    {
        var admin = await server.NewAccountAsync();
        var (client, id) = await KeyAsync(admin, await MakeAsync(admin));
        var device = (await client.PostAsync("/v3/devices", "{\"name\":\"x\"}")).Text("id");
        var entry = (await admin.GetOkAsync($"/v3/audit-log?entity_id__eq={device}"))["data"]![0]!;
        Assert.Contains(id, entry.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Meters / k", entry.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_of_the_parent_manages_the_applications_of_a_tenant()
    {
        var (parentId, parent) = await server.NewAccountAsync("Parent", null);
        var (tenantId, tenant) = await server.NewAccountAsync("Tenant", parentId);
        var id = (await parent.PostAsync($"/v3/accounts/{tenantId}/applications", "{\"name\":\"a\"}")).Text("id");
        var key = await parent.PostAsync($"/v3/accounts/{tenantId}/applications/{id}/access-keys", "{\"name\":\"k\"}");
        Assert.Equal(tenantId.ToString(), (await server.Client(key.Text("key")).GetOkAsync("/v3/accounts/me")).Text("id"));
        Assert.Equal([id], (await tenant.GetOkAsync(Applications)).All("id"));
        Assert.Empty((await parent.GetOkAsync(Applications)).All("id"));
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("{\"name\":\"\"}", "name")]
    [InlineData("{\"name\":\"a\\u0000b\"}", "name")]
    [InlineData("{\"name\":\"x\",\"status\":\"EXPIRED\"}", "status")]
    [InlineData("{\"name\":\"x\",\"groups\":[\"nobody\"]}", "groups")]
    public async Task What_is_wrong_with_an_application_is_named(string body, string field) => await RefusedAsync(await server.NewAccountAsync(), Applications, body, field);

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("{\"name\":\"x\",\"status\":\"EXPIRED\"}", "status")]
    [InlineData("{\"name\":\"x\",\"expiration\":\"2001-01-01T00:00:00Z\"}", "expiration")]
    [InlineData("{\"name\":\"x\",\"expiration\":\"tomorrow\"}", "expiration")]
    public async Task What_is_wrong_with_an_access_key_is_named(string body, string field)
    {
        var admin = await server.NewAccountAsync();
        await RefusedAsync(admin, $"{await MakeAsync(admin)}/access-keys", body, field);
    }

    [Fact]
    public async Task Names_and_descriptions_have_their_limits()
    {
        var admin = await server.NewAccountAsync();
        await RefusedAsync(admin, Applications, $"{{\"name\":\"{new string('n', 101)}\"}}", "name");
        await RefusedAsync(admin, Applications, $"{{\"name\":\"n\",\"description\":\"{new string('d', 501)}\"}}", "description");
        await admin.PostAsync(Applications, $"{{\"name\":\"{new string('n', 100)}\",\"description\":\"{new string('d', 500)}\"}}");
    }

    [Theory]
    [InlineData("ak_1")]
    [InlineData("ak_3")]
    public async Task The_version_of_a_key_is_part_of_it(string start)
    {
        var admin = await server.NewAccountAsync();
        var key = (await admin.PostAsync($"{await MakeAsync(admin)}/access-keys", "{\"name\":\"k\"}")).Text("key");
        await server.Client(key).GetOkAsync("/v3/devices");
        await server.Client(start + key[4..]).GetErrorAsync("/v3/devices", HttpStatusCode.Unauthorized, "invalid_apikey");
    }

    private static async Task RefusedAsync(HttpClient admin, string path, string body, string field)
    {
        using var response = await admin.SendAsync(HttpMethod.Post, path, body);
        Assert.Equal([field], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    private static async Task PresubscribeAsync(HttpClient client)
    {
        using var response = await client.SendAsync(HttpMethod.Put, "/v2/subscriptions", "[{\"endpoint-name\":\"d*\"}]");
        Assert.True(response.IsSuccessStatusCode);
    }

    private static async Task<string> MakeAsync(HttpClient admin) => $"{Applications}/{(await admin.PostAsync(Applications, "{\"name\":\"Meters\"}")).Text("id")}";

    private async Task<(HttpClient Client, string Id)> KeyAsync(HttpClient admin, string application)
    {
        var key = await admin.PostAsync($"{application}/access-keys", "{\"name\":\"k\"}");
        return (server.Client(key.Text("key")), key.Text("id"));
    }
}
