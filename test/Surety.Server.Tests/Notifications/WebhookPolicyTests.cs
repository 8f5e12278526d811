using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Server.Features.Notifications;
using Surety.Server.Hosting;
using Surety.Server.Hosting.Settings;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Notifications;

/// <summary>Where webhooks may go, and what becomes of one that does not do its part.</summary>
public sealed class WebhookPolicyTests
{
    private const string Callback = "/v2/notification/callback";

    [Fact]
    public async Task Without_the_operators_leave_a_webhook_reaches_nothing_that_is_private()
    {
        await using var server = await TestServer.StartAsync("--Surety:Notifications:AllowPrivateWebhooks=false");
        await using var receiver = await WebhookReceiver.StartAsync();
        var port = new Uri(receiver.Url).Port;
        foreach (var host in (string[])["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0.0.0.0", "[::1]", "169.254.169.254", "10.0.0.1", "[fe80::1]", "[64:ff9b::7f00:1]"])
        {
            using var response = await server.Admin.SendAsync(HttpMethod.Put, Callback, $"{{\"url\":\"http://{host}:{port}/\"}}");
            var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
            Assert.Contains("Surety:Notifications:AllowPrivateWebhooks", error.Text("message"), StringComparison.Ordinal);
        }

        Assert.Empty(receiver.Requests);
    }

    [Theory]
    // The bounds of IANA's registries of special-purpose addresses.
    [InlineData("9.255.255.255", false)]
    [InlineData("10.0.0.0", true)]
    [InlineData("100.63.255.255", false)]
    [InlineData("100.127.255.255", true)]
    [InlineData("126.255.255.255", false)]
    [InlineData("127.255.255.255", true)]
    [InlineData("169.254.0.0", true)]
    [InlineData("172.15.255.255", false)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.0", false)]
    [InlineData("192.168.255.255", true)]
    [InlineData("192.169.0.0", false)]
    [InlineData("198.19.255.255", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("1.1.1.1", false)]
    [InlineData("::", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:192.168.0.1", true)]
    [InlineData("::ffff:1.1.1.1", false)]
    [InlineData("64:ff9b::a00:1", true)]
    [InlineData("64:ff9b::101:101", false)]
    [InlineData("2002:a00:1::", true)]
    [InlineData("2002:101:101::", false)]
    [InlineData("fc00::1", true)]
    [InlineData("fdff::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("ff02::1", true)]
    [InlineData("2606:4700:4700::1111", false)]
    public void Addresses_are_private_or_not(string address, bool isPrivate) => Assert.Equal(isPrivate, WebhookAddresses.IsPrivate(IPAddress.Parse(address)));

    [Fact]
    public async Task A_webhook_that_answers_500_for_an_hour_is_asked_less_and_less_and_then_gets_all_in_order()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = () => 500;
        using var channel = new LocalChannel(SettingsFor(receiver.Url));
        using var client = ClientOf(channel);
        using var delivery = new WebhookDelivery(channel.Live, client, channel.Time, NullLogger.Instance);
        delivery.Begin();
        channel.Add(3);
        var start = channel.Time.GetUtcNow();
        var seen = 0;
        while (channel.Time.GetUtcNow() - start < TimeSpan.FromHours(1))
        {
            await DeviceServerFixture.UntilAsync(() => receiver.Requests.Count > seen || Tick(channel, 5000));
            seen = receiver.Requests.Count;
        }

        // 1, 2, 4 ... 64, and then 120 s less a fifth at the least: not more than 7 and 37 requests, and the first.
        Assert.InRange(receiver.Requests.Count, 8, 46);
        Assert.Empty(receiver.Taken);
        receiver.Status = () => 204;
        channel.Add(1, first: 3);
        await DeviceServerFixture.UntilAsync(() => receiver.Events("notifications").Count() >= 4 || Tick(channel));
        Assert.Equal(["0", "1", "2", "3"], receiver.Events("notifications").Select(Application.Decode).Distinct());
        await DeviceServerFixture.UntilAsync(() => channel.Live.Queue.Count == 0);
        await delivery.StopAsync();
    }

    [Fact]
    public async Task A_webhook_that_hangs_is_left_after_20_s_and_asked_again()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var channel = new LocalChannel(SettingsFor($"http://{silent.LocalEndpoint}/"));
        using var client = ClientOf(channel);
        using var delivery = new WebhookDelivery(channel.Live, client, channel.Time, NullLogger.Instance);
        delivery.Begin();
        channel.Add(1);
        using var first = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var start = channel.Time.GetUtcNow();
        await DeviceServerFixture.UntilAsync(() => silent.Pending() || Tick(channel));
        Assert.True(channel.Time.GetUtcNow() - start >= TimeSpan.FromSeconds(20));
        using var second = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, channel.Live.Queue.Count);
        // Ends at once: what hangs is not waited for beyond five seconds.
        var stopping = delivery.StopAsync();
        await DeviceServerFixture.UntilAsync(() => stopping.IsCompleted || Tick(channel));
        await stopping;
    }

    private static bool Tick(LocalChannel channel, int milliseconds = 500)
    {
        channel.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return false;
    }

    private static ChannelSettings SettingsFor(string url)
    {
        Assert.True(WebhookTarget.TryCreate(url, null, out var target, out _));
        return new ChannelSettings(ChannelType.Webhook, target);
    }

    private static WebhookClient ClientOf(LocalChannel channel)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Surety:Notifications:AllowPrivateWebhooks", "true")]).Build();
        return new WebhookClient(new WebhookAddresses(SuretySettings.Read(configuration), new DemoOptions(false)), channel.Time);
    }
}
