using System.Net;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.PolicyGroups;

/// <summary>The policies of policy groups; the same on both databases.</summary>
public abstract class FeaturePolicyTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : FeaturePolicyTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : FeaturePolicyTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Groups = "/v3/policy-groups";

    [Fact]
    public async Task The_groups_of_every_account_show_what_they_allow()
    {
        var admin = await server.NewAccountAsync();
        var groups = (await admin.GetOkAsync(Groups))["data"]!.AsArray();
        Assert.Equal("""[{"action":"","allow":true,"resource":"/","inherited":true,"inherited_type":"template"}]""", groups[0]!["policies"]!.ToJsonString());
        Assert.Equal("""[{"action":"GET","allow":true,"resource":"/","inherited":true,"inherited_type":"template"}]""", groups[2]!["policies"]!.ToJsonString());
        var developers = groups[1]!["policies"]!.AsArray().ToDictionary(policy => policy!.Text("feature"), policy => policy!.Text("action"));
        Assert.Equal("", developers["devices"]);
        Assert.Equal("GET", developers["users"]);
        Assert.DoesNotContain("audit-log", developers.Keys);
    }

    [Fact]
    public async Task Policies_are_kept_as_they_were_given_and_replaced_as_a_whole()
    {
        var admin = await server.NewAccountAsync();
        var made = await admin.PostAsync(Groups, """
            {"name":"Line","policies":[{"feature":"devices","action":"get, post","allow":true},{"resource":"/v2/endpoints/*/3","feature":"resource","allow":false,"inherited":false}]}
            """);
        var path = $"{Groups}/{made.Text("id")}";
        const string kept = """[{"action":"GET,POST","allow":true,"feature":"devices"},{"action":"","allow":false,"resource":"/v2/endpoints/*/3"}]""";
        Assert.Equal(kept, made["policies"]!.ToJsonString());
        Assert.Equal(kept, (await admin.PutAsync(path, "{\"name\":\"Line 2\"}"))["policies"]!.ToJsonString());
        var same = await admin.GetOkAsync(path);
        Assert.Equal(same.Text("etag"), (await admin.PutAsync(path, same.ToJsonString())).Text("etag"));
        Assert.Empty((await admin.PutAsync(path, "{\"name\":\"Line 2\",\"policies\":[]}"))["policies"]!.AsArray());
    }

    [Fact]
    public async Task The_policies_of_the_groups_of_every_account_stay()
    {
        var admin = await server.NewAccountAsync();
        var path = $"{Groups}/{await admin.GroupAsync("ReadOnly")}";
        await admin.PutAsync(path, "{\"name\":\"ReadOnly\",\"policies\":[{\"resource\":\"/\",\"allow\":true}]}", HttpStatusCode.Forbidden);
        await admin.PutAsync(path, (await admin.GetOkAsync(path)).ToJsonString());
    }

    [Theory]
    [InlineData("{\"feature\":\"devices\"}", "policies[0].allow")]
    [InlineData("{\"allow\":true}", "policies[0].feature")]
    [InlineData("{\"feature\":\"devices\",\"resource\":\"/v3/devices\",\"allow\":true}", "policies[0].feature")]
    [InlineData("{\"feature\":\"telepathy\",\"allow\":true}", "policies[0].feature")]
    [InlineData("{\"feature\":\"devices\",\"action\":\"LOOK\",\"allow\":true}", "policies[0].action")]
    [InlineData("{\"resource\":\"v3/devices\",\"allow\":true}", "policies[0].resource")]
    [InlineData("{\"resource\":\"/a\\u0000b\",\"allow\":true}", "policies[0].resource")]
    [InlineData("null", "policies[0]")]
    // Who may change users is an administrator by tomorrow.
    [InlineData("{\"feature\":\"users\",\"allow\":true}", "policies[0].action")]
    [InlineData("{\"feature\":\"applications\",\"action\":\"GET,POST\",\"allow\":true}", "policies[0].action")]
    public async Task What_is_wrong_with_a_policy_is_named(string policy, string field)
    {
        var admin = await server.NewAccountAsync();
        using var response = await admin.SendAsync(HttpMethod.Post, Groups, $"{{\"name\":\"x\",\"policies\":[{policy}]}}");
        Assert.Equal([field], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task A_group_has_at_most_a_hundred_policies()
    {
        var admin = await server.NewAccountAsync();
        var policies = string.Join(',', Enumerable.Repeat("{\"feature\":\"devices\",\"allow\":true}", 101));
        await admin.PostAsync(Groups, $"{{\"name\":\"x\",\"policies\":[{policies}]}}", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_one_group_denies_no_other_allows()
    {
        var admin = await server.NewAccountAsync();
        var device = (await admin.PostAsync("/v3/devices", "{\"name\":\"pump\"}")).Text("id");
        var keeper = await MakeAsync(admin, "{\"feature\":\"devices\",\"action\":\"DELETE\",\"allow\":false}");
        var key = await admin.PostAsync("/v3/api-keys", $"{{\"name\":\"k\",\"groups\":[\"{await admin.GroupAsync("Developers")}\",\"{keeper}\"]}}");
        var client = server.Client(key.Text("key"));
        await client.GetOkAsync($"/v3/devices/{device}");
        using (var refused = await client.DeleteAsync($"/v3/devices/{device}", TestContext.Current.CancellationToken))
        {
            var error = await refused.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
            Assert.Contains("DELETE of the feature 'devices'", error.Text("message"), StringComparison.Ordinal);
        }

        await admin.GetOkAsync($"/v3/devices/{device}");
        // The right is there with the next request.
        await admin.PostAsync($"{Groups}/{keeper}/api-keys/remove", $"{{\"apikeys\":[\"{key.Text("id")}\"]}}", HttpStatusCode.OK);
        using var deleted = await client.DeleteAsync($"/v3/devices/{device}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task A_change_of_a_groups_policies_is_felt_at_once()
    {
        var admin = await server.NewAccountAsync();
        var group = await MakeAsync(admin, "{\"feature\":\"devices\",\"action\":\"GET\",\"allow\":true}");
        var client = await server.KeyInAsync(admin, group);
        await client.GetOkAsync("/v3/devices");
        await client.PostAsync("/v3/devices", "{\"name\":\"a\"}", HttpStatusCode.Forbidden);
        await admin.PutAsync($"{Groups}/{group}", "{\"name\":\"Custom\",\"policies\":[{\"feature\":\"devices\",\"action\":\"POST\",\"allow\":true}]}");
        await client.PostAsync("/v3/devices", "{\"name\":\"a\"}");
        await client.GetErrorAsync("/v3/devices", HttpStatusCode.Forbidden, "access_denied");
        await admin.DeleteExpectingAsync($"{Groups}/{group}", HttpStatusCode.NoContent);
        await client.PostAsync("/v3/devices", "{\"name\":\"b\"}", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_resource_is_denied_however_its_path_is_written()
    {
        var (id, admin) = await server.NewAccountAsync("Paths", null);
        var group = await MakeAsync(admin, "{\"resource\":\"/v3/users\",\"allow\":false},{\"resource\":\"/v2/endpoints/*/3303\",\"allow\":false},{\"resource\":\"/\",\"action\":\"GET\",\"allow\":true}");
        var client = await server.KeyInAsync(admin, group);
        var device = (await admin.PostAsync("/v3/devices", "{\"name\":\"pump\"}")).Text("id");
        await client.GetOkAsync("/v3/devices");
        using (var let = await client.GetAsync($"/v2/endpoints/{device}/3304/0", TestContext.Current.CancellationToken))
            Assert.NotEqual(HttpStatusCode.Forbidden, let.StatusCode);
        foreach (var path in new[]
        {
            "/v3/users", "/v3/users/", "/V3/Users", $"/v3/accounts/{id}/users", $"/v3/ACCOUNTS/{id}/users/", $"/v2/endpoints/{device}/3303/0/5700", $"/v2/endpoints/{device}//3303/0/5700",
            $"/v2/endpoints/{device}/3303%2F0%2F5700", $"/v2/endpoints/{device}/%33303/0",
        })
        {
            await client.GetErrorAsync(path, HttpStatusCode.Forbidden, "access_denied");
        }
    }

    [Fact]
    public async Task A_resource_opens_itself_and_what_is_below_it_alone()
    {
        var admin = await server.NewAccountAsync();
        var mine = (await admin.PostAsync("/v3/devices", "{\"name\":\"mine\"}")).Text("id");
        var other = (await admin.PostAsync("/v3/devices", "{\"name\":\"other\"}")).Text("id");
        var client = await server.KeyInAsync(admin, await MakeAsync(admin, $"{{\"resource\":\"/v3/devices/{mine}\",\"allow\":true}},{{\"resource\":\"/v3/device-*\",\"action\":\"GET\",\"allow\":true}}"));
        await client.GetOkAsync($"/v3/devices/{mine}");
        await client.PutAsync($"/v3/devices/{mine}", "{\"description\":\"x\"}");
        await client.GetOkAsync("/v3/device-groups");
        await client.GetOkAsync("/v3/device-queries");
        await client.PostAsync("/v3/device-groups", "{\"name\":\"x\"}", HttpStatusCode.Forbidden);
        foreach (var path in new[] { "/v3/devices", $"/v3/devices/{other}", "/v3/bootstrap-rules" })
            await client.GetErrorAsync(path, HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task No_policy_binds_an_administrator()
    {
        var admin = await server.NewAccountAsync();
        var key = (await admin.GetOkAsync("/v3/api-keys/me")).Text("id");
        await admin.PostAsync(Groups, $"{{\"name\":\"x\",\"policies\":[{{\"resource\":\"/\",\"allow\":false}}],\"members\":{{\"apikeys\":[\"{key}\"]}}}}");
        await admin.GetOkAsync("/v3/audit-log");
        await admin.PostAsync("/v3/users", "{\"email\":\"ada@example.com\"}");
    }

    [Fact]
    public async Task No_policy_makes_an_administrator()
    {
        var admin = await server.NewAccountAsync();
        var group = await MakeAsync(admin, "{\"resource\":\"/\",\"allow\":true}");
        var client = await server.KeyInAsync(admin, group);
        var administrators = await admin.GroupAsync("Administrators");
        var key = (await client.GetOkAsync("/v3/api-keys/me")).Text("id");
        await client.PostAsync($"{Groups}/{administrators}", $"{{\"apikeys\":[\"{key}\"]}}", HttpStatusCode.Forbidden);
        await client.PostAsync("/v3/api-keys/me/groups/add", $"[\"{administrators}\"]", HttpStatusCode.Forbidden);
        await client.PostAsync("/v3/users", "{\"email\":\"ada@example.com\"}", HttpStatusCode.Forbidden);
        await client.PostAsync("/v3/applications", "{\"name\":\"x\"}", HttpStatusCode.Forbidden);
        await client.GetOkAsync("/v3/audit-log");
    }

    [Fact]
    public async Task A_key_that_a_key_makes_has_the_rights_of_its_maker_and_no_more()
    {
        var admin = await server.NewAccountAsync();
        var group = await MakeAsync(admin, "{\"feature\":\"api-keys\",\"allow\":true}");
        var maker = await server.KeyInAsync(admin, group);
        var made = await maker.PostAsync("/v3/api-keys", "{\"name\":\"made\"}");
        Assert.Equal([group], made["groups"]!.AsArray().Select(id => (string)id!));
        var client = server.Client(made.Text("key"));
        await client.GetOkAsync("/v3/api-keys");
        await client.GetErrorAsync("/v3/devices", HttpStatusCode.Forbidden, "access_denied");
        await maker.PostAsync("/v3/api-keys", $"{{\"name\":\"x\",\"groups\":[\"{await admin.GroupAsync("Developers")}\"]}}", HttpStatusCode.Forbidden);
    }

    private static async Task<string> MakeAsync(HttpClient admin, string policies) =>
        (await admin.PostAsync(Groups, $"{{\"name\":\"Custom\",\"policies\":[{policies}]}}")).Text("id");
}
