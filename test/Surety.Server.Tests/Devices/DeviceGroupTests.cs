using System.Net;
using System.Text.Json.Nodes;
using Surety.Server.Features.Directory;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Devices;

/// <summary>Device groups and who is in them; the same on both databases.</summary>
public abstract class DeviceGroupTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : DeviceGroupTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : DeviceGroupTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Groups = "/v3/device-groups";

    [Fact]
    public async Task A_group_is_made_read_changed_and_deleted()
    {
        var client = await server.NewAccountAsync();
        var made = await client.PostAsync(Groups, """{"name":"Oulu","description":"The factory floor","custom_attributes":{"site":"oulu"}}""");
        Assert.Equal("device-group", made.Text("object"));
        Assert.Equal(0, (int)made["devices_count"]!);
        Assert.Equal(made.Text("created_at"), made.Text("etag"));
        var path = $"{Groups}/{made.Text("id")}";
        Assert.Equal(made.ToJsonString(), (await client.GetOkAsync(path + "/")).ToJsonString());
        // As SDKs do: all that was read comes back, with one change.
        made["description"] = "Grün";
        made["custom_attributes"] = new JsonObject { ["site"] = "turku", ["line"] = "4" };
        var changed = await client.PutAsync(path, made.ToJsonString());
        Assert.Equal("Grün", changed.Text("description"));
        Assert.Equal("""{"line":"4","site":"turku"}""", changed["custom_attributes"]!.ToJsonString());
        Assert.NotEqual(made.Text("etag"), changed.Text("etag"));
        Assert.Equal(changed.Text("updated_at"), changed.Text("etag"));
        Assert.Equal(changed.ToJsonString(), (await client.PutAsync(path, "{}")).ToJsonString());
        await client.DeleteExpectingAsync(path, HttpStatusCode.NoContent);
        await client.GetErrorAsync(path, HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":"a\u0000b"}""", "name")]
    [InlineData("""{"name":7}""", "name")]
    [InlineData("""{"name":"x","custom_attributes":{"1":"x"}}""", "custom_attributes")]
    [InlineData("""{"name":"x","custom_attributes":{"a":null}}""", "custom_attributes")]
    public async Task A_group_with_a_wrong_member_is_refused_by_its_name(string body, string field)
    {
        using var response = await server.Admin.SendAsync(HttpMethod.Post, Groups, body);
        Assert.Equal([field], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task Lengths_end_at_the_bounds_of_the_contract()
    {
        var client = await server.NewAccountAsync();
        var attributes = new JsonObject(Enumerable.Range(0, 10).Select(n => KeyValuePair.Create($"k{n}", (JsonNode?)new string('v', 128))));
        var body = new JsonObject { ["name"] = new string('n', 128), ["description"] = new string('d', 1024), ["custom_attributes"] = attributes };
        await client.PostAsync(Groups, body.ToJsonString());
        foreach (var (member, value) in new (string, JsonNode)[] { ("name", new string('m', 129)), ("name", new string('m', 10_000)), ("description", new string('d', 1025)) })
        {
            using var response = await client.SendAsync(HttpMethod.Post, Groups, new JsonObject { ["name"] = "x", [member] = value.DeepClone() }.ToJsonString());
            Assert.Equal([member], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        }

        attributes["k10"] = "v";
        using var tooMany = await client.SendAsync(HttpMethod.Post, Groups, new JsonObject { ["name"] = "x", ["custom_attributes"] = attributes.DeepClone() }.ToJsonString());
        Assert.Equal(["custom_attributes"], (await tooMany.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task A_name_is_taken_once_in_an_account()
    {
        var client = await server.NewAccountAsync();
        await client.PostAsync(Groups, """{"name":"one"}""");
        var two = await client.PostAsync(Groups, """{"name":"two"}""");
        using var made = await client.SendAsync(HttpMethod.Post, Groups, """{"name":"one"}""");
        Assert.Equal(["name"], (await made.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate")).Fields());
        using var renamed = await client.SendAsync(HttpMethod.Put, $"{Groups}/{two.Text("id")}", """{"name":"one"}""");
        Assert.Equal(["name"], (await renamed.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        await (await server.NewAccountAsync()).PostAsync(Groups, """{"name":"one"}""");
    }

    [Fact]
    public async Task A_device_comes_into_groups_and_leaves_them_and_shows_them()
    {
        var client = await server.NewAccountAsync();
        var device = (await client.PostAsync("/v3/devices", """{"endpoint_name":"a"}""")).Text("id");
        var one = await MakeAsync(client, "one");
        var two = await MakeAsync(client, "two");
        await ManipulateAsync(client, one, "add", device);
        await ManipulateAsync(client, two, "add/", device);
        // It stays where it is.
        await ManipulateAsync(client, one, "add", device);
        Assert.Equal(1, (int)(await client.GetOkAsync($"{Groups}/{one}"))["devices_count"]!);
        var shown = await client.GetOkAsync($"/v3/devices/{device}");
        Assert.Equal([one, two], shown["groups"]!.AsArray().Select(id => (string)id!));
        Assert.Equal(shown.ToJsonString(), (await client.GetOkAsync("/v3/devices"))["data"]![0]!.ToJsonString());
        Assert.Equal(shown.ToJsonString(), (await client.GetOkAsync($"{Groups}/{two}/devices/"))["data"]![0]!.ToJsonString());
        Assert.Equal(2, (await client.PutAsync($"/v3/devices/{device}", """{"name":"x"}"""))["groups"]!.AsArray().Count);
        var members = server.Service<DeviceGroupMembers>();
        Assert.Equal([Http.ReadId(one), Http.ReadId(two)], await members.GroupsOfAsync(shown.Id("account_id"), Http.ReadId(device), TestContext.Current.CancellationToken));
        Assert.Empty(await members.GroupsOfAsync(new EntityId(1, 1), Http.ReadId(device), TestContext.Current.CancellationToken));
        await ManipulateAsync(client, one, "remove", device);
        await ManipulateAsync(client, one, "remove", device);
        Assert.Empty((await client.GetOkAsync($"{Groups}/{one}/devices")).All("id"));
        // A group goes without its devices, a device from its groups.
        await client.DeleteExpectingAsync($"{Groups}/{two}", HttpStatusCode.NoContent);
        Assert.Empty((await client.GetOkAsync($"/v3/devices/{device}"))["groups"]!.AsArray());
        await ManipulateAsync(client, one, "add", device);
        await client.DeleteExpectingAsync($"/v3/devices/{device}", HttpStatusCode.NoContent);
        Assert.Equal(0, (int)(await client.GetOkAsync($"{Groups}/{one}"))["devices_count"]!);
    }

    [Fact]
    public async Task Neither_a_foreign_device_nor_a_foreign_group_nor_something_else_is_taken()
    {
        var client = await server.NewAccountAsync();
        var stranger = await server.NewAccountAsync();
        var group = await MakeAsync(client, "mine");
        var device = (await client.PostAsync("/v3/devices", "{}")).Text("id");
        var foreignDevice = (await stranger.PostAsync("/v3/devices", "{}")).Text("id");
        var foreignGroup = await MakeAsync(stranger, "theirs");
        foreach (var (to, id, status, type) in new[]
        {
            (group, foreignDevice, HttpStatusCode.NotFound, "not_found"), (foreignGroup, device, HttpStatusCode.NotFound, "not_found"),
            (group, "x", HttpStatusCode.NotFound, "not_found"), ("x", device, HttpStatusCode.NotFound, "not_found"), (group, "", HttpStatusCode.BadRequest, "validation_error"),
        })
        {
            foreach (var action in new[] { "add", "remove" })
            {
                using var response = await client.SendAsync(HttpMethod.Post, $"{Groups}/{to}/devices/{action}", $$"""{"device_id":"{{id}}"}""");
                await response.ReadErrorAsync(status, type);
            }
        }

        using var many = await client.SendAsync(HttpMethod.Post, $"{Groups}/{foreignGroup}/devices/add-matching", """{"filter":""}""");
        await many.ReadErrorAsync(HttpStatusCode.NotFound, "not_found");
        await client.PostAsync($"{Groups}/{group}/devices/add-matching", """{"filter":""}""", HttpStatusCode.OK);
        Assert.Equal([device], (await client.GetOkAsync($"{Groups}/{group}/devices")).All("id"));
    }

    [Fact]
    public async Task Devices_come_and_go_by_a_filter_or_a_saved_query_after_a_preview()
    {
        var client = await server.NewAccountAsync();
        for (var i = 0; i < 6; i++)
            await client.PostAsync("/v3/devices", $$$"""{"endpoint_name":"d{{{i}}}","custom_attributes":{"site":"{{{(i < 4 ? "oulu" : "turku")}}}"}}""");
        var group = await MakeAsync(client, "g");
        var etag = (await client.GetOkAsync($"{Groups}/{group}")).Text("etag");
        const string oulu = "\"filter\":\"custom_attributes__site=oulu&endpoint_name__neq=d0\"";
        Assert.Equal(Change(true, 3, 3), await BulkAsync($"{{{oulu},\"preview\":true}}", "add"));
        Assert.Equal(etag, (await client.GetOkAsync($"{Groups}/{group}")).Text("etag"));
        Assert.Equal(Change(false, 3, 3), await BulkAsync($"{{{oulu}}}", "add"));
        Assert.NotEqual(etag, (await client.GetOkAsync($"{Groups}/{group}")).Text("etag"));
        Assert.Equal(Change(false, 6, 3), await BulkAsync("""{"filter":""}""", "add"));
        Assert.Equal(Change(true, 6, 0), await BulkAsync("""{"filter":"","preview":true}""", "add"));
        var query = (await client.PostAsync("/v3/device-queries", """{"name":"q","query":"custom_attributes__site__eq=turku"}""")).Text("id");
        Assert.Equal(Change(true, 2, 2), await BulkAsync($$"""{"query_id":"{{query}}","preview":true}""", "remove"));
        Assert.Equal(Change(false, 2, 2), await BulkAsync($$"""{"query_id":"{{query}}"}""", "remove"));
        Assert.Equal(Change(false, 2, 0), await BulkAsync($$"""{"query_id":"{{query}}"}""", "remove"));
        Assert.Equal(4, (int)(await client.GetOkAsync($"{Groups}/{group}"))["devices_count"]!);
        // A group can be emptied by itself.
        Assert.Equal(Change(false, 4, 4), await BulkAsync($$"""{"filter":"groups={{group}}"}""", "remove"));

        async Task<string> BulkAsync(string body, string action) =>
            (await client.PostAsync($"{Groups}/{group}/devices/{action}-matching", body, HttpStatusCode.OK)).ToJsonString();

        static string Change(bool preview, int matched, int changed) =>
            $$"""{"object":"device-group-change","preview":{{(preview ? "true" : "false")}},"matched":{{matched}},"changed":{{changed}}}""";
    }

    [Theory]
    [InlineData("{}", "filter", "query_id must be given")]
    [InlineData("""{"filter":"","query_id":"x"}""", "filter", "not both")]
    [InlineData("""{"filter":"colour=red"}""", "filter", "colour is not a filter")]
    [InlineData("""{"filter":"state=flying"}""", "filter", "must be one of")]
    [InlineData("""{"filter":"nonsense"}""", "filter", "field=value is expected")]
    public async Task A_selection_that_selects_nothing_is_refused_with_words(string body, string field, string words)
    {
        var group = await MakeAsync(await server.NewAccountAsync(), "g");
        using var response = await server.Admin.SendAsync(HttpMethod.Post, $"{Groups}/{group}/devices/remove-matching", body);
        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        Assert.Equal([field], error.Fields());
        Assert.Contains(words, error.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name=b", "b")]
    [InlineData("name__neq=b", "a,c")]
    [InlineData("name__in=a,c", "a,c")]
    [InlineData("name__nin=a,c", "b")]
    [InlineData("name__like=B", "b")]
    [InlineData("devices_count=2", "a")]
    [InlineData("devices_count__eq=0", "c")]
    [InlineData("devices_count__neq=0", "a,b")]
    [InlineData("devices_count__in=0,1", "b,c")]
    [InlineData("devices_count__nin=0,1", "a")]
    [InlineData("devices_count__gte=1", "a,b")]
    [InlineData("devices_count__lte=1", "b,c")]
    [InlineData("custom_attributes__site=oulu", "a,b")]
    [InlineData("custom_attributes__site__neq=oulu", "c")]
    [InlineData("custom_attributes__site__eq=", "c")]
    [InlineData("created_at__gte=2020-01-01T00:00:00Z", "a,b,c")]
    [InlineData("updated_at__lte=20200101T000000Z", "")]
    [InlineData("etag__gte=2020-01-01", "a,b,c")]
    public async Task Groups_are_filtered_as_parameters_and_as_a_string(string condition, string expected)
    {
        var client = await ThreeGroupsAsync();
        var parts = condition.Split('=', 2);
        var parameter = $"{parts[0]}={Uri.EscapeDataString(parts[1])}";
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), (await client.GetOkAsync($"{Groups}?{parameter}")).All("name"));
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), (await client.GetOkAsync($"{Groups}/?filter={Uri.EscapeDataString(parameter)}")).All("name"));
    }

    [Fact]
    public async Task Devices_are_filtered_by_their_groups()
    {
        var client = await ThreeGroupsAsync();
        var ids = (await client.GetOkAsync(Groups)).All("id");
        Assert.Equal(["1", "2"], await NamesAsync($"groups={ids[0]}"));
        Assert.Equal(["3"], await NamesAsync($"groups__neq={ids[0]}"));
        Assert.Equal(["1", "2"], await NamesAsync($"groups__in={ids[0]},{ids[1]}"));
        Assert.Equal(["3"], await NamesAsync($"groups__nin={ids[0]},{ids[1]}"));
        Assert.Equal(["3"], await NamesAsync("groups__eq="));
        Assert.Equal(["1", "2"], await NamesAsync("groups__neq=null"));
        Assert.Empty(await NamesAsync($"groups={ids[2]}"));
        Assert.Equal(["1"], (await client.GetOkAsync($"{Groups}/{ids[0]}/devices?endpoint_name__eq=1&include=total_count")).All("endpoint_name"));
        await client.GetErrorAsync("/v3/devices?groups=x", HttpStatusCode.BadRequest, "validation_error");
        await client.GetErrorAsync($"{Groups}/{ids[0]}/devices?colour=red", HttpStatusCode.BadRequest, "validation_error");

        async Task<IReadOnlyList<string>> NamesAsync(string query) => (await client.GetOkAsync($"/v3/devices?{query}")).All("endpoint_name");
    }

    [Fact]
    public async Task Pages_of_a_group_stay_right_while_devices_come_and_go()
    {
        var client = await server.NewAccountAsync();
        var group = await MakeAsync(client, "g");
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add((await client.PostAsync("/v3/devices", "{}")).Text("id"));
            if (i > 0)
                await ManipulateAsync(client, group, "add", ids[i]);
        }

        var first = await client.GetOkAsync($"{Groups}/{group}/devices?limit=2&include=total_count");
        Assert.Equal(ids[1..3], first.All("id"));
        Assert.Equal(6, (int)first["total_count"]!);
        // One before the page, the one that the next page begins behind, one that was to come; and a new one before.
        await ManipulateAsync(client, group, "remove", ids[1]);
        await client.DeleteExpectingAsync($"/v3/devices/{ids[2]}", HttpStatusCode.NoContent);
        await ManipulateAsync(client, group, "remove", ids[4]);
        await ManipulateAsync(client, group, "add", ids[0]);
        var second = await client.GetOkAsync($"{Groups}/{group}/devices?limit=2&after={ids[2]}");
        Assert.Equal([ids[3], ids[5]], second.All("id"));
        var third = await client.GetOkAsync($"{Groups}/{group}/devices?limit=2&after={ids[5]}&include=total_count");
        Assert.Equal([ids[6]], third.All("id"));
        Assert.False((bool)third["has_more"]!);
        Assert.Equal(4, (int)third["total_count"]!);
        Assert.Equal([ids[5], ids[3], ids[0]], (await client.GetOkAsync($"{Groups}/{group}/devices?order=DESC&after={ids[6]}")).All("id"));
    }

    [Fact]
    public async Task Many_who_add_and_remove_at_once_leave_a_group_that_counts_right()
    {
        var client = await server.NewAccountAsync();
        var group = await MakeAsync(client, "g");
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => (await client.PostAsync("/v3/devices", "{}")).Text("id")));
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => i % 3 == 2
            ? client.PostAsync($"{Groups}/{group}/devices/add-matching", """{"filter":""}""", HttpStatusCode.OK)
            : ManipulateAsync(client, group, "add", ids[i % 8])));
        Assert.Equal(8, (int)(await client.GetOkAsync($"{Groups}/{group}"))["devices_count"]!);
        await Task.WhenAll(ids.Select(id => ManipulateAsync(client, group, "remove", id)));
        Assert.Equal(0, (int)(await client.GetOkAsync($"{Groups}/{group}"))["devices_count"]!);
    }

    private static async Task<string> MakeAsync(HttpClient client, string name) => (await client.PostAsync(Groups, $$"""{"name":"{{name}}"}""")).Text("id");

    private static async Task<JsonNode> ManipulateAsync(HttpClient client, string group, string action, string device)
    {
        using var response = await client.SendAsync(HttpMethod.Post, $"{Groups}/{group}/devices/{action}", $$"""{"device_id":"{{device}}"}""");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        return new JsonObject();
    }

    private async Task<HttpClient> ThreeGroupsAsync()
    {
        var client = await server.NewAccountAsync();
        var a = (await client.PostAsync(Groups, """{"name":"a","custom_attributes":{"site":"oulu"}}""")).Text("id");
        var b = (await client.PostAsync(Groups, """{"name":"b","custom_attributes":{"site":"oulu"}}""")).Text("id");
        await client.PostAsync(Groups, """{"name":"c"}""");
        var one = (await client.PostAsync("/v3/devices", """{"endpoint_name":"1"}""")).Text("id");
        var two = (await client.PostAsync("/v3/devices", """{"endpoint_name":"2"}""")).Text("id");
        await client.PostAsync("/v3/devices", """{"endpoint_name":"3"}""");
        await ManipulateAsync(client, a, "add", one);
        await ManipulateAsync(client, a, "add", two);
        await ManipulateAsync(client, b, "add", one);
        return client;
    }
}
