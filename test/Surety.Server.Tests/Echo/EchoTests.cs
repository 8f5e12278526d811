using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Surety.Coap;
using Surety.Lwm2m.Client;
using Surety.Server.Features.Echo;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Echo;

/// <summary>What devices have reported and what is wanted of them; the same on both databases. (connect, "Device Echo".)</summary>
public abstract class EchoTests(DeviceServerFixture fixture)
{
    public sealed class OnSqlite(DeviceServerFixture fixture) : EchoTests(fixture), IClassFixture<DeviceServerFixture>;

    public sealed class OnPostgres(PostgresDeviceServerFixture fixture) : EchoTests(fixture), IClassFixture<PostgresDeviceServerFixture>;

    [Fact]
    public async Task What_a_device_reports_is_shown_and_whether_somebody_is_subscribed()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        Assert.Empty((await app.Client.GetOkAsync(PathOf(id)))["resources"]!.AsArray());
        await SubscriptionTests.SubscribeAsync(app, id, "3303/0/5700");
        await device.NotifyAsync("/3303/0/5700", ScriptedDevice.Text("22.5", maxAge: 90));

        var echo = await app.Client.GetOkAsync(PathOf(id));
        Assert.Equal("device-echo", echo.Text("object"));
        Assert.Equal(id, echo.Text("device_id"));
        Assert.Equal(device.Name, echo.Text("endpoint_name"));
        var resource = Assert.Single(echo["resources"]!.AsArray())!;
        Assert.Equal("/3303/0/5700", resource.Text("resource_path"));
        Assert.True((bool)resource["subscribed"]!);
        Assert.Null(resource["desired"]);
        var reported = resource["reported"]!;
        Assert.Equal("22.5", Decode(reported));
        Assert.Equal("text/plain", reported.Text("content_type"));
        Assert.Equal(TimeSpan.FromSeconds(90), Time(reported, "expires_at") - Time(reported, "reported_at"));
        Assert.Equal(reported.Text("reported_at"), echo.Text("last_reported_at"));

