using System.Net;
using System.Text;
using Surety.Coap;
using Surety.Server.Tests.Notifications;

namespace Surety.Server.Tests.Connect;

/// <summary>What was accepted outlives the server: it is stopped, or it is gone without a word and a copy of its files goes on.</summary>
public sealed class RestartTests
{
    public enum End
    {
        Stopped,
        Gone,
    }

    [Theory]
    [InlineData(End.Stopped)]
    [InlineData(End.Gone)]
    public async Task Subscriptions_go_on_without_the_device_being_asked_again(End end)
    {
        await using var server = await RestartableServer.StartAsync();
        var app = server.Application;
        await using var device = await new ScriptedDevice(server.CoapPort).RegisterAsync();
        var id = await app.FindAsync(device.Name);
        await SubscriptionTests.SubscribeAsync(app, id, "3303/0/5700");
        await app.StatusAsync(HttpMethod.Put, "/v2/subscriptions", Json("[{\"resource-path\":[\"/3/0\"]}]"));
        await app.NextAsync("notifications");

        app = await server.RestartAsync(end);
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync(HttpMethod.Get, $"/v2/subscriptions/{id}/3303/0/5700"));
        Assert.Single((await app.Client.GetOkAsync("/v2/subscriptions")).AsArray());
        Assert.Equal("registered", (await app.Client.GetOkAsync($"/v3/devices/{id}")).Text("state"));
        await device.NotifyAsync("/3303/0/5700", "after");
        await device.NotifyAsync("/3/0", "rule");
        await ToldAsync(app, id, "/3303/0/5700", "after");
        await ToldAsync(app, id, "/3/0", "rule");
        Assert.Equal(2, device.Calls.Count);
        await using var newcomer = await new ScriptedDevice(server.CoapPort).RegisterAsync();
        await ToldAsync(app, await app.FindAsync(newcomer.Name), "/3/0", "21.5");
    }

    [Theory]
    [InlineData(End.Stopped)]
    [InlineData(End.Gone)]
    public async Task What_a_bootstrap_rule_observes_goes_on_without_the_device_being_asked_again(End end)
    {
        await using var server = await RestartableServer.StartAsync();
        var app = server.Application;
        await app.Client.PostAsync("/v3/bootstrap-rules", """{"name":"watched","priority":1,"observations":[{"path":"/3303/0/5700","pmin":10}]}""");
        await using var device = await new ScriptedDevice(server.CoapPort).RegisterAsync();
        var id = await app.FindAsync(device.Name);
        await app.NextAsync("notifications");

        app = await server.RestartAsync(end);
        await device.NotifyAsync("/3303/0/5700", "after");
        await ToldAsync(app, id, "/3303/0/5700", "after");
        Assert.Equal(["pmin=10", ""], device.Calls.Select(call => call.Query));
        await using var newcomer = await new ScriptedDevice(server.CoapPort).RegisterAsync();
        await ToldAsync(app, await app.FindAsync(newcomer.Name), "/3303/0/5700", "21.5");
    }

    [Theory]
    [InlineData(End.Stopped)]
    [InlineData(End.Gone)]
    public async Task What_was_acknowledged_and_not_delivered_is_delivered_after(End end)
    {
        await using var server = await RestartableServer.StartAsync();
        var app = server.Application;
        await using var device = await new ScriptedDevice(server.CoapPort).RegisterAsync();
        await SubscriptionTests.SubscribeAsync(app, await app.FindAsync(device.Name), "3303/0/5700");
        for (var i = 0; i < 50; i++)
            await device.NotifyAsync("/3303/0/5700", $"{i}");

        app = await server.RestartAsync(end);
        for (var i = 0; i < 50; i++)
            Assert.Equal($"{i}", Application.Decode(await app.NextAsync("notifications")));
        Assert.Empty(await app.RestAsync("notifications"));
    }

    [Theory]
    [InlineData(End.Stopped)]
    [InlineData(End.Gone)]
    public async Task Requests_that_wait_are_delivered_after_in_their_order(End end)
    {
        await using var server = await RestartableServer.StartAsync();
        var app = server.Application;
        await using var device = await new ScriptedDevice(server.CoapPort).RegisterAsync("&Q");
        var id = await app.FindAsync(device.Name);
        server.Time.PutForward(TimeSpan.FromSeconds(94));
        for (var i = 0; i < 10; i++)
            await app.PostAsync(id, $"n-{i}", i % 2 == 0 ? "PUT" : "POST", "/3303/0/5750", Encoding.UTF8.GetBytes($"{i}"), "text/plain", query: "&expiry-seconds=86400");
        var subscription = (await app.Client.PutAsync($"/v2/subscriptions/{id}/3303/0/5700", "", HttpStatusCode.Accepted)).Text("async-response-id");

        app = await server.RestartAsync(end);
        Assert.Equal(CoapCode.Changed, await device.UpdateAsync());
        for (var i = 0; i < 10; i++)
            Assert.Equal($"n-{i}", (await app.NextAsync("async-responses")).Text("id"));
        Assert.Equal("21.5", Application.Decode(await app.OutcomeAsync(subscription)));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), device.Calls.Take(10).Select(call => call.Text));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync(HttpMethod.Get, $"/v2/subscriptions/{id}/3303/0/5700"));
    }

    [Theory]
    [InlineData("PUT", 200)]
    [InlineData("POST", 504)]
    public async Task A_request_that_was_under_way_is_repeated_only_if_that_does_no_harm(string method, int status)
    {
        await using var server = await RestartableServer.StartAsync();
        var app = server.Application;
        await using var device = await new ScriptedDevice(server.CoapPort).RegisterAsync();
        var unanswered = new TaskCompletionSource();
        device.Answer = _ => unanswered.TrySetResult() ? null : new CoapResponse(CoapCode.Changed);
        await app.PostAsync(await app.FindAsync(device.Name), "under-way", method, "/3303/0/5605", "x"u8.ToArray(), "text/plain");
        await unanswered.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        app = await server.RestartAsync(End.Gone);
        var outcome = await app.OutcomeAsync("under-way");
        Assert.Equal(status, (int)outcome["status"]!);
        Assert.Equal(status == 200 ? 2 : 1, device.Calls.Count);
    }

    [Theory]
    [InlineData(End.Stopped)]
    [InlineData(End.Gone)]
    public async Task A_webhook_goes_on_with_what_it_did_not_take(End end)
    {
        await using var server = await RestartableServer.StartAsync();
        var app = server.Application;
        await using var receiver = await WebhookReceiver.StartAsync();
        await app.StatusAsync(HttpMethod.Delete, "/v2/notification/pull");
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(
            HttpMethod.Put, "/v2/notification/callback", Json($"{{\"url\":\"{receiver.Url}\",\"headers\":{{\"X-Mine\":\"1\"}},\"serialization\":{{\"type\":\"v2\",\"cfg\":{{\"include_uid\":true}}}}}}")));
        receiver.Status = () => 503;
        await using var device = await new ScriptedDevice(server.CoapPort).RegisterAsync();
        var id = await app.FindAsync(device.Name);
        await app.PostAsync(id, "kept", "GET", "/3303/0/5700");
        await DeviceServerFixture.UntilAsync(() => receiver.Requests.Count >= 2 && !device.Calls.IsEmpty);

        app = await server.RestartAsync(end);
        receiver.Status = () => 200;
        await DeviceServerFixture.UntilAsync(() => receiver.Events("async-responses").Any(item => item.Text("id") == "kept"));
        Assert.Equal(id, receiver.Events("registrations").First().Text("ep"));
        Assert.NotEmpty(receiver.Events("registrations").First().Text("uid"));
        Assert.Equal("1", receiver.Requests.Last().Headers["X-Mine"]);
        Assert.Equal(receiver.Url, (await app.Client.GetOkAsync("/v2/notification/callback")).Text("url"));
    }

    // What a poll brought last is told again when the server was gone before the next poll: at least once.
    private static Task ToldAsync(Application app, string device, string path, string value) =>
        app.NextAsync("notifications", told => told.Text("ep") == device && told.Text("path") == path && Application.Decode(told) == value);

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
