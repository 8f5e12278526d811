using System.Net;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Notifications;

/// <summary>Events as answers to requests that are held. (Pelion Connect, "Channels", long poll.)</summary>
public sealed class LongPollTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    private const string Pull = "/v2/notification/pull";

    [Fact]
    public async Task Nothing_new_is_a_204_and_the_channel_is_there()
    {
        var app = await fixture.NewAccountAsync();
        await app.Client.GetErrorAsync("/v2/notification/channel", HttpStatusCode.NotFound, "not_found");
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Get, $"{Pull}?noWait=true"));
        Assert.Equal("LONG_POLLING", (await app.Client.GetOkAsync("/v2/notification/channel")).Text("delivery_mechanism"));
    }

    [Fact]
    public async Task A_poll_is_held_until_there_is_something()
    {
        var app = await fixture.NewAccountAsync();
        var poll = app.Client.GetAsync(Pull, TestContext.Current.CancellationToken);
        await DeviceServerFixture.UntilAsync(() => fixture.Server.Service<Surety.Server.Features.Notifications.NotificationHub>().Channels.Any(channel => channel.IsPolled));
        Assert.False(poll.IsCompleted);
        await using var device = await fixture.RegisterAsync();
        using var response = await poll;
        var body = await response.ReadAsync(HttpStatusCode.OK);
        Assert.Equal(await app.FindAsync(device.Name), body["registrations"]![0]!.Text("ep"));
        Assert.Equal(["registrations"], body.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task Only_one_request_polls_a_channel()
    {
        var app = await fixture.NewAccountAsync();
        using var giveUp = new CancellationTokenSource();
        var held = app.Client.GetAsync(Pull, giveUp.Token);
        await DeviceServerFixture.UntilAsync(() => fixture.Server.Service<Surety.Server.Features.Notifications.NotificationHub>().Channels.Any(channel => channel.IsPolled));
        await app.Client.GetErrorAsync(Pull, HttpStatusCode.Conflict, "duplicate");
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held);
        // Who has gone does not keep others out.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await app.StatusAsync(HttpMethod.Get, $"{Pull}?noWait=true") != HttpStatusCode.NoContent)
            await Task.Delay(5, patience.Token);
    }

    [Fact]
    public async Task Deleting_ends_the_poll_with_410_and_drops_what_waits()
    {
        var app = await fixture.NewAccountAsync();
        var held = app.Client.GetAsync(Pull, TestContext.Current.CancellationToken);
        await DeviceServerFixture.UntilAsync(() => fixture.Server.Service<Surety.Server.Features.Notifications.NotificationHub>().Channels.Any(channel => channel.IsPolled));
        Assert.Equal("REMOVED", await DeleteAsync(app));
        using (var ended = await held)
            Assert.StartsWith("CHANNEL_DELETED", (await ended.ReadErrorAsync(HttpStatusCode.Gone, "not_found")).Text("message"), StringComparison.Ordinal);
        Assert.Equal("ALREADY_DELETED", await DeleteAsync(app));

        await app.RestAsync("registrations");
        await using var device = await fixture.RegisterAsync();
        Assert.Equal("REMOVED", await DeleteAsync(app));
        Assert.Empty(await app.RestAsync("registrations"));
    }

    [Fact]
    public async Task What_waits_before_the_first_poll_is_what_was_asked_for()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        await app.PostAsync(await app.FindAsync(device.Name), "early", "GET", "/3303/0/5700");
        await app.Client.GetErrorAsync("/v2/notification/channel", HttpStatusCode.NotFound, "not_found");
        Assert.Equal("early", (await app.NextAsync("async-responses")).Text("id"));
        Assert.Equal("LONG_POLLING", (await app.Client.GetOkAsync("/v2/notification/channel")).Text("delivery_mechanism"));
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_channel_has_gone_waits_for_the_next()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync("&Q");
        var id = await app.FindAsync(device.Name);
        fixture.LetDevicesSleep();
        await app.PostAsync(id, "late", "GET", "/3303/0/5700");
        Assert.Equal("REMOVED", await DeleteAsync(app));
        await device.UpdateAsync();
        await app.OutcomeAsync("late");
    }

    [Fact]
    public async Task A_channel_that_nobody_polls_for_ten_minutes_is_removed()
    {
        var app = await fixture.NewAccountAsync();
        await app.RestAsync("registrations");
        fixture.Time.PutForward(TimeSpan.FromMinutes(11));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await app.StatusAsync(HttpMethod.Get, "/v2/notification/channel") != HttpStatusCode.NotFound)
            await Task.Delay(20, patience.Token);
    }

    [Fact]
    public async Task An_envelope_ends_before_a_device_comes_back()
    {
        var app = await fixture.NewAccountAsync();
        await app.RestAsync("registrations");
        await using var device = await fixture.RegisterAsync();
        await device.DeregisterAsync();
        await device.RegisterAsync();
        var first = await app.Client.GetOkAsync(Pull);
        Assert.Single(first["registrations"]!.AsArray());
        Assert.Single(first["de-registrations"]!.AsArray());
        Assert.Single((await app.Client.GetOkAsync(Pull))["registrations"]!.AsArray());
    }

    private static async Task<string> DeleteAsync(Application app)
    {
        using var response = await app.Client.DeleteAsync(Pull, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
