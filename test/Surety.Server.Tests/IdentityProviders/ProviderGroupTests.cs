using System.Net;
using System.Text.Json.Nodes;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.IdentityProviders;

/// <summary>Policy groups that a provider decides on; the same on both databases.</summary>
public abstract class ProviderGroupTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : ProviderGroupTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : ProviderGroupTests(fixture.Server), IClassFixture<PostgresFixture>;

    [Fact]
    public async Task Each_sign_in_brings_the_groups_in_line_with_the_claim()
    {
        await using var scene = await SignInScene.CreateAsync(server, autoEnrollment: true);
        var (service, readers, own) = (await MakeGroupAsync(scene, "service"), await MakeGroupAsync(scene, "readers"), await MakeGroupAsync(scene, "own"));
        await MapAsync(scene, new JsonObject { ["field"] = new JsonArray(service, readers), ["office"] = new JsonArray(readers) });
        Say(scene, new JsonArray("field", "unknown", 7));
        var session = await scene.GetSessionAsync();
        var user = session.Text("user_id");
        Assert.Equal(Sorted(service, readers), await GroupsAsync(scene, user));
        await scene.Admin.PostAsync($"/v3/policy-groups/{own}/users/add", $"{{\"users\":[\"{user}\"]}}", HttpStatusCode.OK);

        // A text is a list of one.
        Say(scene, "office");
        await scene.GetSessionAsync();
        Assert.Equal(Sorted(readers, own), await GroupsAsync(scene, user));

        Say(scene, null);
        await scene.GetSessionAsync();
        Assert.Equal([own], await GroupsAsync(scene, user));
        Assert.NotEmpty((await scene.Admin.GetOkAsync("/v3/audit-log?entity_type__eq=policy_group_member"))["data"]!.AsArray());
    }

    [Fact]
    public async Task An_open_session_loses_at_once_what_the_claim_gave()
    {
        await using var scene = await SignInScene.CreateAsync(server, autoEnrollment: true);
        await MapAsync(scene, new JsonObject { ["admins"] = new JsonArray(await FindGroupAsync(scene, "Administrators")) });
        Say(scene, new JsonArray("admins"));
        using var client = server.Client((await scene.GetSessionAsync()).Text("token"));
        Assert.NotEmpty((await client.GetOkAsync("/v3/users"))["data"]!.AsArray());
        Say(scene, new JsonArray());
        await scene.GetSessionAsync();
        await client.GetErrorAsync("/v3/users", HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task What_the_token_lacks_is_asked_for_at_the_userinfo_endpoint()
    {
        await using var scene = await SignInScene.CreateAsync(server, autoEnrollment: true);
        var group = await MakeGroupAsync(scene, "asked");
        await MapAsync(scene, new JsonObject { ["crew"] = new JsonArray(group) }, claim: "roles");
        Say(scene, null);
        scene.Provider.Userinfo = new JsonObject { ["sub"] = "subject", ["roles"] = new JsonArray("crew"), ["email"] = "another@example.com", ["email_verified"] = true };
        var session = await scene.GetSessionAsync();
        var user = await scene.Admin.GetOkAsync($"/v3/users/{session.Text("user_id")}");
        Assert.Equal([group], user["groups"]!.AsArray().Select(id => id!.GetValue<string>()));
        // The signed token comes first.
        Assert.Equal(scene.Email, user.Text("email"));
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        await using var scene = await SignInScene.CreateAsync(server, autoEnrollment: true);
        var administrators = await FindGroupAsync(scene, "Administrators");
        await MapAsync(scene, new JsonObject { ["admins"] = new JsonArray(administrators) });
        Say(scene, new JsonArray("admins"));
        var session = await scene.GetSessionAsync();
        using var client = server.Client(session.Text("token"));
        foreach (var path in new[] { "users", "api-keys" })
        {
            var others = (await client.GetOkAsync($"/v3/policy-groups/{administrators}/{path}")).All("id").Where(id => id != session.Text("user_id")).ToList();
            if (others.Count > 0)
                await client.PostAsync($"/v3/policy-groups/{administrators}/{path}/remove", new JsonObject { [path == "users" ? "users" : "apikeys"] = new JsonArray([.. others.Select(id => (JsonNode)id)]) }.ToJsonString(), HttpStatusCode.OK);
        }

        Say(scene, null);
        await scene.GetSessionAsync();
        Assert.Equal([administrators], (await client.GetOkAsync("/v3/users/me"))["groups"]!.AsArray().Select(id => id!.GetValue<string>()));
    }

    [Theory]
    [InlineData("""{"policy_groups":{}}""", "policy_groups")]
    [InlineData("""{"claim":"groups"}""", "policy_groups")]
    [InlineData("""{"policy_groups":{"":["0176a1b2c3d400000000000100100a01"]}}""", "policy_groups")]
    [InlineData("""{"policy_groups":{"a\u0000":["0176a1b2c3d400000000000100100a01"]}}""", "policy_groups")]
    [InlineData("""{"policy_groups":{"a":[]}}""", "policy_groups")]
    [InlineData("""{"policy_groups":{"a":null}}""", "policy_groups")]
    [InlineData("""{"policy_groups":{"a":[null]}}""", "policy_groups")]
    [InlineData("""{"policy_groups":{"a":["0176a1b2c3d400000000000100100a01"]}}""", "policy_groups")]
    [InlineData("""{"policy_groups":{"a":["x"]}}""", "policy_groups")]
    [InlineData("""{"claim":"\u0001","policy_groups":{"a":["0176a1b2c3d400000000000100100a01"]}}""", "claim")]
    public async Task A_mapping_that_is_none_is_refused(string mapping, string member)
    {
        await using var scene = await SignInScene.CreateAsync(server);
        using var response = await scene.Admin.SendAsync(HttpMethod.Put, $"/v3/identity-providers/{scene.Id}", Request(scene, JsonNode.Parse(mapping)));
        var error = await response.ReadAsync(HttpStatusCode.BadRequest);
        Assert.Contains(error["fields"]!.AsArray(), field => field!.Text("name") == $"oidc_attributes.group_mapping.{member}");
    }

    private static void Say(SignInScene scene, JsonNode? groups) => scene.Provider.Claims = claims =>
    {
        scene.Vouch(claims);
        if (groups is not null)
            claims["groups"] = groups.DeepClone();
    };

    private static async Task MapAsync(SignInScene scene, JsonObject groups, string? claim = null)
    {
        var mapping = new JsonObject { ["policy_groups"] = groups };
        if (claim is not null)
            mapping["claim"] = claim;
        var changed = await scene.Admin.PutAsync($"/v3/identity-providers/{scene.Id}", Request(scene, mapping));
        Assert.True(JsonNode.DeepEquals(mapping, changed["oidc_attributes"]!["group_mapping"]));
    }

    private static string Request(SignInScene scene, JsonNode? mapping)
    {
        var attributes = (JsonObject)scene.Made["oidc_attributes"]!.DeepClone();
        attributes["group_mapping"] = mapping;
        return new JsonObject { ["name"] = scene.Made.Text("name"), ["type"] = "OIDC", ["oidc_attributes"] = attributes }.ToJsonString();
    }

    private static async Task<string> MakeGroupAsync(SignInScene scene, string name) => (await scene.Admin.PostAsync("/v3/policy-groups", $"{{\"name\":\"{name}\"}}")).Text("id");

    private static async Task<string> FindGroupAsync(SignInScene scene, string name) =>
        (await scene.Admin.GetOkAsync("/v3/policy-groups"))["data"]!.AsArray().Single(group => group!.Text("name") == name)!.Text("id");

    private static async Task<IEnumerable<string>> GroupsAsync(SignInScene scene, string user) =>
        Sorted([.. (await scene.Admin.GetOkAsync($"/v3/users/{user}"))["groups"]!.AsArray().Select(id => id!.GetValue<string>())]);

    private static IEnumerable<string> Sorted(params string[] ids) => ids.Order(StringComparer.Ordinal);
}
