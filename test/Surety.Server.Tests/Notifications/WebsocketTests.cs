using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Notifications;

/// <summary>Events on a websocket. (Pelion Connect, "Channels", websocket; RFC 6455.)</summary>
public sealed class WebsocketTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    private const string Channel = "/v2/notification/websocket";
    private const string Connect = "/v2/notification/websocket-connect";

    [Fact]
    public async Task The_channel_is_made_once_shown_and_deleted()
    {
        var app = await fixture.NewAccountAsync();
        await app.Client.GetErrorAsync(Channel, HttpStatusCode.NotFound, "not_found");
        var made = await app.Client.PutAsync(Channel, "{\"serialization\":{\"type\":\"v2\",\"max_chunk_size\":200}}", HttpStatusCode.Created);
        Assert.Equal("disconnected", made.Text("status"));
        Assert.Equal(0, (int)made["queue_size"]!);
        Assert.Equal(200, (int)made["serialization"]!["max_chunk_size"]!);
        // Without a body, as the SDKs do it; and what is there stays as it is.
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync(HttpMethod.Put, Channel));
        Assert.Equal(200, (int)(await app.Client.GetOkAsync(Channel))["serialization"]!["max_chunk_size"]!);
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Delete, Channel));
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Delete, Channel));
    }

    [Theory]
    [InlineData("{\"serialization\":7}", "serialization")]
    [InlineData("{\"serialization\":{\"type\":\"v3\"}}", "v2")]
    [InlineData("{\"serialization\":{\"type\":\"v2\",\"max_chunk_size\":10001}}", "max_chunk_size")]
    [InlineData("{", "JSON")]
    public async Task Options_that_are_wrong_are_refused(string body, string says)
    {
        var app = await fixture.NewAccountAsync();
        using var response = await app.Client.SendAsync(HttpMethod.Put, Channel, body);
        Assert.Contains(says, (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wss, pelion_{0}")]
    [InlineData("pelion_{0}, wss")]
    [InlineData("pelion_{0}")]
    public async Task A_key_in_the_subprotocol_opens_it_and_wss_is_answered(string protocols)
    {
        var app = await fixture.NewAccountAsync();
        await app.Client.PutAsync(Channel, "{}", HttpStatusCode.Created);
        using var socket = new ClientWebSocket();
        foreach (var protocol in protocols.Split(", "))
            socket.Options.AddSubProtocol(string.Format(null, protocol, app.Client.DefaultRequestHeaders.Authorization!.Parameter));
        if (protocols.Contains("wss", StringComparison.Ordinal))
        {
            await socket.ConnectAsync(Address, TestContext.Current.CancellationToken);
            Assert.Equal("wss", socket.SubProtocol);
            await ShowsAsync(app, channel => channel.Text("status") == "connected");
            return;
        }

        // The answer names no subprotocol that was not offered; this client wants one, browsers too.
        await socket.ConnectAsync(Address, TestContext.Current.CancellationToken);
        Assert.Null(socket.SubProtocol);
    }

    [Fact]
    public async Task What_waits_comes_first_and_then_each_event_as_it_happens()
    {
        var app = await fixture.NewAccountAsync();
        await app.Client.PutAsync(Channel, "{}", HttpStatusCode.Created);
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        await app.PostAsync(id, "before", "GET", "/3303/0/5700");
        await ShowsAsync(app, channel => (int)channel["queue_size"]! == 2);

        using var socket = await OpenAsync(app);
        var first = await ReceiveAsync(socket);
        Assert.Equal(id, first["registrations"]![0]!.Text("ep"));
        Assert.Equal("before", first["async-responses"]![0]!.Text("id"));
        await app.PostAsync(id, "after", "GET", "/3303/0/5700");
        Assert.Equal("after", (await ReceiveAsync(socket))["async-responses"]![0]!.Text("id"));
        // The pong behind what was received confirms it.
        var next = socket.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken);
        await ShowsAsync(app, channel => (int)channel["queue_size"]! == 0);
        await app.StatusAsync(HttpMethod.Delete, Channel);
        Assert.Equal(WebSocketMessageType.Close, (await next).MessageType);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task What_a_lost_socket_did_not_confirm_comes_again_on_the_next()
    {
        var app = await fixture.NewAccountAsync();
        await app.Client.PutAsync(Channel, "{}", HttpStatusCode.Created);
        await using var device = await fixture.RegisterAsync();
        using (var raw = await RawSocket.OpenAsync(fixture.Server.Address, Handshake(app)))
        {
            // Takes the frame, and never answers the ping behind it.
            Assert.Contains("registrations", await raw.ReadTextFrameAsync(), StringComparison.Ordinal);
        }

        using var socket = await OpenAsync(app);
        Assert.Equal(await app.FindAsync(device.Name), (await ReceiveAsync(socket))["registrations"]![0]!.Text("ep"));
    }

    [Fact]
    public async Task A_newer_socket_takes_the_place_of_the_older()
    {
        var app = await fixture.NewAccountAsync();
        await app.Client.PutAsync(Channel, "{}", HttpStatusCode.Created);
        using var first = await OpenAsync(app);
        using var second = await OpenAsync(app);
        await first.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, first.CloseStatus);
        await using var device = await fixture.RegisterAsync();
        Assert.NotNull((await ReceiveAsync(second))["registrations"]);
    }

    [Fact]
    public async Task Without_a_channel_the_socket_is_closed_with_1011()
    {
        var app = await fixture.NewAccountAsync();
        using var socket = await OpenAsync(app);
        await socket.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketCloseStatus.InternalServerError, socket.CloseStatus);
    }

    [Fact]
    public async Task A_key_that_is_deleted_closes_the_socket_with_1008()
    {
        var app = await fixture.NewAccountAsync();
        var key = await app.Client.PostAsync("/v3/api-keys", "{\"name\":\"short\"}");
        var other = new Application(fixture.Server.Client(key.Text("key")));
        await other.Client.PutAsync(Channel, "{}", HttpStatusCode.Created);
        using var socket = await OpenAsync(other);
        await app.StatusAsync(HttpMethod.Delete, $"/v3/api-keys/{key.Text("id")}");
        await socket.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, socket.CloseStatus);
    }

    [Fact]
    public async Task A_server_that_stops_closes_the_socket_with_1012_and_keeps_the_channel()
    {
        await using var server = await TestServer.StartAsync();
        var app = new Application(server.Admin);
        await app.Client.PutAsync(Channel, "{}", HttpStatusCode.Created);
        using var socket = await OpenAsync(app);
        var closing = socket.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken);
        await server.RestartAsync();
        await closing;
        Assert.Equal(1012, (int)socket.CloseStatus!);
        Assert.Equal("disconnected", (await server.Admin.GetOkAsync(Channel)).Text("status"));
    }

    [Fact]
    public async Task Without_the_headers_of_an_upgrade_it_is_a_426()
    {
        var app = await fixture.NewAccountAsync();
        using var response = await app.Client.GetAsync(Connect, TestContext.Current.CancellationToken);
        await response.ReadErrorAsync(HttpStatusCode.UpgradeRequired, "validation_error");
        Assert.Equal("websocket", response.Headers.Upgrade.Single().Name);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", 426)]
    [InlineData("Sec-WebSocket-Version: 13", "X: 1", 400)]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: short", 400)]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "X: 1", 400)]
    [InlineData("Authorization: Bearer ", "X: ", 401)]
    [InlineData("Authorization: Bearer ", "Authorization: Bearer x", 401)]
    [InlineData("Authorization: Bearer ", "Sec-WebSocket-Protocol: wss, pelion_x", 401)]
    public async Task A_handshake_that_is_wrong_is_answered_with_the_error_object(string header, string instead, int status)
    {
        var app = await fixture.NewAccountAsync();
        using var raw = await RawSocket.OpenAsync(fixture.Server.Address, Handshake(app).Replace(header, instead, StringComparison.Ordinal));
        Assert.StartsWith($"HTTP/1.1 {status} ", raw.Answer, StringComparison.Ordinal);
        Assert.Contains("application/json", raw.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_handshake_is_that_of_RFC_6455()
    {
        var app = await fixture.NewAccountAsync();
        using var raw = await RawSocket.OpenAsync(fixture.Server.Address, Handshake(app));
        Assert.StartsWith("HTTP/1.1 101 ", raw.Answer, StringComparison.Ordinal);
        // RFC 6455, 1.3: the answer to the sample nonce.
        Assert.Contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", raw.Answer, StringComparison.Ordinal);
    }

    public static TheoryData<string, int> BrokenFrames => new()
    {
        { "8100", 1002 },
        { "C18000000000", 1002 },
        { "89FE007E00000000", 1002 },
        { "098000000000", 1002 },
        { "808000000000", 1002 },
        { "838000000000", 1002 },
        { "82FFFFFFFFFFFFFFFFFF00000000", 1002 },
    };

    [Theory]
    [MemberData(nameof(BrokenFrames))]
    public async Task A_frame_that_breaks_the_protocol_closes_the_socket(string frame, int code)
    {
        var app = await fixture.NewAccountAsync();
        await app.Client.PutAsync(Channel, "{}", HttpStatusCode.Created);
        using var raw = await RawSocket.OpenAsync(fixture.Server.Address, Handshake(app));
        await raw.SendAsync(Convert.FromHexString(frame));
        Assert.Equal(code, await raw.ReadCloseAsync());
    }

    [Fact]
    public async Task Whatever_a_client_sends_is_passed_over_and_pings_are_answered()
    {
        var app = await fixture.NewAccountAsync();
        await app.Client.PutAsync(Channel, "{}", HttpStatusCode.Created);
        using var socket = await OpenAsync(app);
        await socket.SendAsync(new byte[4 * 1024 * 1024], WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        await using var device = await fixture.RegisterAsync();
        Assert.NotNull((await ReceiveAsync(socket))["registrations"]);

        using var raw = await RawSocket.OpenAsync(fixture.Server.Address, Handshake(app));
        await raw.SendAsync(Convert.FromHexString("898500000000" + "68656C6C6F"));
        Assert.Equal("hello", await raw.ReadPongAsync());
    }

    private Uri Address => new UriBuilder(fixture.Server.Address) { Scheme = "ws", Path = Connect }.Uri;

    private static string Handshake(Application app) => $"""
        GET {Connect} HTTP/1.1
        Host: localhost
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Authorization: Bearer {app.Client.DefaultRequestHeaders.Authorization!.Parameter}


        """.ReplaceLineEndings("\r\n");

    private static async Task ShowsAsync(Application app, Func<JsonNode, bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition(await app.Client.GetOkAsync(Channel)))
            await Task.Delay(5, patience.Token);
    }

    private static async Task<ClientWebSocket> OpenAsync(Application app)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", app.Client.DefaultRequestHeaders.Authorization!.ToString());
        await socket.ConnectAsync(new UriBuilder(app.Client.BaseAddress!) { Scheme = "ws", Path = Connect }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<JsonNode> ReceiveAsync(ClientWebSocket socket)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var text = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, patience.Token);
            Assert.Equal(WebSocketMessageType.Text, part.MessageType);
            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return JsonNode.Parse(text.ToArray())!;
        }
    }
}
