using System.Net;
using System.Text;
using Surety.Server.Features.Notifications;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Notifications;

/// <summary>Events as messages of Kafka; the cluster is the one that librdkafka brings for tests.</summary>
public sealed class KafkaTests(KafkaTests.Servers fixture) : IClassFixture<KafkaTests.Servers>
{
    private const string Channel = "/v3/events/kafka";

    [Fact]
    public async Task Each_event_is_a_message_with_the_device_as_key()
    {
        using var cluster = new KafkaCluster();
        var app = await fixture.Devices.NewAccountAsync();
        Assert.Equal(HttpStatusCode.NoContent, await RegisterAsync(app, cluster.Servers, "devices"));
        await using var device = await fixture.Devices.RegisterAsync("&et=meter");
        var id = await app.FindAsync(device.Name);
        await app.PostAsync(id, "to-kafka", "GET", "/3303/0/5700");
        var messages = cluster.Read("devices", 2);
        var registration = messages.Single(message => message.Value["registrations"] is not null);
        Assert.Equal(id, registration.Key);
        Assert.Equal("meter", registration.Value["registrations"]![0]!.Text("ept"));
        Assert.Equal(["registrations"], registration.Value.AsObject().Select(member => member.Key));
        var answer = messages.Single(message => message.Value["async-responses"] is not null);
        Assert.Equal("to-kafka", answer.Key);
        Assert.Equal("21.5", Application.Decode(answer.Value["async-responses"]![0]!));
        // What the cluster has acknowledged does not wait here any more.
        var channels = fixture.Devices.Server.Service<NotificationHub>().Channels;
        await DeviceServerFixture.UntilAsync(() => channels.Where(channel => channel.Settings.Kafka?.Servers == cluster.Servers).All(channel => channel.Queue.Count == 0));
    }

