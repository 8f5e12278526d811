using System.Net;
using System.Text;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Notifications;

/// <summary>An application has one channel of one type; others are of no concern to it.</summary>
public sealed class ChannelTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    private const string Callback = "/v2/notification/callback";
    private const string Websocket = "/v2/notification/websocket";
    private const string Pull = "/v2/notification/pull";

    [Fact]
    public async Task Another_type_must_be_deleted_first()
    {
        var app = await fixture.NewAccountAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        StringContent Hook() => new($"{{\"url\":\"{receiver.Url}\"}}", Encoding.UTF8, "application/json");

        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Put, Callback, Hook()));
        await RefusedAsync(app, HttpMethod.Get, Pull, "callback");
        await RefusedAsync(app, HttpMethod.Put, Websocket, "callback");
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Delete, Websocket));
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Delete, Callback));

        Assert.Equal(HttpStatusCode.Created, await app.StatusAsync(HttpMethod.Put, Websocket));
        await RefusedAsync(app, HttpMethod.Get, Pull, "websocket");
        Assert.Equal(HttpStatusCode.BadRequest, await app.StatusAsync(HttpMethod.Put, Callback, Hook()));
        Assert.Equal("WEB_SOCKET", (await app.Client.GetOkAsync("/v2/notification/channel")).Text("delivery_mechanism"));
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Delete, Websocket));

        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Get, $"{Pull}?noWait=true"));
        Assert.Equal(HttpStatusCode.BadRequest, await app.StatusAsync(HttpMethod.Put, Callback, Hook()));
        await RefusedAsync(app, HttpMethod.Put, Websocket, "pull");
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync(HttpMethod.Delete, Pull));
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Put, Callback, Hook()));
    }

    [Fact]
    public async Task What_was_asked_before_there_was_a_channel_comes_by_the_one_that_is_set_up()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        await app.PostAsync(await app.FindAsync(device.Name), "early", "GET", "/3303/0/5700");
        await DeviceServerFixture.UntilAsync(() => !device.Calls.IsEmpty);
        await using var receiver = await WebhookReceiver.StartAsync();
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Put, Callback, new StringContent($"{{\"url\":\"{receiver.Url}\"}}", Encoding.UTF8, "application/json")));
        await DeviceServerFixture.UntilAsync(() => receiver.Events("async-responses").Any(item => item.Text("id") == "early"));
    }

    [Fact]
    public async Task Channels_of_two_applications_do_not_touch_each_other()
    {
        var app = await fixture.NewAccountAsync();
        var other = await fixture.NewApplicationAsync(app);
        await using var receiver = await WebhookReceiver.StartAsync();
        await app.StatusAsync(HttpMethod.Put, Callback, new StringContent($"{{\"url\":\"{receiver.Url}\"}}", Encoding.UTF8, "application/json"));
        await other.RestAsync("registrations");
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        Assert.Equal(id, (await other.NextAsync("registrations")).Text("ep"));
        await DeviceServerFixture.UntilAsync(() => receiver.Events("registrations").Any());
        Assert.Equal(HttpStatusCode.NotFound, await other.StatusAsync(HttpMethod.Get, Callback));
        Assert.Equal(HttpStatusCode.NotFound, await other.StatusAsync(HttpMethod.Delete, Callback));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync(HttpMethod.Get, Callback));
    }

    [Fact]
    public async Task The_channel_goes_with_its_key()
    {
        var app = await fixture.NewAccountAsync();
        var key = await app.Client.PostAsync("/v3/api-keys", "{\"name\":\"short\"}");
        var other = new Application(fixture.Server.Client(key.Text("key")));
        var hub = fixture.Server.Service<Surety.Server.Features.Notifications.NotificationHub>();
        await using var receiver = await WebhookReceiver.StartAsync();
        await other.StatusAsync(HttpMethod.Put, Callback, new StringContent($"{{\"url\":\"{receiver.Url}\"}}", Encoding.UTF8, "application/json"));
        Assert.Contains(hub.Channels, channel => channel.Application.ToString() == key.Text("id"));
        await app.StatusAsync(HttpMethod.Delete, $"/v3/api-keys/{key.Text("id")}");
        await DeviceServerFixture.UntilAsync(() => !hub.Channels.Any(channel => channel.Application.ToString() == key.Text("id")));
    }

    private static async Task RefusedAsync(Application app, HttpMethod method, string path, string delete)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains($"DELETE /v2/notification/{delete}", (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
    }
}
