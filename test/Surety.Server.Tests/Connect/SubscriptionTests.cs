using System.Net;
using Surety.Coap;

namespace Surety.Server.Tests.Connect;

/// <summary>Subscriptions made by hand: /v2/subscriptions/{device-id}/{path}.</summary>
public sealed class SubscriptionTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    [Fact]
    public async Task A_subscription_brings_the_first_value_as_its_outcome_and_then_every_change()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.StartDeviceAsync("watched");
        var id = await app.FindAsync("watched");
        var first = await SubscribeAsync(app, id, "3303/0/5700");
        Assert.Equal(200, (int)first["status"]!);
        Assert.NotEmpty(Convert.FromBase64String(first.Text("payload")));

        var sensor = device.Objects.Find(3303)!.Find(0)!;
        sensor[5700] = 22.5;
        var told = await app.NextAsync("notifications");
        Assert.Equal(id, told.Text("ep"));
        Assert.Equal("/3303/0/5700", told.Text("path"));
        Assert.NotEmpty(told.Text("ct"));
        Assert.NotNull((int?)told["max-age"]);
        Assert.NotEmpty(Convert.FromBase64String(told.Text("payload")));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync(HttpMethod.Put, $"/v2/subscriptions/{id}/3303/0/5700"));
    }

    [Fact]
    public async Task Values_come_in_order_with_type_payload_and_age()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        Assert.Equal("21.5", Application.Decode(await SubscribeAsync(app, id, "3303/0/5700")));
        for (var i = 0; i < 20; i++)
            await device.NotifyAsync("/3303/0/5700", ScriptedDevice.Text($"{i}", maxAge: 7));
        for (var i = 0; i < 20; i++)
        {
            var told = await app.NextAsync("notifications");
            Assert.Equal($"{i}", Application.Decode(told));
            Assert.Equal("text/plain", told.Text("ct"));
            Assert.Equal(7, (int)told["max-age"]!);
        }
    }

    [Fact]
    public async Task A_subscription_is_listed_checked_and_ended_one_by_one_or_all_together()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var root = $"/v2/subscriptions/{await app.FindAsync(device.Name)}";
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Get, root));
        string[] paths = ["3/0/9", "3303", "3303/0/5700"];
        foreach (var path in paths)
            await SubscribeAsync(app, root[18..], path);

        using (var list = await app.Client.GetAsync(root, TestContext.Current.CancellationToken))
        {
            Assert.Equal("text/uri-list", list.Content.Headers.ContentType?.MediaType);
            Assert.Equal("/3/0/9\n/3303\n/3303/0/5700", await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync(HttpMethod.Get, $"{root}/3303"));
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Get, $"{root}/3303/0"));
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Get, $"{root}/nonsense"));

        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Delete, $"{root}/3303"));
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Get, $"{root}/3303"));
        await DeviceServerFixture.UntilAsync(() => device.Calls.Any(call => call is { Path: "/3303", Observe: 1 }));
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Delete, root));
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Get, root));
        await DeviceServerFixture.UntilAsync(() => device.Calls.Count(call => call.Observe == 1) == 3);
        // What is not there can be ended all the same.
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Delete, $"{root}/3303"));
    }

    [Fact]
    public async Task Two_applications_share_one_observation_and_end_it_together()
    {
        var app = await fixture.NewAccountAsync();
        var other = await fixture.NewApplicationAsync(app);
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        await SubscribeAsync(app, id, "3303/0/5700");
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync(HttpMethod.Put, $"/v2/subscriptions/{id}/3303/0/5700"));
        await device.NotifyAsync("/3303/0/5700", "both");
        Assert.Equal("both", Application.Decode(await app.NextAsync("notifications")));
        Assert.Equal("both", Application.Decode(await other.NextAsync("notifications")));
        Assert.Single(device.Calls);

        await app.StatusAsync(HttpMethod.Delete, $"/v2/subscriptions/{id}/3303/0/5700");
        await device.NotifyAsync("/3303/0/5700", "one");
        Assert.Equal("one", Application.Decode(await other.NextAsync("notifications")));
        Assert.Empty(await app.RestAsync("notifications"));
        await other.StatusAsync(HttpMethod.Delete, $"/v2/subscriptions/{id}");
        await DeviceServerFixture.UntilAsync(() => device.Calls.Count == 2);
        Assert.Equal(1, device.Calls.Last().Observe);
    }

    [Fact]
    public async Task An_observation_that_the_device_does_not_take_is_a_412_and_no_subscription()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        device.CanObserve = false;
        var id = await app.FindAsync(device.Name);
        var outcome = await SubscribeAsync(app, id, "3303/0/5700");
        Assert.Equal(412, (int)outcome["status"]!);
        Assert.Contains("does not report", outcome.Text("error"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Get, $"/v2/subscriptions/{id}"));
    }

    [Fact]
    public async Task What_the_device_has_not_cannot_be_subscribed_to_until_it_has()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        device.Answer = _ => new CoapResponse(CoapCode.NotFound);
        Assert.Equal(404, (int)(await SubscribeAsync(app, id, "3303/1/5700"))["status"]!);
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Get, $"/v2/subscriptions/{id}/3303/1/5700"));
        device.Answer = _ => ScriptedDevice.Text("1");
        Assert.Equal(200, (int)(await SubscribeAsync(app, id, "3303/1/5700"))["status"]!);
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync(HttpMethod.Get, $"/v2/subscriptions/{id}/3303/1/5700"));
    }

    [Fact]
    public async Task Subscribing_again_while_it_is_pending_gives_the_same_id()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync("&Q");
        var id = await app.FindAsync(device.Name);
        fixture.LetDevicesSleep();
        var first = await app.Client.PutAsync($"/v2/subscriptions/{id}/3303/0/5700", "", HttpStatusCode.Accepted);
        var second = await app.Client.PutAsync($"/v2/subscriptions/{id}/3303/0/5700", "", HttpStatusCode.Accepted);
        Assert.Equal(first.Text("async-response-id"), second.Text("async-response-id"));
        await device.UpdateAsync();
        await app.OutcomeAsync(first.Text("async-response-id"));
        Assert.Single(device.Calls);
    }

    [Fact]
    public async Task A_new_registration_ends_what_was_subscribed_and_keeps_what_the_device_was_not_asked_for_yet()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync("&Q");
        var id = await app.FindAsync(device.Name);
        await SubscribeAsync(app, id, "3303/0/5700");
        fixture.LetDevicesSleep();
        var pending = (await app.Client.PutAsync($"/v2/subscriptions/{id}/3/0/9", "", HttpStatusCode.Accepted)).Text("async-response-id");
        await device.RegisterAsync("&Q");
        Assert.Equal(200, (int)(await app.OutcomeAsync(pending))["status"]!);
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Get, $"/v2/subscriptions/{id}/3303/0/5700"));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync(HttpMethod.Get, $"/v2/subscriptions/{id}/3/0/9"));
        await device.NotifyAsync("/3/0/9", "99");
        Assert.Equal("99", Application.Decode(await app.NextAsync("notifications")));
    }

    [Fact]
    public async Task A_subscription_that_ends_while_it_is_pending_leaves_no_observation()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync("&Q");
        var id = await app.FindAsync(device.Name);
        fixture.LetDevicesSleep();
        var pending = (await app.Client.PutAsync($"/v2/subscriptions/{id}/3303/0/5700", "", HttpStatusCode.Accepted)).Text("async-response-id");
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Delete, $"/v2/subscriptions/{id}/3303/0/5700"));
        await device.UpdateAsync();
        Assert.Equal(412, (int)(await app.OutcomeAsync(pending))["status"]!);
        Assert.Empty(device.Calls);
    }

    [Fact]
    public async Task An_observation_that_the_device_ends_is_made_again_at_its_next_update()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        await SubscribeAsync(app, id, "3303/0/5700");
        await device.NotifyAsync("/3303/0/5700", new CoapResponse(CoapCode.NotFound) { Payload = "gone"u8.ToArray() });
        Assert.Equal(HttpStatusCode.ResetContent, await app.StatusAsync(HttpMethod.Get, $"/v2/endpoints/{id}/3303/0/5700?cacheOnly=true"));
        await device.UpdateAsync();
        await DeviceServerFixture.UntilAsync(() => device.Calls.Count(call => call.Observe == 0) == 2);
        await device.NotifyAsync("/3303/0/5700", "again");
        Assert.Equal("again", Application.Decode(await app.NextAsync("notifications")));
        Assert.Empty(await app.RestAsync("notifications"));
    }

    [Fact]
    public async Task The_last_value_reported_is_in_the_cache_until_something_is_written()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        var path = $"/v2/endpoints/{id}/3303/0/5700";
        await app.AskAsync(id, "GET", "/3303/0/5700");
        await SubscribeAsync(app, id, "3303/0/5700");
        await device.NotifyAsync("/3303/0/5700", "22");
        await app.NextAsync("notifications");
        Assert.Equal("22", await app.Client.GetStringAsync($"{path}?cacheOnly=true", TestContext.Current.CancellationToken));
        await app.AskAsync(id, "PUT", "/3303/0/5700", "23", "text/plain");
        Assert.Equal(HttpStatusCode.ResetContent, await app.StatusAsync(HttpMethod.Get, $"{path}?cacheOnly=true"));
    }

    [Fact]
    public async Task A_key_that_is_deleted_takes_its_subscriptions_with_it()
    {
        var app = await fixture.NewAccountAsync();
        var key = await app.Client.PostAsync("/v3/api-keys", "{\"name\":\"short\"}");
        var other = new Application(fixture.Server.Client(key.Text("key")));
        await using var device = await fixture.RegisterAsync();
        await SubscribeAsync(other, await app.FindAsync(device.Name), "3303/0/5700");
        await other.StatusAsync(HttpMethod.Put, "/v2/subscriptions", new StringContent("[{\"resource-path\":[\"/3/0\"]}]", System.Text.Encoding.UTF8, "application/json"));
        await other.NextAsync("notifications");
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Delete, $"/v3/api-keys/{key.Text("id")}"));
        await DeviceServerFixture.UntilAsync(() => device.Calls.Count(call => call.Observe == 1) == 2);
    }

    [Fact]
    public async Task A_deregistered_device_has_no_subscriptions_left()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        await SubscribeAsync(app, id, "3303/0/5700");
        await device.DeregisterAsync();
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Get, $"/v2/subscriptions/{id}"));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("3/0/0/0/0")]
    [InlineData("%2e%2e%2f3")]
    [InlineData("70000")]
    public async Task A_path_that_is_none_of_LwM2M_cannot_be_subscribed_to(string path)
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        using var response = await app.Client.PutAsync($"/v2/subscriptions/{await app.FindAsync(device.Name)}/{path}", null, TestContext.Current.CancellationToken);
        Assert.StartsWith("URI_PATH_DOES_NOT_EXISTS", (await response.ReadErrorAsync(HttpStatusCode.NotFound, "not_found")).Text("message"), StringComparison.Ordinal);
    }

    internal static async Task<System.Text.Json.Nodes.JsonNode> SubscribeAsync(Application app, string id, string path) =>
        await app.OutcomeAsync((await app.Client.PutAsync($"/v2/subscriptions/{id}/{path}", "", HttpStatusCode.Accepted)).Text("async-response-id"));
}
