using System.Net;
using System.Text;
using Surety.Server.Features.Notifications;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Notifications;

/// <summary>Events as Server-Sent Events. (WHATWG HTML, 9.2.)</summary>
public sealed class EventStreamTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    private const string Stream = "/v3/events/stream";

    [Fact]
    public async Task Events_come_as_envelopes_as_they_happen()
    {
        var app = await fixture.NewAccountAsync();
        using var stream = await SseReader.OpenAsync(app);
        Assert.Equal("text/event-stream", stream.ContentType);
        await using var device = await fixture.RegisterAsync("&et=meter");
        var registration = (await stream.NextAsync("registrations")).Event;
        var id = await app.FindAsync(device.Name);
        Assert.Equal(id, registration.Text("ep"));
        Assert.Equal("meter", registration.Text("ept"));
        await app.PostAsync(id, "streamed", "GET", "/3303/0/5700");
        var answer = (await stream.NextAsync("async-responses")).Event;
        Assert.Equal("streamed", answer.Text("id"));
        Assert.Equal("21.5", Application.Decode(answer));
        Assert.Equal("EVENT_STREAM", (await app.Client.GetOkAsync("/v2/notification/channel")).Text("delivery_mechanism"));
    }

    [Fact]
    public async Task A_client_goes_on_behind_its_last_event_and_gets_nothing_twice()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        string last;
        using (var stream = await SseReader.OpenAsync(app))
        {
            await app.PostAsync(id, "one", "GET", "/3303/0/5700");
            last = (await stream.NextAsync("async-responses", e => e.Text("id") == "one")).Id;
            await app.PostAsync(id, "two", "GET", "/3303/0/5700");
            await stream.NextAsync("async-responses", e => e.Text("id") == "two");
        }

        await app.PostAsync(id, "three", "GET", "/3303/0/5700");
        using var again = await SseReader.OpenAsync(app, last);
        Assert.Equal("two", (await again.NextAsync("async-responses")).Event.Text("id"));
        Assert.Equal("three", (await again.NextAsync("async-responses")).Event.Text("id"));
    }

    [Fact]
    public async Task A_client_goes_on_also_after_a_restart_of_the_server()
    {
        await using var server = await TestServer.StartAsync(DeviceServerFixture.Arguments);
        await using var device = new ScriptedDevice(DeviceServerFixture.PortOf(server, "coap"));
        string last;
        using (var stream = await SseReader.OpenAsync(new Application(server.Admin)))
        {
            await device.RegisterAsync();
            last = (await stream.NextAsync("registrations")).Id;
            await device.UpdateAsync();
            await stream.NextAsync("reg-updates");
        }

        await server.RestartAsync();
        var app = new Application(server.Admin);
        Assert.Equal("EVENT_STREAM", (await app.Client.GetOkAsync("/v2/notification/channel")).Text("delivery_mechanism"));
        using var again = await SseReader.OpenAsync(app, last);
        Assert.Equal(await app.FindAsync(device.Name), (await again.NextAsync("reg-updates")).Event.Text("ep"));
        Assert.False(again.Has("registrations"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not an id")]
    [InlineData("ffffffffffff0000000000000000")]
    [InlineData("0000000000007fffffff7fffffff")]
    public async Task Who_does_not_say_what_came_gets_it_again(string? lastEventId)
    {
        var app = await fixture.NewAccountAsync();
        using (var stream = await SseReader.OpenAsync(app))
        {
            await using var device = await fixture.RegisterAsync();
            await stream.NextAsync("registrations");
        }

        using var again = await SseReader.OpenAsync(app, lastEventId);
        Assert.NotNull((await again.NextAsync("registrations")).Event);
    }

    [Fact]
    public async Task A_newer_stream_ends_the_older()
    {
        var app = await fixture.NewAccountAsync();
        using var older = await SseReader.OpenAsync(app);
        using var newer = await SseReader.OpenAsync(app);
        await older.EndsAsync();
        await using var device = await fixture.RegisterAsync();
        Assert.NotNull((await newer.NextAsync("registrations")).Event);
    }

    [Fact]
    public async Task Deleting_the_channel_ends_the_stream_and_another_type_may_follow()
    {
        var app = await fixture.NewAccountAsync();
        using var stream = await SseReader.OpenAsync(app);
        using var poll = await app.Client.GetAsync("/v2/notification/pull", TestContext.Current.CancellationToken);
        Assert.Contains(Stream, (await poll.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Delete, Stream));
        await stream.EndsAsync();
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Delete, Stream));
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Get, "/v2/notification/pull?noWait=true"));
        using var refused = await app.Client.GetAsync(Stream, TestContext.Current.CancellationToken);
        await refused.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
    }

    [Fact]
    public async Task Options_say_how_events_are_written()
    {
        var app = await fixture.NewAccountAsync();
        const string Options = "{\"serialization\":{\"type\":\"v2\",\"cfg\":{\"include_uid\":true,\"deregistrations_as_object\":true}}}";
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Put, Stream, new StringContent(Options, Encoding.UTF8, "application/json")));
        using var stream = await SseReader.OpenAsync(app);
        await using var device = await fixture.RegisterAsync();
        Assert.Equal(28, (await stream.NextAsync("registrations")).Event.Text("uid").Length);
        await device.DeregisterAsync();
        Assert.Equal(await app.FindAsync(device.Name), (await stream.NextAsync("de-registrations")).Event.Text("ep"));
        using var wrong = await app.Client.SendAsync(HttpMethod.Put, Stream, "{\"serialization\":{\"type\":\"v1\"}}");
        await wrong.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
    }

    [Fact]
    public async Task Without_a_key_there_is_no_stream()
    {
        using var response = await fixture.Server.Anonymous.GetAsync(Stream, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_silent_stream_has_a_heartbeat_and_what_was_written_is_done_with_after_20_minutes()
    {
        using var channel = new LocalChannel(new ChannelSettings(ChannelType.EventStream));
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        var written = new GrowingStream();
        context.Response.Body = written;
        using var ended = new CancellationTokenSource();
        using var stream = new Server.Features.Notifications.Streams.EventStream(channel.Live, context.Response, channel.Time, ended.Token);
        channel.Add(2);
        var running = stream.RunAsync(null);
        await DeviceServerFixture.UntilAsync(() => written.Text.Contains("\ndata: {\"notifications\":[", StringComparison.Ordinal));
        Assert.StartsWith("retry: 2000\n\nid: ", written.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(":\n\n", written.Text, StringComparison.Ordinal);
        var start = channel.Time.GetUtcNow();
        await DeviceServerFixture.UntilAsync(() => channel.Live.Queue.Count == 0 || Tick(channel, written));
        Assert.True(channel.Time.GetUtcNow() - start >= TimeSpan.FromMinutes(20));
        Assert.Contains("\n\n:\n\n", written.Text, StringComparison.Ordinal);
        await ended.CancelAsync();
        await running;
    }

    private static bool Tick(LocalChannel channel, GrowingStream written)
    {
        // Not beyond what has been kept for less than 20 minutes while nothing is asserted.
        Assert.NotEmpty(written.Text);
        channel.Time.Advance(TimeSpan.FromSeconds(5));
        return false;
    }
}