        // The same from the database.
        await fixture.Server.Service<EchoJournal>().FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal("22.5", Decode((await ResourceAsync(app, id, "/3303/0/5700"))["reported"]!));
        await app.StatusAsync(HttpMethod.Delete, $"/v2/subscriptions/{id}/3303/0/5700");
        Assert.False((bool)(await ResourceAsync(app, id, "/3303/0/5700"))["subscribed"]!);
    }

    [Fact]
    public async Task A_device_request_that_writes_is_a_desired_value_with_its_outcome()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        await app.AskAsync(id, "PUT", "/3303/0/5750", "kitchen", "text/plain");
        var desired = (await ResourceAsync(app, id, "/3303/0/5750"))["desired"]!;
        Assert.Equal(("kitchen", 1), (Decode(desired), (int)desired["status"]!));
        device.Answer = _ => new CoapResponse(CoapCode.MethodNotAllowed);
        await app.AskAsync(id, "PUT", "/3303/0/5750", "cellar", "text/plain");
        desired = (await ResourceAsync(app, id, "/3303/0/5750"))["desired"]!;
        Assert.Equal(("cellar", 2), (Decode(desired), (int)desired["status"]!));
        // Attributes are no values.
        await app.AskAsync(id, "PUT", "/3303/0/5700?pmin=10");
        Assert.Single((await app.Client.GetOkAsync(PathOf(id)))["resources"]!.AsArray());
    }

    [Fact]
    public async Task What_is_wanted_of_a_device_that_is_not_there_is_written_when_the_device_of_the_SDK_registers_and_comes_back_as_reported()
    {
        var app = await fixture.NewAccountAsync();
        var name = $"echo-{Guid.CreateVersion7():n}";
        var id = (await app.Client.PostAsync("/v3/devices", $$"""{"endpoint_name":"{{name}}"}""")).Text("id");
        await app.StatusAsync(HttpMethod.Put, "/v2/subscriptions", new StringContent("""[{"resource-path":["/3311/0/5850"]}]""", Encoding.UTF8, "application/json"));
        await SetAsync(app, id, ("/3311/0/5850", "1"));
        Assert.Equal(0, (int)(await ResourceAsync(app, id, "/3311/0/5850"))["desired"]!["status"]!);
        var light = new Lwm2mObject(3311);
        light.Add(new ObjectInstance(3311) { [5850] = false });
        await using var device = await fixture.StartDeviceAsync(name, builder => builder.Add(light));
        await DeviceServerFixture.UntilAsync(async () => await ResourceAsync(app, id, "/3311/0/5850") is { } resource
            && (int)resource["desired"]!["status"]! == 1 && resource["reported"] is { } reported && Decode(reported) == "1");
    }

    [Fact]
    public async Task A_device_that_sleeps_is_written_to_when_it_wakes_and_only_the_newest_wish()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync("&Q");
        var id = await app.FindAsync(device.Name);
        fixture.LetDevicesSleep();
        await SetAsync(app, id, ("/3303/0/5750", "first"));
        await SetAsync(app, id, ("/3303/0/5750", "second"), ("/3303/0/5751", "other"));
        Assert.Empty(device.Calls);
        await device.UpdateAsync();
        await DeviceServerFixture.UntilAsync(async () => await StatusAsync(app, id, "/3303/0/5750") == 1 && await StatusAsync(app, id, "/3303/0/5751") == 1);
        Assert.Equal(["other", "second"], device.Calls.Select(call => call.Text).Order());
        Assert.All(device.Calls, call => Assert.Equal((CoapCode.Put, ContentFormat.TextPlain), (call.Method, call.ContentFormat)));
    }

    [Fact]
    public async Task What_the_device_refuses_has_failed_and_is_not_tried_again()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        device.Answer = call => call.Path.EndsWith("5750", StringComparison.Ordinal) ? new CoapResponse(CoapCode.BadRequest) : new CoapResponse(CoapCode.Changed);
        var id = await app.FindAsync(device.Name);
        await SetAsync(app, id, ("/3303/0/5750", "x"), ("/3303/0/5751", "y"));
        await DeviceServerFixture.UntilAsync(async () => await StatusAsync(app, id, "/3303/0/5750") == 2 && await StatusAsync(app, id, "/3303/0/5751") == 1);
        await device.RegisterAsync();
        await app.AskAsync(id, "GET", "/3303/0/5700");
        Assert.Equal(2, device.Calls.Count(call => call.Method == CoapCode.Put));
    }

    [Fact]
    public async Task A_change_of_what_another_has_changed_since_is_refused_and_changes_nothing()
    {
        var app = await fixture.NewAccountAsync();
        var id = (await app.Client.PostAsync("/v3/devices", $$"""{"endpoint_name":"etag-{{Guid.CreateVersion7():n}}"}""")).Text("id");
        var etag = (await app.Client.GetOkAsync(PathOf(id))).Text("etag");
        using var first = await PutAsync(app, id, etag, ("/3303/0/5750", "mine"));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await PutAsync(app, id, etag, ("/3303/0/5750", "yours"));
        await second.ReadErrorAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
        Assert.Equal("mine", Decode((await ResourceAsync(app, id, "/3303/0/5750"))["desired"]!));
        // Of many at once with the same etag one is the first.
        etag = (await app.Client.GetOkAsync(PathOf(id))).Text("etag");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PutAsync(app, id, etag, ("/3303/0/5750", $"{i}"))));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task A_wish_is_taken_back_with_null_and_all_of_them_with_DELETE()
    {
        var app = await fixture.NewAccountAsync();
        var id = (await app.Client.PostAsync("/v3/devices", $$"""{"endpoint_name":"back-{{Guid.CreateVersion7():n}}"}""")).Text("id");
        await SetAsync(app, id, ("/3303/0/5750", "x"), ("/3303/0/5751", "y"));
        await SetAsync(app, id, ("/3303/0/5750", null));
        Assert.Equal("/3303/0/5751", Assert.Single((await app.Client.GetOkAsync(PathOf(id)))["resources"]!.AsArray())!.Text("resource_path"));
        await app.Client.DeleteExpectingAsync(PathOf(id), HttpStatusCode.NoContent);
        Assert.Empty((await app.Client.GetOkAsync(PathOf(id)))["resources"]!.AsArray());
        var log = (await app.Client.GetOkAsync("/v3/audit-log?entity_type__eq=device_echo"))["data"]!.AsArray();
        Assert.Contains(log, entry => entry!.Text("action") == "delete");
        Assert.DoesNotContain("eA==", log.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "resources")]
    [InlineData("""{"resources":[]}""", "resources")]
    [InlineData("""{"resources":[null]}""", "resources[0]")]
    [InlineData("""{"resources":[{"resource_path":"/3303","value":"MQ=="}]}""", "resources[0].resource_path")]
    [InlineData("""{"resources":[{"resource_path":"/3303/0/70000","value":"MQ=="}]}""", "resources[0].resource_path")]
    [InlineData("""{"resources":[{"resource_path":"/3303/0/1","value":"?"}]}""", "resources[0].value")]
    [InlineData("""{"resources":[{"resource_path":"/3303/0/1","value":"MQ==","content_type":"text/unheard-of"}]}""", "resources[0].content_type")]
    [InlineData("""{"resources":[{"resource_path":"/3303/0/1","value":"MQ=="},{"resource_path":"/3303/0/1","value":"Mg=="}]}""", "resources[1].resource_path")]
    public async Task What_is_wrong_is_said(string body, string field)
    {
        var app = await fixture.NewAccountAsync();
        var id = (await app.Client.PostAsync("/v3/devices", $$"""{"endpoint_name":"wrong-{{Guid.CreateVersion7():n}}"}""")).Text("id");
        using var response = await app.Client.SendAsync(HttpMethod.Put, PathOf(id), body);
        Assert.Equal([field], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task An_echo_has_256_resources_of_8192_bytes()
    {
        var app = await fixture.NewAccountAsync();
        var id = (await app.Client.PostAsync("/v3/devices", $$"""{"endpoint_name":"full-{{Guid.CreateVersion7():n}}"}""")).Text("id");
        await SetAsync(app, id, [.. Enumerable.Range(0, 256).Select(i => ($"/3303/0/{i}", (string?)(i == 0 ? new string('x', 8192) : "x")))]);
        using var more = await PutAsync(app, id, null, ("/3303/0/256", "x"));
        await more.ReadErrorAsync(HttpStatusCode.Forbidden, "account_limit_exceeded");
        using var longer = await PutAsync(app, id, null, ("/3303/0/0", new string('x', 8193)));
        await longer.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        Assert.Equal(256, (await app.Client.GetOkAsync(PathOf(id)))["resources"]!.AsArray().Count);
    }

    private static string PathOf(string device) => $"/v3/devices/{device}/echo";

    private static string Decode(JsonNode node) => Encoding.UTF8.GetString(Convert.FromBase64String(node.Text("value")));

    private static DateTimeOffset Time(JsonNode node, string member) => DateTimeOffset.Parse(node.Text(member), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<JsonNode> ResourceAsync(Application app, string device, string path) =>
        (await app.Client.GetOkAsync(PathOf(device)))["resources"]!.AsArray().Single(resource => resource!.Text("resource_path") == path)!;

    private static async Task<int> StatusAsync(Application app, string device, string path) => (int)(await ResourceAsync(app, device, path))["desired"]!["status"]!;

    private static async Task SetAsync(Application app, string device, params (string Path, string? Value)[] wishes)
    {
        using var response = await PutAsync(app, device, null, wishes);
        await response.ReadAsync(HttpStatusCode.OK);
    }

    private static async Task<HttpResponseMessage> PutAsync(Application app, string device, string? etag, params (string Path, string? Value)[] wishes)
    {
        var resources = wishes.Select(wish => (JsonNode)new JsonObject
        {
            ["resource_path"] = wish.Path,
            ["value"] = wish.Value is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(wish.Value)),
        });
        var body = new JsonObject { ["resources"] = new JsonArray([.. resources]) };
        using var request = new HttpRequestMessage(HttpMethod.Put, PathOf(device)) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{etag}\"");
        return await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
