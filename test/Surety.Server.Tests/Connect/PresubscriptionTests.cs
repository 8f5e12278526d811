using System.Net;
using System.Text.Json.Nodes;
using Surety.Coap;

namespace Surety.Server.Tests.Connect;

/// <summary>Rules that subscribe to devices as they register: /v2/subscriptions.</summary>
public sealed class PresubscriptionTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    [Fact]
    public async Task Rules_are_kept_as_they_were_sent_and_replaced_as_a_whole()
    {
        var app = await fixture.NewAccountAsync();
        Assert.Empty((await app.Client.GetOkAsync("/v2/subscriptions")).AsArray());
        const string Rules = "[{\"endpoint-name\":\"0176*\",\"endpoint-type\":\"Light\",\"resource-path\":[\"/3303/*\",\"/3/0/9\"]},{\"endpoint-type\":\"Meter\"}]";
        Assert.Equal(HttpStatusCode.NoContent, await SetAsync(app, Rules));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Rules), await app.Client.GetOkAsync("/v2/subscriptions")));
        Assert.Equal(HttpStatusCode.NoContent, await SetAsync(app, "[{}]"));
        Assert.Single((await app.Client.GetOkAsync("/v2/subscriptions")).AsArray());
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Delete, "/v2/subscriptions"));
        Assert.Empty((await app.Client.GetOkAsync("/v2/subscriptions")).AsArray());
    }

    [Fact]
    public async Task A_device_that_registers_later_is_subscribed_to_and_its_first_value_is_told()
    {
        var app = await fixture.NewAccountAsync();
        await SetAsync(app, "[{\"endpoint-type\":\"Light\",\"resource-path\":[\"/3303/0/5700\"]}]");
        await using var other = await fixture.RegisterAsync("&et=Pump");
        await using var device = await fixture.RegisterAsync("&et=Light");
        Assert.Equal("21.5", Application.Decode(await app.NextAsync("notifications")));
        await device.NotifyAsync("/3303/0/5700", "next");
        var told = await app.NextAsync("notifications");
        Assert.Equal("next", Application.Decode(told));
        Assert.Equal(await app.FindAsync(device.Name), told.Text("ep"));
        Assert.Empty(other.Calls);
    }

    [Fact]
    public async Task A_device_that_is_registered_already_is_subscribed_to_at_once()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        await SetAsync(app, $"[{{\"endpoint-name\":\"{id[..20]}*\",\"resource-path\":[\"/3303*\"]}}]");
        Assert.Equal("/3303/0", (await app.NextAsync("notifications")).Text("path"));
        // Only what is subscribed by hand is listed.
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Get, $"/v2/subscriptions/{id}"));

        await SetAsync(app, "[]");
        await DeviceServerFixture.UntilAsync(() => device.Calls.Any(call => call.Observe == 1));
    }

    [Fact]
    public async Task After_a_new_registration_the_observations_are_made_anew()
    {
        var app = await fixture.NewAccountAsync();
        await SetAsync(app, "[{\"resource-path\":[\"/3303/0/5700\"]}]");
        await using var device = await fixture.RegisterAsync();
        await app.NextAsync("notifications");
        await device.RegisterAsync();
        await app.NextAsync("notifications");
        await device.NotifyAsync("/3303/0/5700", "after");
        Assert.Equal("after", Application.Decode(await app.NextAsync("notifications")));
    }

    [Fact]
    public async Task What_an_update_adds_is_subscribed_to()
    {
        var app = await fixture.NewAccountAsync();
        await SetAsync(app, "[{\"resource-path\":[\"/3303/*\"]}]");
        await using var device = await fixture.RegisterAsync(links: "</3/0>,</3303/0>");
        Assert.Equal("/3303/0", (await app.NextAsync("notifications")).Text("path"));
        await device.UpdateAsync(links: "</3/0>,</3303/0>,</3303/1>");
        Assert.Equal("/3303/1", (await app.NextAsync("notifications")).Text("path"));
    }

    [Fact]
    public async Task A_device_with_fifty_resources_is_subscribed_to_in_full()
    {
        var app = await fixture.NewAccountAsync();
        await SetAsync(app, "[{}]");
        var paths = Enumerable.Range(0, 50).Select(i => $"/3303/{i}/5700").ToList();
        await using var device = await fixture.RegisterAsync(links: string.Join(',', paths.Select(path => $"<{path}>;obs")));
        var told = new List<string>();
        for (var i = 0; i < 50; i++)
            told.Add((await app.NextAsync("notifications")).Text("path"));
        Assert.Equal(paths.Order(), told.Order());
    }

    [Fact]
    public async Task Secrets_are_not_what_a_rule_for_everything_means()
    {
        var app = await fixture.NewAccountAsync();
        await SetAsync(app, "[{}]");
        await using var device = await fixture.RegisterAsync(links: "</0/0>,</21/0>,</3/0>");
        Assert.Equal("/3/0", (await app.NextAsync("notifications")).Text("path"));
        Assert.Equal(["/3/0"], device.Calls.Select(call => call.Path));
    }

    [Fact]
    public async Task A_resource_that_the_device_refuses_does_not_keep_the_others_from_being_subscribed_to()
    {
        var app = await fixture.NewAccountAsync();
        await SetAsync(app, "[{}]");
        await using var device = new ScriptedDevice(fixture.CoapPort);
        device.Answer = call => call.Path == "/3303/0" ? new CoapResponse(CoapCode.MethodNotAllowed) : ScriptedDevice.Text("1");
        await device.RegisterAsync();
        string[] told = [(await app.NextAsync("notifications")).Text("path"), (await app.NextAsync("notifications")).Text("path")];
        Assert.Equal(["/1/0", "/3/0"], told.Order());
        // A device that has said no is not asked at each update.
        await device.UpdateAsync();
        await app.AskAsync(await app.FindAsync(device.Name), "GET", "/3/0/0");
        Assert.Single(device.Calls, call => call.Path == "/3303/0");
    }

    [Fact]
    public async Task What_a_device_sends_by_itself_goes_to_those_whose_rules_want_it()
    {
        var app = await fixture.NewAccountAsync();
        var other = await fixture.NewApplicationAsync(app);
        await SetAsync(app, "[{\"resource-path\":[\"/3303/0/5700\"]}]");
        await SetAsync(other, "[{\"resource-path\":[\"/3/*\"]}]");
        await using var device = await fixture.RegisterAsync();
        Assert.Equal("21.5", Application.Decode(await app.NextAsync("notifications")));
        Assert.Equal(CoapCode.Changed, await device.SendAsync(ContentFormat.SenmlJson, "[{\"bn\":\"/3303/0/\",\"n\":\"5700\",\"v\":7.5},{\"n\":\"5601\",\"v\":1}]"));
        var told = await app.NextAsync("notifications");
        Assert.Equal("/3303/0/5700", told.Text("path"));
        Assert.Equal("7.5", Application.Decode(told));
        Assert.Equal("text/plain", told.Text("ct"));
        Assert.Empty(await app.RestAsync("notifications"));
        Assert.DoesNotContain(await other.RestAsync("notifications"), told => told.Text("path").StartsWith("/3303", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}", "array")]
    [InlineData("[1]", "[0]")]
    [InlineData("[null]", "[0]")]
    [InlineData("[{\"endpoint-name\":7}]", "endpoint-name")]
    [InlineData("[{\"endpoint-name\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}]", "endpoint-name")]
    [InlineData("[{\"endpoint-type\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}]", "endpoint-type")]
    [InlineData("[{\"resource-path\":[]}]", "resource-path")]
    [InlineData("[{\"resource-path\":\"/3\"}]", "resource-path")]
    [InlineData("[{\"resource-path\":[null]}]", "resource-path")]
    [InlineData("[{\"resource-path\":[\"/sen/light\"]}]", "resource-path")]
    public async Task Rules_that_are_wrong_are_refused_and_the_old_ones_stay(string rules, string says)
    {
        var app = await fixture.NewAccountAsync();
        await SetAsync(app, "[{\"endpoint-type\":\"old\"}]");
        using var response = await app.Client.SendAsync(HttpMethod.Put, "/v2/subscriptions", rules);
        Assert.Contains(says, (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
        Assert.Single((await app.Client.GetOkAsync("/v2/subscriptions")).AsArray());
    }

    [Fact]
    public async Task Rules_are_bounded_in_number()
    {
        var app = await fixture.NewAccountAsync();
        Assert.Equal(HttpStatusCode.NoContent, await SetAsync(app, Many(1024, _ => "{\"endpoint-type\":\"a\"}")));
        Assert.Equal(HttpStatusCode.BadRequest, await SetAsync(app, Many(1025, _ => "{\"endpoint-type\":\"a\"}")));
        Assert.Equal(HttpStatusCode.NoContent, await SetAsync(app, Many(256, i => $"{{\"resource-path\":[\"/{i}\"]}}")));
        Assert.Equal(HttpStatusCode.BadRequest, await SetAsync(app, Many(257, i => $"{{\"resource-path\":[\"/{i}\"]}}")));
    }

    private static string Many(int count, Func<int, string> rule) => $"[{string.Join(',', Enumerable.Range(0, count).Select(rule))}]";

    private static Task<HttpStatusCode> SetAsync(Application app, string rules) =>
        app.StatusAsync(HttpMethod.Put, "/v2/subscriptions", new StringContent(rules, System.Text.Encoding.UTF8, "application/json"));
}