    [Fact]
    public async Task A_devices_values_stay_in_order()
    {
        using var cluster = new KafkaCluster();
        var app = await fixture.Devices.NewAccountAsync();
        await RegisterAsync(app, cluster.Servers, "ordered");
        await using var device = await fixture.Devices.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        await app.StatusAsync(HttpMethod.Put, $"/v2/subscriptions/{id}/3303/0/5700");
        await DeviceServerFixture.UntilAsync(() => device.Calls.Any(call => call.Method == Surety.Coap.CoapCode.Get));
        for (var i = 0; i < 50; i++)
            await device.NotifyAsync("/3303/0/5700", ScriptedDevice.Text($"{i}"));
        var values = cluster.Read("ordered", 52).Where(message => message.Value["notifications"] is not null).ToList();
        Assert.All(values, message => Assert.Equal(id, message.Key));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), values.Select(message => Application.Decode(message.Value["notifications"]![0]!)));
    }

    [Fact]
    public async Task While_the_cluster_is_away_events_wait_and_then_all_of_them_come()
    {
        var app = await fixture.Devices.NewAccountAsync();
        using (var cluster = new KafkaCluster())
            await RegisterAsync(app, cluster.Servers, "lost");
        await using var device = await fixture.Devices.RegisterAsync();
        await device.UpdateAsync();
        var id = await app.FindAsync(device.Name);
        var live = fixture.Devices.Server.Service<NotificationHub>().Channels.Single(channel => channel.Settings.Kafka?.Topic == "lost");
        Assert.Equal(2, live.Queue.Count);
        using var other = new KafkaCluster();
        Assert.Equal(HttpStatusCode.NoContent, await RegisterAsync(app, other.Servers, "found"));
        var messages = other.Read("found", 2);
        Assert.Equal(["registrations", "reg-updates"], messages.Select(message => message.Value.AsObject().Single().Key));
        Assert.All(messages, message => Assert.Equal(id, message.Key));
    }

    [Fact]
    public async Task It_is_kept_over_a_restart_with_its_password_encrypted_and_never_shown()
    {
        using var cluster = new KafkaCluster();
        await using var server = await TestServer.StartAsync("--Surety:Notifications:KafkaServers=*");
        Assert.Equal(HttpStatusCode.NoContent, await RegisterAsync(new Application(server.Admin), cluster.Servers, "kept"));
        await server.RestartAsync();
        var shown = await server.Admin.GetOkAsync(Channel);
        Assert.Equal(cluster.Servers, shown.Text("servers"));
        Assert.Equal("plaintext", shown.Text("security"));
        Assert.Null(shown["password"]);
        Assert.Equal("KAFKA", (await server.Admin.GetOkAsync("/v2/notification/channel")).Text("delivery_mechanism"));
        using var other = await server.Admin.GetAsync("/v2/notification/pull", TestContext.Current.CancellationToken);
        Assert.Contains(Channel, (await other.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await server.Admin.DeleteAsync(Channel, TestContext.Current.CancellationToken)).StatusCode);
        await server.Admin.GetErrorAsync(Channel, HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("{\"topic\":\"t\"}", "servers")]
    [InlineData("{\"servers\":\"h:1\"}", "topic")]
    [InlineData("{\"servers\":\"h\",\"topic\":\"t\"}", "host:port")]
    [InlineData("{\"servers\":\"h:0\",\"topic\":\"t\"}", "host:port")]
    [InlineData("{\"servers\":\"h:65536\",\"topic\":\"t\"}", "host:port")]
    [InlineData("{\"servers\":\"h:1\\nssl.ca.location=/etc/passwd:1\",\"topic\":\"t\"}", "host:port")]
    [InlineData("{\"servers\":\"h:1\",\"topic\":\"a/b\"}", "topic")]
    [InlineData("{\"servers\":\"h:1\",\"topic\":\"..\"}", "topic")]
    [InlineData("{\"servers\":\"h:1\",\"topic\":\"t\",\"security\":\"none\"}", "security")]
    [InlineData("{\"servers\":\"h:1\",\"topic\":\"t\",\"ca\":\"/etc/ssl\"}", "PEM")]
    [InlineData("{\"servers\":\"h:1\",\"topic\":\"t\",\"mechanism\":\"GSSAPI\"}", "SCRAM")]
    [InlineData("{\"servers\":\"h:1\",\"topic\":\"t\",\"username\":\"u\"}", "together")]
    [InlineData("{\"servers\":\"127.0.0.1:1\",\"topic\":\"t\",\"serialization\":{\"type\":\"v1\"}}", "v2")]
    public async Task What_is_wrong_is_said(string body, string says)
    {
        var app = await fixture.Devices.NewAccountAsync();
        using var response = await app.Client.SendAsync(HttpMethod.Put, Channel, body);
        Assert.Contains(says, (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_the_operator_permits_is_connected_to()
    {
        await using var none = await TestServer.StartAsync();
        using var off = await none.Admin.SendAsync(HttpMethod.Put, Channel, "{\"servers\":\"127.0.0.1:9\",\"topic\":\"t\"}");
        Assert.Contains("turned off", (await off.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
        await using var one = await TestServer.StartAsync("--Surety:Notifications:KafkaServers=kafka.example.org:9093");
        using var foreign = await one.Admin.SendAsync(HttpMethod.Put, Channel, "{\"servers\":\"kafka.example.org:9093,127.0.0.1:9\",\"topic\":\"t\"}");
        Assert.Contains("does not permit 127.0.0.1:9", (await foreign.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
    }

    private static Task<HttpStatusCode> RegisterAsync(Application app, string servers, string topic) => app.StatusAsync(
        HttpMethod.Put, Channel, new StringContent($"{{\"servers\":\"{servers}\",\"topic\":\"{topic}\",\"security\":\"plaintext\"}}", Encoding.UTF8, "application/json"));

    public sealed class Servers : IAsyncLifetime
    {
        public DeviceServerFixture Devices { get; } = new() { More = ["--Surety:Notifications:KafkaServers=*"] };

        public ValueTask InitializeAsync() => Devices.InitializeAsync();

        public ValueTask DisposeAsync() => Devices.DisposeAsync();
    }
}
