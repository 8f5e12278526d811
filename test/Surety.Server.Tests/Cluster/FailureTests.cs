using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Connect;
using Surety.Server.Features.Notifications;
using Surety.Server.Hosting;
using Surety.Server.Tests.Connect;
using Surety.Server.Tests.Notifications;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Cluster;

/// <summary>A node that is killed, and Redis that is away.</summary>
public sealed partial class FailureTests(PostgresCluster postgres, RedisServer redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_Redis_devices_and_channels_of_a_node_go_on_and_all_is_well_when_it_is_back()
    {
        await using var mortal = new RedisServer();
        await using var cluster = await ClusterBench.StartAsync(postgres, mortal, 2);
        Application here = cluster.At(0), there = cluster.At(1);
        await here.RestAsync("registrations");
        await using var device = await cluster.RegisterAsync(0);
        var id = await there.FindAsync(device.Name);
        await SubscriptionTests.SubscribeAsync(here, id, "3303/0/5700");
        var made = await cluster[0].Admin.PostAsync("/v3/api-keys", "{\"name\":\"short-lived\"}");
        using var application = cluster[0].Client(made.Text("key"));
        await application.GetOkAsync("/v3/devices");

        await using var outcast = await cluster.RegisterAsync(0);
        var victim = await there.FindAsync(outcast.Name);

        await mortal.KillAsync();
        await device.NotifyAsync("/3303/0/5700", "alone");
        Assert.Equal("alone", Application.Decode(await here.NextAsync("notifications")));
        await using var newcomer = await cluster.RegisterAsync(0);
        Assert.Equal(newcomer.Name, (await here.NextAsync("registrations", told => told.Text("original-ep") == newcomer.Name)).Text("original-ep"));
        await there.Client.GetErrorAsync($"/v2/endpoints/{id}", HttpStatusCode.ServiceUnavailable, "system_unavailable");
        // Committed, and the other node cannot hear of it.
        using var suspended = await there.Client.SendAsync(HttpMethod.Post, $"/v3/devices/{victim}/suspend", "{\"category\":\"maintenance\"}");
        Assert.True(suspended.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.NoContent, await there.StatusAsync(HttpMethod.Delete, $"/v3/api-keys/{made.Text("id")}"));

        await mortal.StartAsync();
        await DeviceServerFixture.UntilAsync(async () => await there.StatusAsync(HttpMethod.Get, $"/v2/endpoints/{id}") == HttpStatusCode.OK);
        await DeviceServerFixture.UntilAsync(async () => await there.StatusAsync(HttpMethod.Get, $"/v2/endpoints/{await there.FindAsync(newcomer.Name)}") == HttpStatusCode.OK);
        await DeviceServerFixture.UntilAsync(async () => (await application.GetAsync("/v3/devices", Token)).StatusCode == HttpStatusCode.Unauthorized);
        await DeviceServerFixture.UntilAsync(() => !cluster.IsRegistered(0, victim));
        await device.NotifyAsync("/3303/0/5700", "together");
        Assert.Equal("together", Application.Decode(await here.NextAsync("notifications")));
        Assert.False(cluster[0].Service<ClusterNode>().HasLostLease);
    }

    [Fact]
    public async Task Devices_of_a_node_that_was_killed_register_at_another_and_their_requests_follow_when_it_is_back()
    {
        await using var cluster = await ClusterBench.StartAsync(postgres, redis, 1);
        var directory = cluster.NewDirectory();
        int port;
        string id;
        using (var process = Start(directory, cluster.Arguments))
        {
            (var rest, port) = await AddressesAsync(process);
            using var client = new HttpClient { BaseAddress = rest };
            client.DefaultRequestHeaders.Authorization = new("Bearer", cluster[0].AdminKey);
            var app = new Application(client);
            await using var first = await new ScriptedDevice(port, "sleeper").RegisterAsync("&Q");
            id = await app.FindAsync("sleeper");
            first.Answer = _ => null;
            await app.PostAsync(id, "kept", "PUT", "/3303/0/5750", "x"u8.ToArray(), "text/plain");
            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        await using var again = await cluster.RegisterAsync(0, "sleeper", "&Q");
        await cluster.At(0).Client.GetOkAsync($"/v2/endpoints/{id}");
        Assert.Empty(again.Calls);

        await using var back = await TestServer.StartInAsync(directory, cluster.Arguments);
        Assert.Equal(200, (int)(await cluster.At(0).OutcomeAsync("kept"))["status"]!);
        Assert.Equal("x", Assert.Single(again.Calls).Text);
        Assert.Equal(0, back.Service<DeviceGateway>().Server.Registrations.Count);
        Assert.Equal("registered", (await cluster.At(0).Client.GetOkAsync($"/v3/devices/{id}")).Text("state"));
    }

    [Fact]
    public async Task A_node_that_starts_again_has_its_devices_and_while_it_is_gone_the_others_answer_503_or_serve_them()
    {
        await using var cluster = await ClusterBench.StartAsync(postgres, redis, 2);
        await using var device = await cluster.RegisterAsync(0);
        await cluster.UntilFoundAsync(1, device.Name, 0);
        var id = await cluster.At(1).FindAsync(device.Name);
        await cluster[0].RestartAsync();
        await cluster.At(1).Client.GetOkAsync($"/v2/endpoints/{id}");
        // Nor does a restart of the other take its state for lost.
        await cluster[1].RestartAsync();
        Assert.Equal("registered", (await cluster.At(1).Client.GetOkAsync($"/v3/devices/{id}")).Text("state"));

        await cluster[0].StopAsync();
        await cluster.At(1).Client.GetErrorAsync($"/v2/endpoints/{id}", HttpStatusCode.ServiceUnavailable, "system_unavailable");
        await using var again = await cluster.RegisterAsync(1, device.Name);
        await cluster.At(1).Client.GetOkAsync($"/v2/endpoints/{id}");
    }

    [Fact]
    public async Task A_webhook_whose_node_is_gone_is_called_by_another_and_what_waited_there_comes_when_it_is_back()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var cluster = await ClusterBench.StartAsync(postgres, redis, 2);
        var status = await cluster.At(1).StatusAsync(
            HttpMethod.Put, "/v2/notification/callback", new StringContent($"{{\"url\":\"{receiver.Url}\"}}", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.NoContent, status);
        await DeviceServerFixture.UntilAsync(() => cluster[0].Service<NotificationHub>().Channels.Any());
        receiver.Status = () => 500;
        await using var first = await cluster.RegisterAsync(1);
        await DeviceServerFixture.UntilAsync(() => receiver.Requests.Count > 1);

        await cluster[1].StopAsync();
        receiver.Status = () => 204;
        await using var second = await cluster.RegisterAsync(0);
        await DeviceServerFixture.UntilAsync(() => receiver.Events("registrations").Any());
        Assert.Equal([second.Name], receiver.Events("registrations").Select(told => told.Text("original-ep")));

        await cluster[1].RestartAsync();
        await DeviceServerFixture.UntilAsync(() => receiver.Events("registrations").Count() >= 2);
        Assert.Equal([second.Name, first.Name], receiver.Events("registrations").Select(told => told.Text("original-ep")));
    }

    [Fact]
    public async Task A_Kafka_channel_whose_node_is_gone_and_that_Redis_has_lost_is_delivered_by_another_node()
    {
        using var kafka = new KafkaCluster();
        await using var mortal = new RedisServer();
        await using var cluster = await ClusterBench.StartAsync(postgres, mortal, 2, "--Surety:Notifications:KafkaServers=*");
        var status = await cluster.At(1).StatusAsync(HttpMethod.Put, "/v3/events/kafka", new StringContent(
            $$"""{"servers":"{{kafka.Servers}}","topic":"orphans","security":"plaintext"}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.NoContent, status);
        await cluster[1].StopAsync();
        await mortal.KillAsync();
        await mortal.StartAsync();
        // It learns of the channel from the database alone.
        await cluster[0].RestartAsync();
        await DeviceServerFixture.UntilAsync(() => cluster[0].Service<NotificationHub>().Channels.Any(channel => channel is { IsHeld: true, Settings.Type: ChannelType.Kafka }));
        await using var device = await cluster.RegisterAsync(0);
        Assert.Equal(device.Name, kafka.Read("orphans", 1)[0].Value["registrations"]![0]!.Text("original-ep"));
    }

    private static Process Start(string directory, string[] arguments) => Process.Start(new ProcessStartInfo("dotnet",
    [
        typeof(SuretyHost).Assembly.Location, "--Urls=http://127.0.0.1:0", $"--Surety:DataDirectory={directory}", "--Surety:Lwm2m:Coaps=none",
        "--Surety:Lwm2m:CoapsTcp=none", "--Surety:Bootstrap:Coaps=none", "--Surety:Bootstrap:CoapsTcp=none", .. arguments,
    ])
    {
        RedirectStandardOutput = true,
        WorkingDirectory = Path.GetTempPath(),
    })!;

    private static async Task<(Uri Address, int CoapPort)> AddressesAsync(Process process)
    {
        var port = 0;
        while (await process.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            if (CoapPattern().Match(line) is { Success: true } coap)
                port = int.Parse(coap.Groups[1].ValueSpan, null);
            if (line.Contains("REST API", StringComparison.Ordinal))
                return (new Uri(RestPattern().Match(line).Value), port);
        }

        throw new InvalidOperationException("The node ended before it said where it listens.");
    }

    [GeneratedRegex(@"http://[0-9.]+:\d+")]
    private static partial Regex RestPattern();

    [GeneratedRegex(@"coap://[0-9.]+:(\d+)")]
    private static partial Regex CoapPattern();
}
