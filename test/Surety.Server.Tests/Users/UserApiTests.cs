using System.Net;
using System.Text.Json.Nodes;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Users;

/// <summary>Users of an account; the same on both databases.</summary>
public abstract class UserApiTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : UserApiTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : UserApiTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Secret = "correct horse battery";

    [Fact]
    public async Task A_user_has_the_members_of_the_contract()
    {
        var admin = await server.NewAccountAsync();
        var made = await admin.PostAsync("/v3/users", """
            {"email":"Ada@example.com","username":"ada.l","full_name":"Ada","address":"Street 1","phone_number":"12","is_gtc_accepted":true}
            """);
        Assert.Equal("user", made.Text("object"));
        Assert.Equal("Ada@example.com", made.Text("email"));
        Assert.Equal("ada.l", made.Text("username"));
        Assert.Equal("ACTIVE", made.Text("status"));
        Assert.Equal("1", made.Text("etag"));
        Assert.True((bool)made["is_gtc_accepted"]!);
        Assert.False((bool)made["is_totp_enabled"]!);
        Assert.Single(made["groups"]!.AsArray());
        Assert.True(made.Text("password").Length >= 16);
        var read = await admin.GetOkAsync($"/v3/users/{made.Text("id")}");
        Assert.Null(read["password"]);
        Assert.Empty(read["active_sessions"]!.AsArray());
        Assert.Empty(read["login_history"]!.AsArray());
        Assert.Equal(made.Text("account_id"), (await admin.GetOkAsync("/v3/accounts/me")).Text("id"));
    }

    [Fact]
    public async Task Users_are_found_by_address_in_any_case_and_by_status()
    {
        var admin = await server.NewAccountAsync();
        var ada = await MakeAsync(admin, "ada@example.com");
        var bob = await MakeAsync(admin, "bob@example.com");
        await admin.PutAsync($"/v3/users/{bob.Text("id")}", "{\"status\":\"INACTIVE\"}");
        Assert.Equal([ada.Text("id")], (await admin.GetOkAsync("/v3/users?email__eq=ADA@example.com")).All("id"));
        Assert.Equal([bob.Text("id")], (await admin.GetOkAsync("/v3/users?status__in=INACTIVE,RESET")).All("id"));
        Assert.Equal(2, (int)(await admin.GetOkAsync("/v3/users?include=total_count"))["total_count"]!);
    }

    [Fact]
    public async Task An_address_or_a_name_is_taken_once_in_an_account_and_free_in_another()
    {
        var admin = await server.NewAccountAsync();
        await admin.PostAsync("/v3/users", "{\"email\":\"ada@example.com\",\"username\":\"lovelace\"}");
        using var same = await admin.SendAsync(HttpMethod.Post, "/v3/users", "{\"email\":\"ADA@example.com\"}");
        Assert.Equal(["email"], (await same.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate")).Fields());
        using var name = await admin.SendAsync(HttpMethod.Post, "/v3/users", "{\"email\":\"b@example.com\",\"username\":\"Lovelace\"}");
        Assert.Equal(["username"], (await name.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate")).Fields());
        await MakeAsync(await server.NewAccountAsync(), "ada@example.com");
    }

    [Theory]
    [InlineData("{}", "email")]
    [InlineData("{\"email\":\"nobody\"}", "email")]
    [InlineData("{\"email\":\"a@b.c\",\"username\":\"x y z\"}", "username")]
    [InlineData("{\"email\":\"a@b.c\",\"password\":\"short\"}", "password")]
    [InlineData("{\"email\":\"someone@b.c\",\"password\":\"someone@b.c\"}", "password")]
    [InlineData("{\"email\":\"a@b.c\",\"groups\":[\"x\"]}", "groups")]
    public async Task What_is_wrong_with_a_new_user_is_named(string body, string field)
    {
        var admin = await server.NewAccountAsync();
        using var response = await admin.SendAsync(HttpMethod.Post, "/v3/users", body);
        Assert.Equal([field], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        Assert.Empty((await admin.GetOkAsync("/v3/users")).All("id"));
    }

    [Fact]
    public async Task A_user_who_is_no_administrator_changes_only_themselves()
    {
        var admin = await server.NewAccountAsync();
        var ada = await MakeAsync(admin, Unique("ada"));
        var bob = await MakeAsync(admin, Unique("bob"));
        using var me = server.Client((await server.LoginAsync(ada.Text("email"), Secret)).Text("token"));
        Assert.Equal("A. L.", (await me.PutAsync("/v3/users/me", "{\"full_name\":\"A. L.\"}")).Text("full_name"));
        using var other = await me.SendAsync(HttpMethod.Put, $"/v3/users/{bob.Text("id")}", "{\"full_name\":\"B\"}");
        await other.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        using var promotion = await me.SendAsync(HttpMethod.Put, "/v3/users/me", $"{{\"groups\":[\"{await AdministratorsAsync(admin)}\"]}}");
        await promotion.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        using var made = await me.SendAsync(HttpMethod.Post, "/v3/users", "{\"email\":\"c@example.com\"}");
        await made.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        using var deleted = await me.DeleteAsync($"/v3/users/{bob.Text("id")}", TestContext.Current.CancellationToken);
        await deleted.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task An_account_keeps_an_administrator_whether_key_or_user()
    {
        var admin = await server.NewAccountAsync();
        var groups = $"[\"{await AdministratorsAsync(admin)}\"]";
        var ada = await admin.PostAsync("/v3/users", $"{{\"email\":\"{Unique("ada")}\",\"password\":\"{Secret}\",\"groups\":{groups}}}");
        using var user = server.Client((await server.LoginAsync(ada.Text("email"), Secret)).Text("token"));
        var key = (await user.GetOkAsync("/v3/api-keys")).All("id")[0];
        Assert.Equal(HttpStatusCode.NoContent, (await user.DeleteAsync($"/v3/api-keys/{key}", TestContext.Current.CancellationToken)).StatusCode);
        using var demoted = await user.SendAsync(HttpMethod.Put, "/v3/users/me", "{\"groups\":[]}");
        await demoted.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        using var deleted = await user.DeleteAsync($"/v3/users/{ada.Text("id")}", TestContext.Current.CancellationToken);
        await deleted.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task A_key_that_a_user_makes_is_theirs()
    {
        var admin = await server.NewAccountAsync();
        var ada = await MakeAsync(admin, Unique("ada"));
        using var user = server.Client((await server.LoginAsync(ada.Text("email"), Secret)).Text("token"));
        var key = await user.PostAsync("/v3/api-keys", "{\"name\":\"mine\"}");
        Assert.Equal(ada.Text("id"), key.Text("owner"));
        Assert.Equal([key.Text("id")], (await admin.GetOkAsync($"/v3/api-keys?owner__eq={ada.Text("id")}")).All("id"));
        Assert.Equal("renamed", (await user.PutAsync($"/v3/api-keys/{key.Text("id")}", "{\"name\":\"renamed\"}")).Text("name"));
        await user.GetErrorAsync("/v3/api-keys/me", HttpStatusCode.Forbidden, "access_denied");
        await admin.GetErrorAsync("/v3/users/me", HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task A_user_has_a_channel_of_their_own_and_it_goes_with_them()
    {
        var admin = await server.NewAccountAsync();
        var ada = await MakeAsync(admin, Unique("ada"));
        using var user = server.Client((await server.LoginAsync(ada.Text("email"), Secret)).Text("token"));
        using var put = await user.SendAsync(HttpMethod.Put, "/v2/notification/websocket", "{}");
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        using var rules = await user.SendAsync(HttpMethod.Put, "/v2/subscriptions", "[{\"resource-path\":[\"/3303/*\"]}]");
        Assert.Equal(HttpStatusCode.NoContent, rules.StatusCode);
        Assert.Single((await user.GetOkAsync("/v2/subscriptions")).AsArray());
        using var deleted = await admin.DeleteAsync($"/v3/users/{ada.Text("id")}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    private static string Unique(string name) => $"{name}.{Login.Unique()}@example.com";

    private static Task<JsonNode> MakeAsync(HttpClient admin, string email) =>
        admin.PostAsync("/v3/users", $"{{\"email\":\"{email}\",\"password\":\"{Secret}\"}}");

    private static async Task<string> AdministratorsAsync(HttpClient admin) => (string)(await admin.GetOkAsync("/v3/api-keys/me"))["groups"]![0]!;
}
