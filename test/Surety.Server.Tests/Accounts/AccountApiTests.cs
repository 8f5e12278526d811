using System.Net;
using System.Text.Json.Nodes;
using Surety.Server.Tests.Storage;
using Surety.Server.Tests.Users;

namespace Surety.Server.Tests.Accounts;

/// <summary>The caller's account and its tenants; the same on both databases.</summary>
public abstract class AccountApiTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : AccountApiTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : AccountApiTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Secret = "correct horse battery";

    [Fact]
    public async Task An_account_keeps_what_it_says_about_itself()
    {
        var admin = await server.NewAccountAsync("Own");
        const string change = """
            {"display_name":"Wind farm","address_line1":"Street 1","address_line2":"b","city":"Oulu","company":"Wind","contact":"Ada","country":"Finland",
             "email":"wind@example.com","phone_number":"12","postal_code":"90100","state":"x","end_market":"Energy","custom_fields":{"a":"b"},
             "expiration_warning_threshold":30,"idle_timeout":30,"mfa_status":"optional","notification_emails":["a@example.com"],
             "password_policy":{"minimum_length":12},"password_recovery_expiration":20}
            """;
        var changed = await admin.PutAsync("/v3/accounts/me", change);
        var read = await admin.GetOkAsync("/v3/accounts/me");
        Assert.Equal(changed.ToJsonString(), read.ToJsonString());
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
            Assert.Equal(value!.ToJsonString(), read[name]!.ToJsonString());
        Assert.Equal("2", read.Text("etag"));
        // What Pelion's clients send: everything they have read.
        Assert.Equal("2", (await admin.PutAsync("/v3/accounts/me", read.ToJsonString())).Text("etag"));
    }

    [Theory]
    [InlineData("{\"idle_timeout\":0}", "idle_timeout")]
    [InlineData("{\"idle_timeout\":121}", "idle_timeout")]
    [InlineData("{\"password_recovery_expiration\":46}", "password_recovery_expiration")]
    [InlineData("{\"expiration_warning_threshold\":181}", "expiration_warning_threshold")]
    [InlineData("{\"password_policy\":{\"minimum_length\":7}}", "password_policy.minimum_length")]
    [InlineData("{\"email\":\"nowhere\"}", "email")]
    [InlineData("{\"notification_emails\":[\"x\"]}", "notification_emails")]
    [InlineData("{\"notification_emails\":[null]}", "notification_emails")]
    [InlineData("{\"aliases\":[\"short\"]}", "aliases")]
    [InlineData("{\"aliases\":[\"with-a-line\\n\"]}", "aliases")]
    [InlineData("{\"aliases\":[\"0123456789abcdef0123456789abcdef\"]}", "aliases")]
    [InlineData("{\"custom_fields\":{\"1\":\"\",\"2\":\"\",\"3\":\"\",\"4\":\"\",\"5\":\"\",\"6\":\"\",\"7\":\"\",\"8\":\"\",\"9\":\"\",\"10\":\"\",\"11\":\"\"}}", "custom_fields")]
    public async Task What_an_account_cannot_be_is_refused_and_changes_nothing(string change, string field)
    {
        var admin = await server.NewAccountAsync();
        using var response = await admin.SendAsync(HttpMethod.Put, "/v3/accounts/me", change);
        Assert.Equal([field], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        Assert.Equal("1", (await admin.GetOkAsync("/v3/accounts/me")).Text("etag"));
    }

    [Fact]
    public async Task Who_is_no_administrator_reads_the_account_and_does_not_change_it()
    {
        var admin = await server.NewAccountAsync();
        var reader = server.Client((await admin.PostAsync("/v3/api-keys", "{\"name\":\"reader\"}")).Text("key"));
        await reader.GetOkAsync("/v3/accounts/me");
        using var put = await reader.SendAsync(HttpMethod.Put, "/v3/accounts/me", "{\"city\":\"x\"}");
        await put.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        await reader.GetErrorAsync("/v3/accounts", HttpStatusCode.Forbidden, "access_denied");
        using var post = await reader.SendAsync(HttpMethod.Post, "/v3/accounts", "{\"end_market\":\"x\"}");
        await post.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task A_tenant_comes_with_its_first_administrator_and_a_key()
    {
        var admin = await server.NewAccountAsync("Parent");
        var email = Email();
        var made = await admin.PostAsync("/v3/accounts", $"{{\"end_market\":\"IoT\",\"display_name\":\"Tenant\",\"admin_email\":\"{email}\",\"admin_name\":\"boss{Login.Unique()}\",\"admin_password\":\"{Secret}\"}}");
        Assert.Equal(email, made.Text("admin_email"));
        var parent = (await admin.GetOkAsync("/v3/accounts/me?include=limits, sub_accounts")).AsObject();
        Assert.Equal([made.Text("id")], parent["sub_accounts"]!.AsArray().Select(tenant => tenant!.Text("id")));
        Assert.Equal(parent.Text("id"), made.Text("parent_id"));
        Assert.Equal(made.Text("id"), (await server.Client(made.Text("admin_key")).GetOkAsync("/v3/accounts/me")).Text("id"));
        var user = server.Client((await server.LoginAsync(email, Secret)).Text("token"));
        Assert.Equal(made.Text("admin_id"), (await user.GetOkAsync("/v3/users/me")).Text("id"));
        // A tenant has no tenants of its own.
        using var nested = await user.SendAsync(HttpMethod.Post, "/v3/accounts", "{\"end_market\":\"x\"}");
        await nested.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task A_generated_password_of_a_first_administrator_must_be_changed()
    {
        var admin = await server.NewAccountAsync("Parent");
        var made = await admin.PostAsync("/v3/accounts", $"{{\"end_market\":\"IoT\",\"admin_email\":\"{Email()}\"}}");
        Assert.Equal("RESET", (await server.LoginAsync(made.Text("admin_email"), made.Text("admin_password"))).Text("status"));
    }

    [Fact]
    public async Task Tenants_are_listed_by_status_tier_market_and_part_of_the_country()
    {
        var admin = await server.NewAccountAsync("Parent");
        var first = await admin.PostAsync("/v3/accounts", "{\"end_market\":\"Energy\",\"country\":\"Ireland\"}");
        var second = await admin.PostAsync("/v3/accounts", "{\"end_market\":\"Water\",\"country\":\"Japan\"}");
        await admin.PutAsync($"/v3/accounts/{second.Text("id")}", "{\"status\":\"SUSPENDED\",\"reason\":\"unpaid\"}");
        Assert.Equal([first.Text("id"), second.Text("id")], (await admin.GetOkAsync("/v3/accounts?format=breakdown&properties=x")).All("id"));
        Assert.Equal([first.Text("id")], (await admin.GetOkAsync("/v3/accounts?country__like=LAND")).All("id"));
        Assert.Equal([second.Text("id")], (await admin.GetOkAsync("/v3/accounts?status__in=SUSPENDED,RESTRICTED")).All("id"));
        Assert.Equal([first.Text("id")], (await admin.GetOkAsync("/v3/accounts?end_market__eq=Energy&tier__eq=1")).All("id"));
        Assert.Equal("unpaid", (await admin.GetOkAsync($"/v3/accounts/{second.Text("id")}")).Text("reason"));
    }

    [Fact]
    public async Task Keys_and_users_of_a_suspended_account_are_refused_until_it_is_active_again()
    {
        var parent = await server.NewAccountAsync("Parent");
        var email = Email();
        var made = await parent.PostAsync("/v3/accounts", $"{{\"end_market\":\"IoT\",\"admin_email\":\"{email}\",\"admin_password\":\"{Secret}\"}}");
        using var key = server.Client(made.Text("admin_key"));
        using var user = server.Client((await server.LoginAsync(email, Secret)).Text("token"));
        await key.GetOkAsync("/v3/devices");
        await user.GetOkAsync("/v3/devices");
        var path = $"/v3/accounts/{made.Text("id")}";
        // No tenant lifts its own suspension.
        using var own = await key.SendAsync(HttpMethod.Put, path, "{\"status\":\"RESTRICTED\"}");
        await own.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        await parent.PutAsync(path, "{\"status\":\"SUSPENDED\"}");
        await key.GetErrorAsync("/v3/devices", HttpStatusCode.Unauthorized, "invalid_apikey");
        await user.GetErrorAsync("/v3/devices", HttpStatusCode.Unauthorized, "invalid_token");
        using var login = await server.TryLoginAsync(email, Secret);
        await login.ReadErrorAsync(HttpStatusCode.Unauthorized, "invalid_token");
        await parent.PutAsync(path, "{\"status\":\"ACTIVE\"}");
        await key.GetOkAsync("/v3/devices");
    }

    [Fact]
    public async Task An_alias_belongs_to_one_account_in_any_case_and_signs_in()
    {
        var parent = await server.NewAccountAsync("Parent");
        var alias = $"Wind-{Login.Unique()}";
        var email = Email();
        var made = await parent.PostAsync("/v3/accounts", $"{{\"end_market\":\"IoT\",\"aliases\":[\"{alias}\"],\"admin_email\":\"{email}\",\"admin_password\":\"{Secret}\"}}");
        using var taken = await parent.SendAsync(HttpMethod.Put, "/v3/accounts/me", $"{{\"aliases\":[\"{alias.ToUpperInvariant()}\"]}}");
        Assert.Equal(["aliases"], (await taken.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate")).Fields());
        using var response = await server.Anonymous.SendAsync(HttpMethod.Post, "/auth/login", $"{{\"username\":\"{email}\",\"password\":\"{Secret}\",\"account\":\"{alias}\"}}");
        var answer = await response.ReadAsync(HttpStatusCode.OK);
        Assert.Equal(made.Text("id"), answer.Text("account_id"));
        Assert.Equal(alias.ToLowerInvariant(), answer["accounts"]![0]!.Text("alias"));
        await parent.PutAsync($"/v3/accounts/{made.Text("id")}", "{\"aliases\":[]}");
        await parent.PutAsync("/v3/accounts/me", $"{{\"aliases\":[\"{alias}\"]}}");
    }

    [Fact]
    public async Task The_password_policy_and_the_idle_time_take_effect()
    {
        await using var own = await TestServer.StartAsync(new ShiftedTime(), $"--Surety:FirstRun:AdminPassword={Secret}");
        await own.Admin.PutAsync("/v3/accounts/me", "{\"password_policy\":{\"minimum_length\":24},\"idle_timeout\":5}");
        using var refused = await own.Admin.SendAsync(HttpMethod.Post, "/v3/users", "{\"email\":\"a@example.com\",\"password\":\"twenty-three-characters\"}");
        Assert.Equal(["password"], (await refused.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        Assert.True((await own.Admin.PostAsync("/v3/users", "{\"email\":\"a@example.com\"}")).Text("password").Length >= 24);
        var answer = await own.LoginAsync("admin@localhost", Secret);
        Assert.Equal(300, (int)answer["expires_in"]!);
        using var client = own.Client(answer.Text("token"));
        await client.GetOkAsync("/v3/users/me");
        ((ShiftedTime)own.Service<TimeProvider>()).PutForward(TimeSpan.FromMinutes(6));
        await client.GetErrorAsync("/v3/users/me", HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task A_tenant_is_deleted_by_its_parent_alone_and_not_with_devices()
    {
        var parent = await server.NewAccountAsync("Parent");
        var made = await parent.PostAsync("/v3/accounts", "{\"end_market\":\"IoT\"}");
        using var key = server.Client(made.Text("admin_key"));
        var path = $"/v3/accounts/{made.Text("id")}";
        var device = await key.PostAsync("/v3/devices", "{\"name\":\"mine\"}");
        using var own = await key.DeleteAsync(path, TestContext.Current.CancellationToken);
        await own.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        using var full = await parent.DeleteAsync(path, TestContext.Current.CancellationToken);
        await full.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        (await key.DeleteAsync($"/v3/devices/{device.Text("id")}", TestContext.Current.CancellationToken)).Dispose();
        using var deleted = await parent.DeleteAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await key.GetErrorAsync("/v3/accounts/me", HttpStatusCode.Unauthorized, "invalid_apikey");
        await parent.GetErrorAsync(path, HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task What_changes_of_an_account_is_in_its_log_and_its_end_in_that_of_its_parent()
    {
        var parent = await server.NewAccountAsync("Parent");
        var alias = $"wind-{Login.Unique()}";
        var made = await parent.PostAsync("/v3/accounts", "{\"end_market\":\"IoT\",\"display_name\":\"Mill\"}");
        using var key = server.Client(made.Text("admin_key"));
        await key.PutAsync("/v3/accounts/me", $"{{\"company\":\"Mills\",\"aliases\":[\"{alias}\"],\"password_policy\":{{\"minimum_length\":12}}}}");
        var changes = (await key.GetOkAsync("/v3/audit-log?entity_type__eq=account&action__eq=update"))["data"]![0]!["changes"]!.AsArray();
        Assert.Equal(
            [$"aliases: {alias}", "company: Mills", "password_minimum_length: 12"],
            changes.Select(change => $"{change!.Text("member")}: {change!.Text("after")}").Order(StringComparer.Ordinal));
        (await parent.DeleteAsync($"/v3/accounts/{made.Text("id")}", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var end = (await parent.GetOkAsync("/v3/audit-log?entity_type__eq=account&action__eq=delete"))["data"]!.AsArray().Single()!;
        Assert.Equal(made.Text("id"), end.Text("entity_id"));
        Assert.Equal("Mill", end.Text("entity_name"));
    }

    [Fact]
    public async Task Nothing_is_limited_by_contract()
    {
        var admin = await server.NewAccountAsync();
        Assert.Empty((await admin.GetOkAsync("/v3/limitations?inherited__eq=true")).All("id"));
        await admin.GetErrorAsync("/v3/limitations/0123456789abcdef0123456789abcdef", HttpStatusCode.NotFound, "not_found");
    }

    private static string Email() => $"boss.{Login.Unique()}@example.com";
}
