using System.Net;
using System.Text.Json.Nodes;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.PolicyGroups;

/// <summary>Policy groups and who is in them; the same on both databases.</summary>
public abstract class PolicyGroupTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : PolicyGroupTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : PolicyGroupTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Groups = "/v3/policy-groups";

    [Fact]
    public async Task A_new_account_has_the_three_groups_and_its_key_in_one_of_them()
    {
        var admin = await server.NewAccountAsync();
        var list = await admin.GetOkAsync(Groups);
        Assert.Equal(["Administrators", "Developers", "ReadOnly"], list.All("name"));
        Assert.Equal([1, 0, 0], list["data"]!.AsArray().Select(group => (int)group!["apikey_count"]!));
        Assert.Equal(list.All("id").Take(1), (await admin.GetOkAsync("/v3/api-keys/me/groups")).All("id"));
    }

    [Fact]
    public async Task A_group_is_made_with_members_renamed_and_deleted()
    {
        var admin = await server.NewAccountAsync();
        var user = (await admin.PostAsync("/v3/users", "{\"email\":\"ada@example.com\",\"groups\":[]}")).Text("id");
        var made = await admin.PostAsync(Groups, $"{{\"name\":\"Night shift\",\"members\":{{\"users\":[\"{user}\"]}}}}");
        Assert.Equal("group", made.Text("object"));
        Assert.Equal(1, (int)made["user_count"]!);
        var path = $"{Groups}/{made.Text("id")}";
        Assert.Equal([user], (await admin.GetOkAsync($"{path}/users")).All("id"));
        Assert.Equal("Day shift", (await admin.PutAsync(path, "{\"name\":\"Day shift\"}")).Text("name"));
        Assert.Equal([made.Text("id")], (await admin.GetOkAsync($"{Groups}?name__eq=Day%20shift")).All("id"));
        using var again = await admin.SendAsync(HttpMethod.Post, Groups, "{\"name\":\"Day shift\"}");
        await again.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");
        using var deleted = await admin.DeleteAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty((await admin.GetOkAsync($"/v3/users/{user}/groups")).All("id"));
    }

    [Theory]
    [InlineData("POST", "", "DELETE", "")]
    [InlineData("POST", "/", "DELETE", "/")]
    [InlineData("POST", "/add", "POST", "/remove")]
    [InlineData("POST", "/add/", "POST", "/remove/")]
    public async Task Members_come_and_go_in_every_form_of_the_contract(string addMethod, string add, string removeMethod, string remove)
    {
        var admin = await server.NewAccountAsync();
        var key = (await admin.PostAsync("/v3/api-keys", "{\"name\":\"member\",\"groups\":[]}")).Text("id");
        var group = (await admin.PostAsync(Groups, "{\"name\":\"Members\"}")).Text("id");
        foreach (var (start, body) in new[] { ($"{Groups}/{group}/api-keys", $"{{\"apikeys\":[\"{key}\"]}}"), ($"/v3/api-keys/{key}/groups", $"[\"{group}\"]") })
        {
            using var added = await admin.SendAsync(new HttpMethod(addMethod), start + add, body);
            await added.ReadAsync(HttpStatusCode.OK);
            Assert.Equal([key], (await admin.GetOkAsync($"{Groups}/{group}/api-keys")).All("id"));
            Assert.Equal([group], (await admin.GetOkAsync($"/v3/api-keys/{key}/groups")).All("id"));
            Assert.Equal(group, (string?)(await admin.GetOkAsync($"/v3/api-keys/{key}"))["groups"]![0]);
            using var twice = await admin.SendAsync(new HttpMethod(addMethod), start + add, body);
            await twice.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");
            using var removed = await admin.SendAsync(new HttpMethod(removeMethod), start + remove, body);
            await removed.ReadAsync(HttpStatusCode.OK);
            Assert.Empty((await admin.GetOkAsync($"{Groups}/{group}/api-keys")).All("id"));
        }
    }

    [Fact]
    public async Task A_key_that_joins_or_leaves_the_administrators_has_the_right_at_once()
    {
        var admin = await server.NewAccountAsync();
        var made = await admin.PostAsync("/v3/api-keys", "{\"name\":\"second\"}");
        var second = server.Client(made.Text("key"));
        var administrators = (await admin.GetOkAsync($"{Groups}?name__eq=Administrators")).All("id")[0];
        await second.PostAsync(Groups, "{\"name\":\"mine\"}", HttpStatusCode.Forbidden);
        await admin.PostAsync($"{Groups}/{administrators}", $"{{\"apikeys\":[\"{made.Text("id")}\"]}}", HttpStatusCode.OK);
        await second.PostAsync(Groups, "{\"name\":\"mine\"}");
        await admin.PostAsync($"{Groups}/{administrators}/api-keys/remove", $"{{\"apikeys\":[\"{made.Text("id")}\"]}}", HttpStatusCode.OK);
        await second.PostAsync(Groups, "{\"name\":\"mine again\"}", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Of_two_administrators_who_remove_each_other_at_once_one_stays()
    {
        var first = await server.NewAccountAsync();
        var administrators = (await first.GetOkAsync($"{Groups}?name__eq=Administrators")).All("id")[0];
        var made = await first.PostAsync("/v3/api-keys", $"{{\"name\":\"second\",\"groups\":[\"{administrators}\"]}}");
        var second = server.Client(made.Text("key"));
        var firstId = (await first.GetOkAsync("/v3/api-keys/me")).Text("id");
        var statuses = await Task.WhenAll(RemoveAsync(first, made.Text("id")), RemoveAsync(second, firstId));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Forbidden], statuses.Order());
        // Who was removed is in no group, and sees none.
        var stayed = statuses[0] == HttpStatusCode.OK ? first : second;
        Assert.Single((await stayed.GetOkAsync($"{Groups}/{administrators}/api-keys")).All("id"));

        async Task<HttpStatusCode> RemoveAsync(HttpClient client, string key)
        {
            using var response = await client.SendAsync(HttpMethod.Post, $"{Groups}/{administrators}/api-keys/remove", $"{{\"apikeys\":[\"{key}\"]}}");
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task The_groups_of_every_account_keep_their_names_and_stay()
    {
        var admin = await server.NewAccountAsync();
        foreach (var id in (await admin.GetOkAsync(Groups)).All("id"))
        {
            await admin.PutAsync($"{Groups}/{id}", "{\"name\":\"Others\"}", HttpStatusCode.Forbidden);
            using var deleted = await admin.DeleteAsync($"{Groups}/{id}", TestContext.Current.CancellationToken);
            await deleted.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        }
    }

    [Fact]
    public async Task Members_of_another_account_are_unknown_and_named()
    {
        var admin = await server.NewAccountAsync();
        var stranger = await server.NewAccountAsync();
        var key = (await stranger.GetOkAsync("/v3/api-keys/me")).Text("id");
        var group = (await admin.PostAsync(Groups, "{\"name\":\"Members\"}")).Text("id");
        using var response = await admin.SendAsync(HttpMethod.Post, $"{Groups}/{group}", new JsonObject { ["apikeys"] = new JsonArray(key) }.ToJsonString());
        Assert.Equal(["apikeys"], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task A_new_secret_ends_the_old_one_at_once()
    {
        var admin = await server.NewAccountAsync();
        var made = await admin.PostAsync("/v3/api-keys", "{\"name\":\"reset\"}");
        var old = server.Client(made.Text("key"));
        await old.GetOkAsync("/v3/api-keys/me");
        var reset = await admin.PostAsync($"/v3/api-keys/{made.Text("id")}/reset-secret", "", HttpStatusCode.OK);
        Assert.NotEqual(made.Text("key"), reset.Text("key"));
        await old.GetErrorAsync("/v3/api-keys/me", HttpStatusCode.Unauthorized, "invalid_apikey");
        await server.Client(reset.Text("key")).GetOkAsync("/v3/api-keys/me");
    }
}
