using System.Net;
using System.Text;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.ApiKeys;

/// <summary>Keys and what they open; the same on both databases.</summary>
public abstract class ApiKeyApiTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : ApiKeyApiTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : ApiKeyApiTests(fixture.Server), IClassFixture<PostgresFixture>;

    [Fact]
    public async Task A_new_key_has_the_format_of_the_contract_and_works_at_once()
    {
        var admin = await server.NewAccountAsync();
        var created = await admin.PostAsync("/v3/api-keys", "{\"name\":\"MyKey1\"}");
        var key = created.Text("key");
        Assert.Equal(111, key.Length);
        Assert.StartsWith("ak_1", key, StringComparison.Ordinal);
        Assert.Equal(created.Text("account_id"), Encoding.ASCII.GetString(Convert.FromBase64String(key[4..47] + "=")));
        Assert.Equal(created.Text("id"), key[47..79]);
        Assert.Matches("^[A-Za-z0-9]{32}$", key[79..]);

        var me = await server.Client(key).GetOkAsync("/v3/api-keys/me");
        Assert.Equal(created.Text("id"), me.Text("id"));
        Assert.Equal("MyKey1", me.Text("name"));
        Assert.Equal(created.Text("account_id"), (await server.Client(key).GetOkAsync("/v3/accounts/me")).Text("id"));
    }

    [Fact]
    public async Task A_key_is_shown_whole_once_and_without_its_secret_afterwards()
    {
        var admin = await server.NewAccountAsync();
        var created = await admin.PostAsync("/v3/api-keys", "{\"name\":\"k\"}");
        var shown = await admin.GetOkAsync($"/v3/api-keys/{created.Text("id")}");
        Assert.Equal(created.Text("key")[..79], shown.Text("key"));
        Assert.DoesNotContain(created.Text("key")[79..], (await admin.GetOkAsync("/v3/api-keys")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_has_the_members_of_the_contract()
    {
        var admin = await server.NewAccountAsync();
        var key = await admin.PostAsync("/v3/api-keys", "{\"name\":\"k\"}");
        Assert.Equal(
            ["account_id", "created_at", "creation_time", "etag", "groups", "id", "key", "last_login_time", "name", "object", "owner", "status", "updated_at"],
            key.AsObject().Select(member => member.Key).Order());
        Assert.Equal("api-key", key.Text("object"));
        Assert.Equal("ACTIVE", key.Text("status"));
        Assert.Equal("1", key.Text("etag"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", key.Text("created_at"));
        Assert.Equal(key.Text("created_at"), DateTimeOffset.FromUnixTimeMilliseconds((long)key["creation_time"]!).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
    }

    [Fact]
    public async Task The_account_has_the_required_members_of_the_contract()
    {
        var account = await server.Admin.GetOkAsync("/v3/accounts/me/?include=limits, policies");
        Assert.Equal("account", account.Text("object"));
        Assert.Equal("Default", account.Text("display_name"));
        Assert.Equal("ACTIVE", account.Text("status"));
        Assert.Equal("1", account.Text("tier"));
        Assert.Equal("1", account.Text("etag"));
        Assert.NotNull(account["end_market"]);
        Assert.NotNull(account["limits"]);
        Assert.NotNull(account["policies"]);
        Assert.Null((await server.Admin.GetOkAsync("/v3/accounts/me"))["limits"]);
    }

    [Theory]
    [InlineData(null, "invalid_token")]
    [InlineData("", "invalid_token")]
    [InlineData("Basic dXNlcjpwYXNz", "invalid_token")]
    [InlineData("Bearer", "invalid_token")]
    [InlineData("Bearer rt_0123", "invalid_token")]
    [InlineData("Bearer ak_", "invalid_apikey")]
    [InlineData("Bearer ak_1short", "invalid_apikey")]
    [InlineData("Bearer ak_1MDE2MTk1NzFmNmU4MDI0MmFjMTIwMDA2MDAwMDAwMDA01619571f7020242ac12000600000000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "invalid_apikey")]
    public async Task Without_a_valid_key_the_answer_is_401(string? header, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v3/devices");
        if (header is not null)
            request.Headers.TryAddWithoutValidation("Authorization", header);
        using var response = await server.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        await response.ReadErrorAsync(HttpStatusCode.Unauthorized, type);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task A_key_with_a_wrong_letter_in_any_part_is_refused()
    {
        var admin = await server.NewAccountAsync();
        var key = (await admin.PostAsync("/v3/api-keys", "{\"name\":\"k\"}")).Text("key");
        var wrong = Enumerable.Range(3, key.Length - 3).Select(position => key[..position] + (char)(key[position] ^ 1) + key[(position + 1)..]);
        foreach (var candidate in wrong.Append(key[..47] + key[47..79].ToUpperInvariant() + key[79..]))
            await server.Client(candidate).GetErrorAsync("/v3/devices", HttpStatusCode.Unauthorized, "invalid_apikey");

        await server.Client(key).GetOkAsync("/v3/devices");
    }

    [Fact]
    public async Task The_scheme_may_be_written_in_any_case()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v3/devices");
        request.Headers.TryAddWithoutValidation("Authorization", $"bearer {server.AdminKey}");
        using var response = await server.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task An_inactive_key_is_refused_at_once_and_works_again_when_it_is_active()
    {
        var admin = await server.NewAccountAsync();
        var created = await admin.PostAsync("/v3/api-keys", "{\"name\":\"k\"}");
        var client = server.Client(created.Text("key"));
        await client.GetOkAsync("/v3/devices");
        await admin.PutAsync($"/v3/api-keys/{created.Text("id")}", "{\"status\":\"INACTIVE\"}");
        await client.GetErrorAsync("/v3/devices", HttpStatusCode.Unauthorized, "invalid_apikey");
        await admin.PutAsync($"/v3/api-keys/{created.Text("id")}", "{\"status\":\"ACTIVE\"}");
        await client.GetOkAsync("/v3/devices");
    }

    [Fact]
    public async Task A_deleted_key_is_refused_at_once()
    {
        var admin = await server.NewAccountAsync();
        var created = await admin.PostAsync("/v3/api-keys", "{\"name\":\"k\"}");
        var client = server.Client(created.Text("key"));
        await client.GetOkAsync("/v3/devices");
        using var deleted = await admin.DeleteAsync($"/v3/api-keys/{created.Text("id")}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await client.GetErrorAsync("/v3/devices", HttpStatusCode.Unauthorized, "invalid_apikey");
        await admin.GetErrorAsync($"/v3/api-keys/{created.Text("id")}", HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Put_takes_back_what_was_read_and_counts_changes()
    {
        var admin = await server.NewAccountAsync();
        var key = await admin.PostAsync("/v3/api-keys", "{\"name\":\"k\"}");
        var same = await admin.PutAsync($"/v3/api-keys/{key.Text("id")}", key.ToJsonString());
        Assert.Equal("1", same.Text("etag"));
        var renamed = await admin.PutAsync($"/v3/api-keys/{key.Text("id")}", "{\"name\":\"other\"}");
        Assert.Equal("2", renamed.Text("etag"));
        Assert.Equal("other", renamed.Text("name"));
    }

    [Fact]
    public async Task A_key_without_rights_changes_only_itself_and_makes_no_administrators()
    {
        var admin = await server.NewAccountAsync();
        var administrators = (await admin.GetOkAsync("/v3/api-keys/me"))["groups"]![0]!.ToJsonString();
        var plain = server.Client((await admin.PostAsync("/v3/api-keys", "{\"name\":\"plain\"}")).Text("key"));
        var other = (await admin.PostAsync("/v3/api-keys", "{\"name\":\"other\"}")).Text("id");

        Assert.Equal("renamed", (await plain.PutAsync("/v3/api-keys/me", "{\"name\":\"renamed\"}")).Text("name"));
        await plain.GetOkAsync($"/v3/api-keys/{other}");
        await Denied(HttpMethod.Put, $"/v3/api-keys/{other}", "{\"name\":\"x\"}");
        await Denied(HttpMethod.Delete, $"/v3/api-keys/{other}", "");
        await Denied(HttpMethod.Put, "/v3/api-keys/me", $"{{\"groups\":[{administrators}]}}");
        await Denied(HttpMethod.Post, "/v3/api-keys", $"{{\"name\":\"x\",\"groups\":[{administrators}]}}");
        await Denied(HttpMethod.Post, "/v3/api-keys", "{\"name\":\"x\",\"status\":\"INACTIVE\"}");
        await plain.GetErrorAsync($"/v3/api-keys?owner__eq={other}", HttpStatusCode.Forbidden, "access_denied");

        async Task Denied(HttpMethod method, string path, string body)
        {
            using var response = await plain.SendAsync(method, path, body);
            await response.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        }
    }

    [Fact]
    public async Task The_last_administrator_key_stays_until_there_is_another()
    {
        var admin = await server.NewAccountAsync();
        var me = await admin.GetOkAsync("/v3/api-keys/me");
        foreach (var body in new[] { "{\"status\":\"INACTIVE\"}", "{\"groups\":[]}" })
        {
            using var response = await admin.SendAsync(HttpMethod.Put, "/v3/api-keys/me", body);
            await response.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        }

        using var refused = await admin.DeleteAsync($"/v3/api-keys/{me.Text("id")}", TestContext.Current.CancellationToken);
        await refused.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        await admin.PostAsync("/v3/api-keys", $"{{\"name\":\"second\",\"groups\":{me["groups"]!.ToJsonString()}}}");
        using var deleted = await admin.DeleteAsync($"/v3/api-keys/{me.Text("id")}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("{\"name\":null}", "name")]
    [InlineData("{\"name\":\"\"}", "name")]
    [InlineData("{\"name\":\"x\",\"groups\":[\"nobody\"]}", "groups")]
    [InlineData("{\"name\":\"x\",\"groups\":\"all\"}", "groups")]
    [InlineData("{\"name\":\"x\",\"owner\":\"0123456789abcdef0123456789abcdef\"}", "owner")]
    [InlineData("{\"name\":\"x\",\"status\":\"SLEEPING\"}", "status")]
    public async Task What_is_wrong_with_a_key_is_named(string body, string field)
    {
        using var response = await server.Admin.SendAsync(HttpMethod.Post, "/v3/api-keys", body);
        Assert.Equal([field], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task Keys_are_listed_with_their_count_and_found_by_their_public_part()
    {
        var admin = await server.NewAccountAsync();
        var key = await admin.PostAsync("/v3/api-keys", "{\"name\":\"k\"}");
        var list = await admin.GetOkAsync("/v3/api-keys?limit=2&order=DESC");
        Assert.Equal(2, (int)list["total_count"]!);
        Assert.Equal("k", list.All("name")[0]);
        Assert.Equal([key.Text("id")], (await admin.GetOkAsync($"/v3/api-keys?key__eq={key.Text("key")[..79]}")).All("id"));
        await admin.GetErrorAsync("/v3/api-keys?name__eq=k", HttpStatusCode.BadRequest, "validation_error");
    }

    [Fact]
    public async Task The_last_use_of_a_key_is_known()
    {
        var admin = await server.NewAccountAsync();
        var created = await admin.PostAsync("/v3/api-keys", "{\"name\":\"k\"}");
        Assert.Equal(0, (long)created["last_login_time"]!);
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await server.Client(created.Text("key")).GetOkAsync("/v3/devices");
        Assert.True((long)(await admin.GetOkAsync($"/v3/api-keys/{created.Text("id")}"))["last_login_time"]! >= before);
    }
}
