using System.Net;
using System.Text.Json.Nodes;

namespace Surety.Server.Tests.Bootstrap;

/// <summary>Bootstrap rules for the devices of a group, the same on both databases.</summary>
public abstract class BootstrapRuleGroupTests(BootstrapServerFixture fixture)
{
    public sealed class OnSqlite(BootstrapServerFixture fixture) : BootstrapRuleGroupTests(fixture), IClassFixture<BootstrapServerFixture>;

    public sealed class OnPostgres(PostgresBootstrapKeyFixture fixture) : BootstrapRuleGroupTests(fixture), IClassFixture<PostgresBootstrapKeyFixture>;

    private const string Path = "/v3/bootstrap-rules";

    private readonly TestServer _server = fixture.Server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rule_of_a_device_group_is_for_the_devices_in_it()
    {
        var client = await _server.NewAccountAsync();
        var group = (await client.PostAsync("/v3/device-groups", """{"name":"hall B"}""")).Text("id");
        var device = (await client.PostAsync("/v3/devices", """{"endpoint_name":"m-1","ca_id":"1","device_key":"2"}""")).Text("id");
        var rule = await client.PostAsync(Path, $$$"""{"name":"hall B","priority":1,"match":{"group_id":"{{{group}}}"}}""");
        Assert.Equal(group, rule["match"]!.Text("group_id"));

        var outside = await DryRunAsync(client, $$"""{"device_id":"{{device}}"}""");
        Assert.Equal($"the device is in no device group, {group} is wanted", outside["rules"]![0]!.Text("reason"));
        await client.PostAsync($"/v3/device-groups/{group}/devices/add-matching", """{"filter":""}""", HttpStatusCode.OK);
        Assert.Equal("hall B", (await DryRunAsync(client, $$"""{"device_id":"{{device}}"}""")).Text("rule_name"));
        Assert.Equal("hall B", (await DryRunAsync(client, $$"""{"endpoint_name":"new","groups":["{{group}}"]}""")).Text("rule_name"));
        // A rule does not outlive its group as one that is for everybody.
        using var deleted = await client.DeleteAsync($"/v3/device-groups/{group}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.False((bool)(await DryRunAsync(client, $$"""{"device_id":"{{device}}"}"""))["rules"]![0]!["matches"]!);
    }

    [Fact]
    public async Task The_device_group_of_a_rule_must_be_one_of_the_account()
    {
        var stranger = await _server.NewAccountAsync();
        var group = (await stranger.PostAsync("/v3/device-groups", """{"name":"theirs"}""")).Text("id");
        var client = await _server.NewAccountAsync();
        using var response = await client.SendAsync(HttpMethod.Post, Path, $$$"""{"name":"x","priority":1,"match":{"group_id":"{{{group}}}"}}""");
        Assert.Equal(["match.group_id"], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task A_rule_whose_group_was_deleted_can_be_disabled_renamed_and_given_another_group_but_not_be_in_force()
    {
        var client = await _server.NewAccountAsync();
        string first = await NewGroupAsync(client, "hall A"), second = await NewGroupAsync(client, "hall B");
        var rule = $"{Path}/{(await client.PostAsync(Path, Body(first))).Text("id")}";
        (await client.DeleteAsync($"/v3/device-groups/{first}", Token)).Dispose();

        // In force it would be for nobody.
        await RefusedAsync(client, HttpMethod.Put, rule, Body(first), "was deleted");
        await RefusedAsync(client, HttpMethod.Put, rule, Body(first, "true"), "enabled: false");
        Assert.False((bool)(await client.PutAsync(rule, Body(first, "false")))["enabled"]!);
        Assert.Equal("renamed", (await client.PutAsync(rule, Body(first, "false", "renamed"))).Text("name"));
        // A group that never was one of the account, or another one that is gone, is no better for being disabled.
        await RefusedAsync(client, HttpMethod.Put, rule, Body(await NewGroupAsync(await _server.NewAccountAsync(), "theirs"), "false"), "of the account");
        await RefusedAsync(client, HttpMethod.Post, Path, Body(first, "false"), "of the account");

        var moved = await client.PutAsync(rule, Body(second, "true"));
        Assert.Equal((true, second), ((bool)moved["enabled"]!, moved["match"]!.Text("group_id")));
        // Without a group it is for all, in force or not.
        Assert.Null((await client.PutAsync(rule, """{"name":"all","priority":1}"""))["match"]!["group_id"]);
    }

    private static string Body(string group, string? enabled = null, string name = "by group") =>
        $$$"""{"name":"{{{name}}}","priority":1,"match":{"group_id":"{{{group}}}"}{{{(enabled is null ? "" : $",\"enabled\":{enabled}")}}}}""";

    private static async Task RefusedAsync(HttpClient client, HttpMethod method, string path, string body, string reason)
    {
        using var response = await client.SendAsync(method, path, body);
        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        Assert.Equal(["match.group_id"], error.Fields());
        Assert.Contains(reason, error.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<string> NewGroupAsync(HttpClient client, string name) => (await client.PostAsync("/v3/device-groups", $$"""{"name":"{{name}}"}""")).Text("id");

    private static Task<JsonNode> DryRunAsync(HttpClient client, string body) => client.PostAsync(Path + "/dry-run", body, HttpStatusCode.OK);
}
