using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Surety.Server.Features.Notifications;
using Surety.Server.Tests.Connect;
using Surety.Server.Tests.Notifications;

namespace Surety.Server.Tests.Cluster;

/// <summary>An application's channel is at one node, the devices are at all of them.</summary>
[Collection(ClusterFixture.Collection)]
public sealed class ChannelTests(ClusterFixture fixture) : IAsyncLifetime
{
    private readonly ClusterBench _cluster = fixture.Bench;
    private EntityId _application;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _cluster.NewAccountAsync();
        _application = (await _cluster.At(0).Client.GetOkAsync("/v3/api-keys/me")).Id("id");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Notifications_of_all_nodes_come_to_one_websocket_each_devices_in_order()
    {
        using var socket = await OpenSocketAsync(2);
        await UntilKnownAsync(3);
        await using var first = await _cluster.RegisterAsync(0);
        await using var second = await _cluster.RegisterAsync(1);
        var app = _cluster.At(2);
        foreach (var name in new[] { first.Name, second.Name })
            await app.Client.PutAsync($"/v2/subscriptions/{await app.FindAsync(name)}/3303/0/5700", "", HttpStatusCode.Accepted);
        var (ids, values) = (new List<string>(), new Dictionary<string, List<string>>());
        await ReceiveUntilAsync(socket, "async-responses", response => ids.Add(response.Text("id")), () => ids.Count == 2);

        for (var i = 0; i < 20; i++)
        {
            await first.NotifyAsync("/3303/0/5700", $"{i}");
            await second.NotifyAsync("/3303/0/5700", $"{i}");
        }

        await ReceiveUntilAsync(
            socket, "notifications", told => (values.TryGetValue(told.Text("ep"), out var list) ? list : values[told.Text("ep")] = []).Add(Application.Decode(told)),
            () => values.Count == 2 && values.Values.All(list => list.Count == 20));
        Assert.All(values.Values, list => Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), list));
    }

    [Fact]
    public async Task A_long_poll_may_go_to_any_node_and_gets_each_event_once()
    {
        await _cluster.At(0).RestAsync("registrations");
        await UntilKnownAsync(3);
        var seen = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            await using var device = await _cluster.RegisterAsync(i % 3);
            var told = await _cluster.At((i + 1) % 3).NextAsync("registrations");
            seen.Add(told.Text("original-ep"));
            Assert.Equal(device.Name, seen[^1]);
        }

        Assert.Equal(6, seen.Distinct().Count());
        for (var i = 0; i < 3; i++)
            Assert.Empty(await _cluster.At(i).RestAsync("registrations"));
    }

    [Fact]
    public async Task An_answer_that_waited_at_the_devices_node_comes_to_the_node_that_is_polled()
    {
        await using var device = await _cluster.RegisterAsync(0);
        // No channel yet: what the device answers waits where it is.
        var id = await _cluster.At(0).FindAsync(device.Name);
        await _cluster.At(0).PostAsync(id, "early", "GET", "/3303/0/5700");
        Assert.Equal("21.5", Application.Decode(await _cluster.At(2).OutcomeAsync("early")));
    }

    [Fact]
    public async Task A_webhook_is_called_once_for_each_event_whichever_node_has_the_device()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        Assert.Equal(HttpStatusCode.NoContent, await SetWebhookAsync(1, receiver));
        await UntilKnownAsync(3);
        // Shown and set anew at any node.
        Assert.Equal(receiver.Url, (await _cluster.At(2).Client.GetOkAsync("/v2/notification/callback")).Text("url"));
        Assert.Equal(HttpStatusCode.NoContent, await SetWebhookAsync(0, receiver));

        var names = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            await using var device = await _cluster.RegisterAsync(i % 3);
            names.Add(device.Name);
        }

        await DeviceServerFixture.UntilAsync(() => receiver.Events("registrations").Count() >= 6);
        Assert.Equal(names.Order(), receiver.Events("registrations").Select(told => told.Text("original-ep")).Order());
        Assert.Single(Enumerable.Range(0, 3), i => _cluster[i].Service<NotificationHub>().Find(_application)!.IsHeld);
    }

    [Fact]
    public async Task A_channel_that_is_deleted_at_one_node_is_gone_from_all()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await SetWebhookAsync(1, receiver);
        await UntilKnownAsync(3);
        Assert.Equal(HttpStatusCode.NoContent, await _cluster.At(2).StatusAsync(HttpMethod.Delete, "/v2/notification/callback"));
        await UntilKnownAsync(0);
        Assert.Equal(HttpStatusCode.NotFound, await _cluster.At(0).StatusAsync(HttpMethod.Get, "/v2/notification/callback"));
        // Its place is free for another kind, at another node.
        using var socket = await OpenSocketAsync(0);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task A_second_websocket_takes_the_place_of_the_first_also_at_another_node()
    {
        using var first = await OpenSocketAsync(0);
        using var second = await OpenSocketAsync(1);
        var closed = await first.ReceiveAsync(new byte[100], Token);
        Assert.Equal(WebSocketMessageType.Close, closed.MessageType);
        Assert.Equal(WebSocketState.Open, second.State);
    }

    private async Task<ClientWebSocket> OpenSocketAsync(int node)
    {
        using var made = await _cluster.At(node).Client.SendAsync(HttpMethod.Put, "/v2/notification/websocket", "{}");
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Token));
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {_cluster.Key}");
        await socket.ConnectAsync(new UriBuilder(_cluster[node].Address) { Scheme = "ws", Path = "/v2/notification/websocket-connect" }.Uri, Token);
        return socket;
    }

    private Task<HttpStatusCode> SetWebhookAsync(int node, WebhookReceiver receiver) => _cluster.At(node).StatusAsync(
        HttpMethod.Put, "/v2/notification/callback", new StringContent($"{{\"url\":\"{receiver.Url}\"}}", System.Text.Encoding.UTF8, "application/json"));

    /// <summary>Nodes learn of a channel within milliseconds, after it was answered.</summary>
    private Task UntilKnownAsync(int nodes) =>
        DeviceServerFixture.UntilAsync(() => Enumerable.Range(0, 3).Count(i => _cluster[i].Service<NotificationHub>().Find(_application) is not null) == nodes);

    private static async Task ReceiveUntilAsync(ClientWebSocket socket, string member, Action<JsonNode> take, Func<bool> isEnough)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var buffer = new byte[1024 * 1024];
        while (!isEnough())
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), patience.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            foreach (var told in JsonNode.Parse(buffer.AsSpan(0, length))![member]?.AsArray() ?? [])
                take(told!);
        }
    }
}
