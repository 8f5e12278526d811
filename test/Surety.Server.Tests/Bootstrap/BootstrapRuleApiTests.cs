using System.Net;
using System.Text.Json.Nodes;

namespace Surety.Server.Tests.Bootstrap;

/// <summary>/v3/bootstrap-rules.</summary>
public sealed class BootstrapRuleApiTests(BootstrapServerFixture fixture) : IClassFixture<BootstrapServerFixture>
{
    private const string Path = "/v3/bootstrap-rules";

    private readonly TestServer _server = fixture.Server;

    [Fact]
    public async Task A_rule_is_made_read_replaced_and_deleted()
    {
        var client = await _server.NewAccountAsync();
        var made = await client.PostAsync(Path, """{"name":"first","description":"of two","priority":5,"match":{"device_class":"meter"},"server":{"lifetime":600}}""");
        Assert.Equal(("bootstrap-rule", "first", "of two", "1"), (made.Text("object"), made.Text("name"), made.Text("description"), made.Text("etag")));
        Assert.Equal((5, true, "meter", 600), ((int)made["priority"]!, (bool)made["enabled"]!, made["match"]!.Text("device_class"), (int)made["server"]!["lifetime"]!));
        var path = $"{Path}/{made.Text("id")}";
        Assert.Equal(made.ToJsonString(), (await client.GetOkAsync(path)).ToJsonString());

        var replaced = await client.PutAsync(path, """{"name":"first","priority":6,"enabled":false}""");
        Assert.Equal(("2", "", 6, false), (replaced.Text("etag"), replaced.Text("description"), (int)replaced["priority"]!, (bool)replaced["enabled"]!));
        Assert.Null(replaced["match"]!["device_class"]);

        using var deleted = await client.DeleteAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await client.GetErrorAsync(path, HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Rules_are_listed_in_the_order_in_which_they_are_asked_page_by_page()
    {
        var client = await _server.NewAccountAsync();
        foreach (var (name, priority) in new[] { ("c", 30), ("a", 10), ("b", 20), ("a2", 10) })
            await client.PostAsync(Path, $$"""{"name":"{{name}}","priority":{{priority}}}""");
        Assert.Equal(["a", "a2", "b", "c"], (await client.GetOkAsync(Path)).All("name"));
        var page = await client.GetOkAsync($"{Path}?limit=2&include=total_count");
        Assert.Equal(["a", "a2"], page.All("name"));
        Assert.Equal((true, 4), ((bool)page["has_more"]!, (int)page["total_count"]!));
        page = await client.GetOkAsync($"{Path}?limit=2&after={page.All("id")[^1]}");
        Assert.Equal(["b", "c"], page.All("name"));
        Assert.False((bool)page["has_more"]!);
        Assert.Equal(["c", "b", "a2", "a"], (await client.GetOkAsync($"{Path}?order=DESC")).All("name"));
    }

    [Theory]
    [InlineData("""{"priority":1}""", "name")]
    [InlineData("""{"name":"x"}""", "priority")]
    [InlineData("""{"name":"x","priority":-1}""", "priority")]
    [InlineData("""{"name":"x","priority":1,"match":{"endpoint_name":""}}""", "match.endpoint_name")]
    [InlineData("""{"name":"x","priority":1,"server":{"uri":"http://a","security_mode":2}}""", "server.uri")]
    [InlineData("""{"name":"x","priority":1,"server":{"uri":"coap://a","security_mode":2}}""", "server.uri")]
    [InlineData("""{"name":"x","priority":1,"server":{"uri":"coaps://a"}}""", "server.certificate")]
    [InlineData("""{"name":"x","priority":1,"server":{"uri":"coaps://a","certificate":"none"}}""", "server.certificate")]
    [InlineData("""{"name":"x","priority":1,"server":{"security_mode":3}}""", "server.security_mode")]
    [InlineData("""{"name":"x","priority":1,"server":{"security_mode":0,"uri":"coaps://a"}}""", "server.uri")]
    [InlineData("""{"name":"x","priority":1,"server":{"security_mode":1,"binding":"T"}}""", "server.binding")]
    [InlineData("""{"name":"x","priority":1,"observations":[{}]}""", "observations[0].path")]
    [InlineData("""{"name":"x","priority":1,"observations":[null]}""", "observations[0]")]
    [InlineData("""{"name":"x","priority":1,"observations":[{"path":"/"}]}""", "observations[0].path")]
    [InlineData("""{"name":"x","priority":1,"observations":[{"path":"/sen/light"}]}""", "observations[0].path")]
    [InlineData("""{"name":"x","priority":1,"observations":[{"path":"/0/1"}]}""", "observations[0].path")]
    [InlineData("""{"name":"x","priority":1,"observations":[{"path":"/3/0/9"},{"path":"/3/0/99"}]}""", "observations[1].path")]
    [InlineData("""{"name":"x","priority":1,"observations":[{"path":"/3/0/4"}]}""", "observations[0].path")]
    [InlineData("""{"name":"x","priority":1,"observations":[{"path":"/3/0/9"},{"path":"/3/0/9","pmin":1}]}""", "observations[1].path")]
    [InlineData("""{"name":"x","priority":1,"observations":[{"path":"/3303/0","gt":1}]}""", "observations[0]")]
    [InlineData("""{"name":"x","priority":1,"observations":[{"path":"/3303/0/5701","gt":1}]}""", "observations[0]")]
    [InlineData("""{"name":"x","priority":1,"observations":[{"path":"/3303/0/5700","gt":1,"lt":2}]}""", "observations[0]")]
    [InlineData("""{"name":"x","priority":1,"observations":[{"path":"/3303/0/5700","st":-1}]}""", "observations[0]")]
    [InlineData("""{"name":"x","priority":1,"observations":[{"path":"/3303/0/5700","pmin":9,"pmax":3}]}""", "observations[0]")]
    [InlineData("""{"name":"x","priority":1,"observations":[{"path":"/3303/0/5700","pmin":-1}]}""", "observations[0].pmin")]
    [InlineData("""{"name":"x","priority":1,"redirect":"coaps://a","observations":[{"path":"/3303/0"}]}""", "observations")]
    [InlineData("""{"name":"x","priority":1,"server":{"minimum_period":9,"maximum_period":3}}""", "server")]
    [InlineData("""{"name":"x","priority":1,"server":{"short_server_id":0}}""", "server")]
    [InlineData("""{"name":"x","priority":1,"server":{"binding":"Z"}}""", "server")]
    [InlineData("""{"name":"x","priority":1,"redirect":"coap://a"}""", "redirect")]
    [InlineData("""{"name":"x","priority":1,"redirect":"coaps://a","instances":{"/16/0":{"0":["a"]}}}""", "instances")]
    [InlineData("""{"name":"x","priority":1,"instances":{"/16":{"0":["a"]}}}""", "instances./16")]
    [InlineData("""{"name":"x","priority":1,"instances":{"/0/0":{"0":"a"}}}""", "instances./0/0")]
    [InlineData("""{"name":"x","priority":1,"instances":{"/21/0":{"0":"a"}}}""", "instances./21/0")]
    [InlineData("""{"name":"x","priority":1,"instances":{"/65000/0":{"0":"a"}}}""", "instances./65000/0")]
    [InlineData("""{"name":"x","priority":1,"instances":{"/16/0":{}}}""", "instances./16/0")]
    [InlineData("""{"name":"x","priority":1,"instances":{"/16/0":null}}""", "instances./16/0")]
    [InlineData("""{"name":"x","priority":1,"instances":{"/16/0":{"0":"not an array"}}}""", "instances./16/0.0")]
    [InlineData("""{"name":"x","priority":1,"instances":{"/16/0":{"99":"a"}}}""", "instances./16/0.99")]
    [InlineData("""{"name":"x","priority":1,"instances":{"/4/0":{"2":"far"}}}""", "instances./4/0.2")]
    public async Task What_no_device_could_use_is_refused_and_named(string body, string field)
    {
        using var response = await _server.Admin.SendAsync(HttpMethod.Post, Path, body);
        Assert.Equal([field], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task Without_rules_the_built_in_one_counts()
    {
        var client = await _server.NewAccountAsync();
        var run = await DryRunAsync(client, """{"endpoint_name":"sensor-1"}""");
        Assert.Null(run["rule_id"]);
        Assert.Equal("(built in)", run.Text("rule_name"));
        Assert.Empty(run["rules"]!.AsArray());
        var operations = Operations(run);
        Assert.Equal(["discover /", "write /0/1", "write /1/0", "finish"], operations.Select(text => text.Split(':')[0]));
        Assert.Contains("/0/1/0 = \"coaps://iot.example.org:", operations[1], StringComparison.Ordinal);
        Assert.Contains("/0/1/2 = 4", operations[1], StringComparison.Ordinal);
        Assert.Contains("/1/0/1 = 86400", operations[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observations_are_kept_as_they_were_sent_and_a_dry_run_shows_them()
    {
        var client = await _server.NewAccountAsync();
        var made = await client.PostAsync(
            Path, """{"name":"watched","priority":1,"observations":[{"path":"/3303/0/5700","pmin":10,"pmax":60,"gt":30.5,"lt":-5},{"path":"/9999/0","con":true},{"path":"/6"}]}""");
        Assert.Equal("""[{"path":"/3303/0/5700","pmin":10,"pmax":60,"gt":30.5,"lt":-5},{"path":"/9999/0","con":true},{"path":"/6"}]""", made["observations"]!.ToJsonString());
        var run = await DryRunAsync(client, """{"endpoint_name":"sensor-1"}""");
        // Core TS 1.2.2, 6.3.4: the attributes as queries, in the order of Table 7.3.2-1.
        Assert.Equal(["/3303/0/5700?pmin=10&pmax=60&gt=30.5&lt=-5", "/9999/0?con=1", "/6"], run["observations"]!.AsArray().Select(text => (string)text!));
    }

    [Theory]
    [InlineData(0, "/0/1/3 = (1 bytes), /0/1/5 = (1 bytes)")]
    [InlineData(1, "/0/1/3 = (1 bytes), /0/1/4 = (1 bytes), /0/1/5 = (1 bytes)")]
    public async Task A_dry_run_of_a_key_that_is_made_makes_none(int mode, string keys)
    {
        var client = await _server.NewAccountAsync();
        await client.PostAsync(Path, $$$"""{"name":"keys","priority":1,"server":{"security_mode":{{{mode}}}}}""");
        var operations = Operations(await DryRunAsync(client, """{"endpoint_name":"sensor-1","transport":"tcp"}"""));
        Assert.Contains("/0/1/0 = \"coaps://iot.example.org:", operations[1], StringComparison.Ordinal);
        Assert.Contains($"/0/1/2 = {mode}, {keys}, /0/1/10", operations[1], StringComparison.Ordinal);
        Assert.Contains("/1/0/7 = \"U\"", operations[2], StringComparison.Ordinal);
        var pelion = await DryRunAsync(client, """{"endpoint_name":"sensor-1","pelion_client":true}""");
        Assert.Equal($"Pelion's clients register with certificates, not with security mode {mode}", pelion["rules"]![0]!.Text("reason"));
    }

    [Fact]
    public async Task A_dry_run_tells_which_rule_counts_and_why_the_others_do_not()
    {
        var client = await _server.NewAccountAsync();
        foreach (var rule in new[]
        {
            """{"name":"off","priority":1,"enabled":false}""",
            """{"name":"by name","priority":2,"match":{"endpoint_name":"meter-*"}}""",
            """{"name":"by type","priority":3,"match":{"endpoint_type":"gateway"}}""",
            """{"name":"by certificate","priority":4,"match":{"trusted_certificate_id":"0162f1a2b3c4000000000001001001aa"}}""",
            """{"name":"by class","priority":5,"match":{"device_class":"light","endpoint_name":"sensor-?"},"server":{"lifetime":77}}""",
            """{"name":"rest","priority":6}""",
        })
            await client.PostAsync(Path, rule);

        var run = await DryRunAsync(client, """{"endpoint_name":"sensor-1","device_class":"light"}""");

        Assert.Equal("by class", run.Text("rule_name"));
        Assert.Equal(
        [
            "the rule is disabled", "the endpoint name sensor-1 does not match meter-*", "the directory has no endpoint_type of the device, gateway is wanted",
            "no trusted certificate vouches for the device", "", "'by class' comes first",
        ], run["rules"]!.AsArray().Select(rule => rule!.Text("reason")));
        Assert.Equal([false, false, false, false, true, true], run["rules"]!.AsArray().Select(rule => (bool)rule!["matches"]!));
        Assert.Contains(Operations(run), text => text.Contains("/1/0/1 = 77", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_takes_a_device_of_the_directory()
    {
        var client = await _server.NewAccountAsync();
        await client.PostAsync(Path, """{"name":"gateways","priority":1,"match":{"endpoint_type":"gateway"}}""");
        var device = (await client.PostAsync("/v3/devices", """{"endpoint_name":"gw-1","endpoint_type":"gateway","ca_id":"1","device_key":"2"}""")).Text("id");
        var run = await DryRunAsync(client, $$"""{"device_id":"{{device}}"}""");
        Assert.Equal(("gw-1", "gateways"), (run.Text("endpoint_name"), run.Text("rule_name")));
        var stranger = await _server.NewAccountAsync();
        using var response = await stranger.SendAsync(HttpMethod.Post, Path + "/dry-run", $$"""{"device_id":"{{device}}"}""");
        await response.ReadErrorAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_dry_run_of_Pelions_client_shows_its_order()
    {
        var client = await _server.NewAccountAsync();
        await client.PostAsync(Path, """{"name":"moved","priority":1,"redirect":"coaps://other.example.org"}""");
        var run = await DryRunAsync(client, """{"endpoint_name":"dev-ep-0001","pelion_client":true,"transport":"tcp"}""");
        Assert.Equal("Pelion's clients cannot be redirected", run["rules"]![0]!.Text("reason"));
        Assert.Equal(["delete /0", "delete /1", "write /0", "write /3", "finish ?iep=00000000000000000000000000000000"], Operations(run).Select(text => text.Split(':')[0]));
    }

    [Fact]
    public async Task A_dry_run_needs_somebody_to_ask_about()
    {
        using var response = await _server.Admin.SendAsync(HttpMethod.Post, Path + "/dry-run", "{}");
        Assert.Equal(["endpoint_name"], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    private static Task<JsonNode> DryRunAsync(HttpClient client, string body) => client.PostAsync(Path + "/dry-run", body, HttpStatusCode.OK);

    private static string[] Operations(JsonNode run) => [.. run["operations"]!.AsArray().Select(operation => (string)operation!)];
}
