using System.Net;
using System.Text;

namespace Surety.Server.Tests.Connect;

/// <summary>Devices that are connected are seen, asked and subscribed to by their own account alone.</summary>
public sealed class ConnectTenancyTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    [Fact]
    public async Task Nothing_of_a_connected_device_is_seen_or_done_by_another_account()
    {
        var stranger = await fixture.NewAccountAsync();
        await stranger.StatusAsync(HttpMethod.Put, "/v2/subscriptions", new StringContent("[{}]", Encoding.UTF8, "application/json"));
        await stranger.RestAsync("registrations");
        var owner = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await owner.FindAsync(device.Name);
        await owner.AskAsync(id, "GET", "/3303/0/5700");
        await SubscriptionTests.SubscribeAsync(owner, id, "3303/0/5700");
        var calls = device.Calls.Count;

        foreach (var (method, path) in new[]
        {
            ("POST", $"/v2/device-requests/{id}?async-id=a"),
            ("GET", $"/v2/endpoints/{id}"),
            ("GET", $"/v2/endpoints/{id}/3303/0/5700"),
            ("GET", $"/v2/endpoints/{id}/3303/0/5700?cacheOnly=true"),
            ("PUT", $"/v2/endpoints/{id}/3303/0/5700"),
            ("PUT", $"/v2/endpoints/{id}/3303/0/5700?noResp=true"),
            ("POST", $"/v2/endpoints/{id}/3/0/4"),
            ("DELETE", $"/v2/endpoints/{id}/3303/0"),
            ("GET", $"/v2/subscriptions/{id}"),
            ("DELETE", $"/v2/subscriptions/{id}"),
            ("GET", $"/v2/subscriptions/{id}/3303/0/5700"),
            ("PUT", $"/v2/subscriptions/{id}/3303/0/5700"),
            ("DELETE", $"/v2/subscriptions/{id}/3303/0/5700"),
        })
        {
            using var response = await stranger.Client.SendAsync(new HttpMethod(method), path, "{\"method\":\"GET\",\"uri\":\"/3303/0/5700\"}");
            Assert.StartsWith("DEVICE_NOT_FOUND", (await response.ReadErrorAsync(HttpStatusCode.NotFound, "not_found")).Text("message"), StringComparison.Ordinal);
        }

        Assert.Empty((await stranger.Client.GetOkAsync("/v2/endpoints")).AsArray());
        await device.NotifyAsync("/3303/0/5700", "secret");
        await owner.NextAsync("notifications");
        await device.DeregisterAsync();
        await owner.NextAsync("de-registrations");
        foreach (var member in new[] { "registrations", "reg-updates", "notifications", "async-responses", "de-registrations" })
            Assert.Empty(await stranger.RestAsync(member));
        Assert.Equal(calls, device.Calls.Count);
    }

    [Fact]
    public async Task Subscriptions_are_those_of_the_application_not_of_the_account()
    {
        var app = await fixture.NewAccountAsync();
        var other = await fixture.NewApplicationAsync(app);
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        await SubscriptionTests.SubscribeAsync(app, id, "3303/0/5700");
        Assert.Equal(HttpStatusCode.NotFound, await other.StatusAsync(HttpMethod.Get, $"/v2/subscriptions/{id}/3303/0/5700"));
        Assert.Equal(HttpStatusCode.NoContent, await other.StatusAsync(HttpMethod.Delete, $"/v2/subscriptions/{id}"));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync(HttpMethod.Get, $"/v2/subscriptions/{id}/3303/0/5700"));
    }
}
