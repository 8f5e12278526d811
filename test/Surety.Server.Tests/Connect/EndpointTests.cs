using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Surety.Coap;

namespace Surety.Server.Tests.Connect;

/// <summary>/v2/endpoints and what the directory says of devices that come and go.</summary>
public sealed class EndpointTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    [Fact]
    public async Task Registered_devices_are_listed_with_type_and_queue_mode()
    {
        var app = await fixture.NewAccountAsync();
        await using var awake = await fixture.RegisterAsync("&et=meter");
        await using var asleep = await fixture.RegisterAsync("&Q");
        var list = (await app.Client.GetOkAsync("/v2/endpoints")).AsArray();
        var first = list.Single(item => item!.Text("type") == "meter")!;
        Assert.Equal(await app.FindAsync(awake.Name), first.Text("name"));
        Assert.Equal("ACTIVE", first.Text("status"));
        Assert.False((bool)first["q"]!);
        var second = list.Single(item => item != first)!;
        Assert.True((bool)second["q"]!);
        Assert.Equal(first.Text("name"), (await app.Client.GetOkAsync("/v2/endpoints?type=meter")).AsArray().Single()!.Text("name"));
        Assert.Empty((await app.Client.GetOkAsync("/v2/endpoints?type=pump")).AsArray());
    }

    [Fact]
    public async Task The_resources_of_a_device_are_what_it_registered()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync(links: "</>;rt=\"oma.lwm2m\";ct=\"60 110\",</3303/0/5700>;rt=\"temp sensor\";obs;ct=0,</10255/1>,</14>;ver=2.0");
        var list = await app.Client.GetOkAsync($"/v2/endpoints/{await app.FindAsync(device.Name)}");
        Assert.Equal(["/3303/0/5700", "/10255/1", "/14"], list.AsArray().Select(item => item!.Text("uri")));
        var resource = list[0]!;
        Assert.True((bool)resource["obs"]!);
        Assert.Equal("temp sensor", resource.Text("rt"));
        Assert.Equal("text/plain", resource.Text("type"));
        Assert.False((bool)list[2]!["obs"]!);
        Assert.Empty(device.Calls);
    }

    [Fact]
    public async Task The_paths_of_a_device_with_another_root_begin_at_that_root()
    {
        var app = await fixture.NewAccountAsync();
        await app.RestAsync("registrations");
        await using var device = await fixture.RegisterAsync(links: "</lwm2m>;rt=\"oma.lwm2m\",</lwm2m/3/0>,</lwm2m/3303/0>");
        var id = await app.FindAsync(device.Name);
        Assert.Equal(["/3/0", "/3303/0"], (await app.Client.GetOkAsync($"/v2/endpoints/{id}")).AsArray().Select(item => item!.Text("uri")));
        await app.AskAsync(id, "GET", "/3303/0/5700");
        Assert.Equal("/lwm2m/3303/0/5700", Assert.Single(device.Calls).Path);
        var told = await app.NextAsync("registrations");
        Assert.Equal(["/3/0", "/3303/0"], told["resources"]!.AsArray().Select(item => item!.Text("path")));
    }

    [Fact]
    public async Task The_directory_follows_a_device_that_comes_and_goes()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync("&et=meter");
        var id = await app.FindAsync(device.Name);
        var registered = await StateAsync(app, id, "registered");
        Assert.Equal("meter", registered.Text("endpoint_type"));
        await device.DeregisterAsync();
        await StateAsync(app, id, "deregistered");
        Assert.Empty((await app.Client.GetOkAsync("/v2/endpoints")).AsArray());
        await device.RegisterAsync();
        await StateAsync(app, id, "registered");
    }

    [Fact]
    public async Task Registration_update_and_deregistration_are_told_with_what_the_device_is()
    {
        var app = await fixture.NewAccountAsync();
        await app.RestAsync("registrations");
        await using var device = await fixture.RegisterAsync("&et=meter&Q", "</3/0>,</3303/0/5700>;rt=\"temp\";if=\"core.s\";ct=\"0 60\";obs");
        var id = await app.FindAsync(device.Name);
        var registered = await app.NextAsync("registrations");
        Assert.Equal(id, registered.Text("ep"));
        Assert.Equal(device.Name, registered.Text("original-ep"));
        Assert.Equal("meter", registered.Text("ept"));
        Assert.True((bool)registered["q"]!);
        var resources = registered["resources"]!.AsArray();
        Assert.Equal(2, resources.Count);
        var expected = JsonNode.Parse("{\"path\":\"/3303/0/5700\",\"rt\":\"temp\",\"if\":\"core.s\",\"ct\":\"text/plain application/cbor\",\"obs\":true}");
        Assert.True(JsonNode.DeepEquals(expected, resources[1]), resources[1]!.ToJsonString());

        await device.UpdateAsync(links: "</3/0>,</3303/0>,</3303/1>");
        var updated = await app.NextAsync("reg-updates");
        Assert.Equal(id, updated.Text("ep"));
        Assert.Equal(["/3/0", "/3303/0", "/3303/1"], updated["resources"]!.AsArray().Select(item => item!.Text("path")));

        await device.DeregisterAsync();
        Assert.Equal(id, (string?)await app.NextAsync("de-registrations"));
    }

    [Fact]
    public async Task A_read_is_answered_from_the_cache_while_the_value_is_fresh()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        device.Answer = call => call.Method == CoapCode.Get ? ScriptedDevice.Text("1", maxAge: 1000) : new CoapResponse(CoapCode.Changed);
        var path = $"/v2/endpoints/{await app.FindAsync(device.Name)}/3303/0/5700";
        Assert.Equal(HttpStatusCode.ResetContent, await app.StatusAsync(HttpMethod.Get, $"{path}?cacheOnly=true"));
        Assert.Empty(device.Calls);

        var outcome = await OutcomeOfAsync(app, HttpMethod.Get, path);
        Assert.Equal(200, (int)outcome["status"]!);
        Assert.Equal(1000, (int)outcome["max-age"]!);
        using (var cached = await app.Client.GetAsync($"{path}?cacheOnly=true", TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, cached.StatusCode);
            Assert.Equal("text/plain", cached.Content.Headers.ContentType?.MediaType);
            Assert.Equal("1", await cached.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.InRange(cached.Headers.CacheControl!.MaxAge!.Value.TotalSeconds, 900, 1000);
        }

        Assert.Single(device.Calls);
        await OutcomeOfAsync(app, HttpMethod.Put, path, "5");
        Assert.Equal(HttpStatusCode.ResetContent, await app.StatusAsync(HttpMethod.Get, $"{path}?cacheOnly=true"));

        await OutcomeOfAsync(app, HttpMethod.Get, path);
        fixture.Time.PutForward(TimeSpan.FromSeconds(1001));
        Assert.Equal(HttpStatusCode.ResetContent, await app.StatusAsync(HttpMethod.Get, $"{path}?cacheOnly=true"));
    }

    [Fact]
    public async Task The_old_calls_write_execute_and_delete_too()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var root = $"/v2/endpoints/{await app.FindAsync(device.Name)}";
        Assert.Equal(200, (int)(await OutcomeOfAsync(app, HttpMethod.Put, $"{root}/3303/0/5750", "a name"))["status"]!);
        Assert.Equal(200, (int)(await OutcomeOfAsync(app, HttpMethod.Post, $"{root}/3/0/4"))["status"]!);
        Assert.Equal(200, (int)(await OutcomeOfAsync(app, HttpMethod.Delete, $"{root}/3303/0"))["status"]!);
        Assert.Equal(200, (int)(await OutcomeOfAsync(app, HttpMethod.Put, $"{root}/3303/0/5700?pmin=5"))["status"]!);
        Assert.Equal(["0.03 /3303/0/5750 a name", "0.02 /3/0/4", "0.04 /3303/0", "0.03 /3303/0/5700?pmin=5"], device.Calls.Select(call => call.ToString()));
    }

    [Fact]
    public async Task Without_response_a_request_is_sent_and_forgotten()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Put, $"/v2/endpoints/{id}/3303/0/5750?noResp=true", new StringContent("x")));
        await DeviceServerFixture.UntilAsync(() => device.Calls.Count == 1);
        Assert.Empty(await app.RestAsync("async-responses"));

        await using var sleeper = await fixture.RegisterAsync("&Q");
        using var refused = await app.Client.SendAsync(HttpMethod.Put, $"/v2/endpoints/{await app.FindAsync(sleeper.Name)}/3303/0/5750?noResp=true", "x", "text/plain");
        await refused.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");
    }

    [Theory]
    [InlineData("GET", "a/b", HttpStatusCode.NotFound, "URI_PATH_DOES_NOT_EXISTS")]
    [InlineData("GET", "3/0/0/0/0", HttpStatusCode.NotFound, "URI_PATH_DOES_NOT_EXISTS")]
    [InlineData("PUT", "%2e%2e%2f%2e%2e%2fetc", HttpStatusCode.NotFound, "URI_PATH_DOES_NOT_EXISTS")]
    [InlineData("GET", "3/0/%2e%2e%2f5", HttpStatusCode.NotFound, "URI_PATH_DOES_NOT_EXISTS")]
    [InlineData("PUT", "", HttpStatusCode.NotFound, "URI_PATH_DOES_NOT_EXISTS")]
    [InlineData("GET", "3/0/0?cacheOnly=maybe", HttpStatusCode.BadRequest, "Validation error")]
    [InlineData("POST", "3/0/4?noResp=2", HttpStatusCode.BadRequest, "Validation error")]
    public async Task Paths_and_flags_that_are_wrong_do_not_reach_the_device(string method, string path, HttpStatusCode status, string word)
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        using var response = await app.Client.SendAsync(new HttpMethod(method), $"/v2/endpoints/{await app.FindAsync(device.Name)}/{path}", "", "text/plain");
        var error = await response.ReadErrorAsync(status, status == HttpStatusCode.NotFound ? "not_found" : "validation_error");
        Assert.StartsWith(word, error.Text("message"), StringComparison.Ordinal);
        Assert.Empty(device.Calls);
    }

    [Fact]
    public async Task A_content_type_that_CoAP_has_not_is_a_415()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        using var response = await app.Client.SendAsync(HttpMethod.Put, $"/v2/endpoints/{await app.FindAsync(device.Name)}/3303/0/5750", "x", "application/x-unknown");
        await response.ReadErrorAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    private static async Task<JsonNode> OutcomeOfAsync(Application app, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "text/plain") };
        // What the official SDKs send with every call.
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await app.OutcomeAsync((await response.ReadAsync(HttpStatusCode.Accepted)).Text("async-response-id"));
    }

    internal static async Task<JsonNode> StateAsync(Application app, string id, string state)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var device = await app.Client.GetOkAsync($"/v3/devices/{id}");
            if (device.Text("state") == state)
                return device;
            await Task.Delay(10, patience.Token);
        }
    }
}
