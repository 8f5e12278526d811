using System.Net;
using System.Net.Sockets;
using Surety.Testing;

namespace Surety.Coap.Tests.Tcp;

public sealed class TcpCoapEndpointTests
{
    private static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    public async Task A_client_gets_an_answer(string address)
    {
        await using var server = TcpCoapEndpoint.Open(new IPEndPoint(IPAddress.Parse(address), 0), new ScriptedHandler());
        await using var client = TcpCoapEndpoint.OpenClient(new CoapClient());
        string host = address == "::" ? "127.0.0.1" : address;
        CoapPeer peer = await client.ConnectAsync(host, server.LocalEndPoint.Port, cancellationToken: Token);
        CoapResponse response = await peer.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token);
        Assert.Equal("hello", response.Text);
        Assert.Equal($"coap+tcp://{new IPEndPoint(IPAddress.Parse(host), server.LocalEndPoint.Port)}", peer.ToString());
        Assert.False(peer.Identity.IsAuthenticated);
    }

    [Fact]
    public async Task A_mebibyte_goes_both_ways()
    {
        var handler = new ScriptedHandler { LargeLength = 1024 * 1024 };
        await using var server = TcpCoapEndpoint.Open(Anywhere, handler);
        // 8 KiB and a bit: BERT with blocks of 8192 bytes towards the client; the server takes the default of 1 MiB.
        await using var client = TcpCoapEndpoint.OpenClient(new CoapClient(), new CoapEndpointOptions { MaxMessageSize = 8192 + 256 });
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, cancellationToken: Token);
        CoapResponse response = await peer.SendAsync(new CoapRequest(CoapCode.Get, "/large"), Token);
        Assert.Equal(ScriptedHandler.Body(1024 * 1024), response.Payload.ToArray());

        byte[] body = ScriptedHandler.Body(1024 * 1024);
        response = await peer.SendAsync(new CoapRequest(CoapCode.Put, "/store") { Payload = body }, Token);
        Assert.Equal("1048576", response.Text);
        Assert.Equal(body, handler.Stored);
        Assert.True(handler.Requests.Count(r => r.EndsWith("/large", StringComparison.Ordinal)) < 5);
    }

    [Fact]
    public async Task The_acceptor_sends_requests_to_the_initiator_on_the_same_connection()
    {
        var serverHandler = new PeerCatcher();
        await using var server = TcpCoapEndpoint.Open(Anywhere, serverHandler);
        await using var client = TcpCoapEndpoint.OpenClient(new ScriptedHandler());
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, cancellationToken: Token);
        await peer.SendAsync(new CoapRequest(CoapCode.Get, "/"), Token);

        CoapPeer device = await serverHandler.Peer.Task.WaitAsync(Token);
        Assert.True(server.IsReachable(device.Key));
        CoapResponse response = await device.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token);
        Assert.Equal("hello", response.Text);
        TimeSpan time = await device.PingAsync(cancellationToken: Token);
        Assert.True(time >= TimeSpan.Zero);
    }

    [Fact]
    public async Task Both_sides_learn_that_a_connection_has_gone()
    {
        var serverHandler = new PeerCatcher();
        await using var server = TcpCoapEndpoint.Open(Anywhere, serverHandler);
        var client = TcpCoapEndpoint.OpenClient(new ScriptedHandler());
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, cancellationToken: Token);
        await peer.SendAsync(new CoapRequest(CoapCode.Get, "/"), Token);
        CoapPeer device = await serverHandler.Peer.Task.WaitAsync(Token);
        await client.DisposeAsync();

        Assert.Equal(device.Key, await serverHandler.Closed.Task.WaitAsync(Token));
        Assert.False(server.IsReachable(device.Key));
        Assert.Null(server.GetRemoteEndPoint(device.Key));
        var failure = await Assert.ThrowsAsync<CoapExchangeException>(() => device.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token));
        Assert.Equal(ExchangeFailure.Unreachable, failure.Failure);
        failure = await Assert.ThrowsAsync<CoapExchangeException>(() => peer.SendAsync(new CoapRequest(CoapCode.Get, "/"), Token));
        Assert.Equal(ExchangeFailure.Closed, failure.Failure);
    }

    [Fact]
    public async Task Keys_of_other_transports_and_unknown_connections_cannot_be_reached()
    {
        await using var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler());
        foreach (PeerKey key in (PeerKey[])[PeerKey.FromConnection(1), PeerKey.FromSession(1), PeerKey.FromAddress(server.LocalEndPoint)])
        {
            Assert.False(server.IsReachable(key));
            var failure = await Assert.ThrowsAsync<CoapExchangeException>(() => new CoapPeer(server, key).SendAsync(new CoapRequest(CoapCode.Get), Token));
            Assert.Equal(ExchangeFailure.Unreachable, failure.Failure);
        }
    }

    [Fact]
    public async Task Numbers_of_connections_do_not_begin_where_those_of_the_last_run_did()
    {
        var catchers = new PeerCatcher[2];
        for (int i = 0; i < 2; i++)
        {
            catchers[i] = new PeerCatcher();
            await using var server = TcpCoapEndpoint.Open(Anywhere, catchers[i]);
            using RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
            await raw.SendAsync(TcpSessionHarness.Get("01", "/"));
            await catchers[i].Peer.Task.WaitAsync(Token);
        }

        Assert.NotEqual((await catchers[0].Peer.Task).Key, (await catchers[1].Peer.Task).Key);
    }

    [Fact]
    public async Task Many_requests_at_once_are_all_answered()
    {
        await using var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler());
        await using var client = TcpCoapEndpoint.OpenClient(new CoapClient(), new CoapEndpointOptions { MaxWaitingPerPeer = 10_000 });
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, cancellationToken: Token);
        CoapResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 5000).Select(_ => peer.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token)));
        Assert.All(responses, r => Assert.Equal("hello", r.Text));
    }

    [Fact]
    public async Task Many_connections_are_served_side_by_side()
    {
        await using var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler());
        await using var client = TcpCoapEndpoint.OpenClient(new CoapClient());
        CoapPeer[] peers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => client.ConnectAsync(server.LocalEndPoint, cancellationToken: Token).AsTask()));
        Assert.Equal(200, server.ConnectionCount);
        Assert.Equal(200, peers.Select(p => p.Key).Distinct().Count());
        CoapResponse[] responses = await Task.WhenAll(peers.Select(peer => peer.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token)));
        Assert.All(responses, r => Assert.Equal("hello", r.Text));
    }

    [Fact]
    public async Task A_pipelined_flood_over_a_bare_socket_is_answered_in_full()
    {
        await using var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler());
        using RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
        Assert.StartsWith("7.01", await raw.ReceiveAsync(), StringComparison.Ordinal);
        byte[] get = TcpSessionHarness.Get("01", "/hello");
        const int Count = 50_000;
        Task sending = raw.SendAsync([.. Enumerable.Repeat(get, Count).SelectMany(b => b)]);
        for (int i = 0; i < Count; i++)
            Assert.Equal("2.05 01 [12:] \"hello\"", await raw.ReceiveAsync());
        await sending;
    }

    [Fact]
    public async Task What_is_asked_right_before_the_end_of_the_stream_is_still_answered()
    {
        await using var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler());
        using RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
        await raw.SendAsync(TcpSessionHarness.Get("01", "/hello"));
        raw.Socket.Shutdown(SocketShutdown.Send);
        Assert.StartsWith("7.01", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("2.05 01 [12:] \"hello\"", await raw.ReceiveAsync());
        Assert.Null(await raw.ReceiveAsync());
    }

    [Fact]
    public async Task After_bad_bytes_the_peer_gets_an_Abort_and_the_end()
    {
        await using var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler());
        using RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint, csm: false);
        await raw.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        Assert.StartsWith("7.01", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.StartsWith("7.05", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Null(await raw.ReceiveAsync());
    }

    [Fact]
    public async Task A_failed_commit_closes_the_connection_without_an_answer()
    {
        var logger = new ListLogger();
        await using var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler { CommitFailure = new IOException("the disk is full") }, logger: logger);
        using RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
        await raw.SendAsync(TcpSessionHarness.Get("01", "/hello"));
        Assert.StartsWith("7.01", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.StartsWith("7.05 \"the server could not store", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Null(await raw.ReceiveAsync());
        Assert.Contains(logger.Lines, line => line.StartsWith("Error 1104", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Closing_releases_all_peers_and_waits_for_them()
    {
        var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler());
        using RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
        Assert.StartsWith("7.01", await raw.ReceiveAsync(), StringComparison.Ordinal);
        await raw.SendAsync([0x00, 0xE2]);
        Assert.Equal("7.03", await raw.ReceiveAsync());

        Task closing = server.DisposeAsync().AsTask();
        Assert.StartsWith("7.04", await raw.ReceiveAsync(), StringComparison.Ordinal);
        // RFC 8323, 5.5: what is outstanding is still answered.
        await raw.SendAsync(TcpSessionHarness.Get("01", "/hello"));
        Assert.Equal("2.05 01 [12:] \"hello\"", await raw.ReceiveAsync());
        Assert.False(closing.IsCompleted);
        raw.Dispose();
        await closing.WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.Equal(0, server.ConnectionCount);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Closing_does_not_wait_for_ever()
    {
        var options = new CoapEndpointOptions { Tcp = new CoapTcpOptions { ReleaseTimeout = TimeSpan.FromMilliseconds(200), LingerTimeout = TimeSpan.FromMilliseconds(100) } };
        var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler(), options);
        using RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
        Assert.StartsWith("7.01", await raw.ReceiveAsync(), StringComparison.Ordinal);
        await raw.SendAsync([0x00, 0xE2]);
        Assert.Equal("7.03", await raw.ReceiveAsync());
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.StartsWith("7.04", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Null(await raw.ReceiveAsync());
    }

    [Fact]
    public async Task Requests_that_wait_when_the_endpoint_closes_fail()
    {
        var options = new CoapEndpointOptions { Tcp = new CoapTcpOptions { ReleaseTimeout = TimeSpan.FromMilliseconds(100) } };
        await using var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler());
        var client = TcpCoapEndpoint.OpenClient(new CoapClient(), options);
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, cancellationToken: Token);
        Task<CoapResponse> waiting = peer.SendAsync(new CoapRequest(CoapCode.Get, "/later"), Token);
        await peer.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token);
        await client.DisposeAsync();
        Assert.Equal(ExchangeFailure.Closed, (await Assert.ThrowsAsync<CoapExchangeException>(() => waiting)).Failure);
    }

    [Fact]
    public async Task A_cancelled_request_ends_and_the_connection_stays()
    {
        var options = new CoapEndpointOptions { Tcp = new CoapTcpOptions { ReleaseTimeout = TimeSpan.FromMilliseconds(100) } };
        await using var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler(), options);
        await using var client = TcpCoapEndpoint.OpenClient(new CoapClient());
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, cancellationToken: Token);
        using var cancellation = new CancellationTokenSource();
        Task<CoapResponse> waiting = peer.SendAsync(new CoapRequest(CoapCode.Get, "/later"), cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal("hello", (await peer.SendAsync(new CoapRequest(CoapCode.Get, "/hello"), Token)).Text);
    }

    [Fact]
    public async Task Nobody_listening_is_said_at_once()
    {
        int port;
        using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            socket.Bind(Anywhere);
            port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        }

        await using var client = TcpCoapEndpoint.OpenClient(new CoapClient());
        var failure = await Assert.ThrowsAsync<CoapExchangeException>(() => client.ConnectAsync("127.0.0.1", port, cancellationToken: Token).AsTask());
        Assert.Equal(ExchangeFailure.Unreachable, failure.Failure);
        Assert.Contains($"Cannot connect to 127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, client.ConnectionCount);
    }

    [Fact]
    public async Task A_server_that_never_sends_its_CSM_is_given_up()
    {
        var time = new ManualTime();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(Anywhere);
        listener.Listen();
        await using var client = TcpCoapEndpoint.OpenClient(new CoapClient(), time: time);
        Task<CoapPeer> connecting = client.ConnectAsync((IPEndPoint)listener.LocalEndPoint!, cancellationToken: Token).AsTask();
        using var raw = new RawTcpPeer(await listener.AcceptAsync(Token));
        Assert.StartsWith("7.01", await raw.ReceiveAsync(), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.StartsWith("7.05", await raw.ReceiveAsync(), StringComparison.Ordinal);
        raw.Dispose();
        var failure = await Assert.ThrowsAsync<CoapExchangeException>(() => connecting);
        Assert.Contains("no CSM came in time", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_is_quoted()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(Anywhere);
        listener.Listen();
        await using var client = TcpCoapEndpoint.OpenClient(new CoapClient());
        Task<CoapPeer> connecting = client.ConnectAsync((IPEndPoint)listener.LocalEndPoint!, cancellationToken: Token).AsTask();
        using var raw = new RawTcpPeer(await listener.AcceptAsync(Token));
        await raw.SendAsync([0x00, 0xE1, .. TcpSessionHarness.Message(CoapCode.Abort, "", payload: "full, come back tomorrow"u8)]);
        var failure = await Assert.ThrowsAsync<CoapExchangeException>(() => connecting);
        Assert.Contains("full, come back tomorrow", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_attempt_can_be_given_up()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(Anywhere);
        listener.Listen();
        await using var client = TcpCoapEndpoint.OpenClient(new CoapClient());
        using var cancellation = new CancellationTokenSource();
        Task<CoapPeer> connecting = client.ConnectAsync((IPEndPoint)listener.LocalEndPoint!, cancellationToken: cancellation.Token).AsTask();
        using var raw = new RawTcpPeer(await listener.AcceptAsync(Token));
        Assert.StartsWith("7.01", await raw.ReceiveAsync(), StringComparison.Ordinal);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.StartsWith("7.05", await raw.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_and_Abort_reach_the_peer()
    {
        var serverHandler = new PeerCatcher();
        await using var server = TcpCoapEndpoint.Open(Anywhere, serverHandler);
        var clientHandler = new ScriptedHandler();
        await using var client = TcpCoapEndpoint.OpenClient(clientHandler);
        CoapPeer peer = await client.ConnectAsync(server.LocalEndPoint, cancellationToken: Token);
        await peer.SendAsync(new CoapRequest(CoapCode.Get, "/"), Token);
        CoapPeer device = await serverHandler.Peer.Task.WaitAsync(Token);
        server.Release(device.Key, new ConnectionRelease { AlternativeAddresses = ["other.example:5683"], HoldOff = TimeSpan.FromSeconds(30) });
        await serverHandler.Closed.Task.WaitAsync(Token);
        ConnectionRelease release = Assert.Single(clientHandler.Releases);
        Assert.Equal(["other.example:5683"], release.AlternativeAddresses);
        Assert.Equal(TimeSpan.FromSeconds(30), release.HoldOff);

        using RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
        var next = new PeerCatcher();
        serverHandler.Next = next;
        await raw.SendAsync(TcpSessionHarness.Get("01", "/"));
        server.Abort((await next.Peer.Task.WaitAsync(Token)).Key, "the device was deleted");
        Assert.StartsWith("7.01", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.StartsWith("2.05", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("7.05 \"the device was deleted\"", await raw.ReceiveAsync());
        Assert.Null(await raw.ReceiveAsync());
    }

    /// <summary>Answers everything, and remembers who came first and who left.</summary>
    private sealed class PeerCatcher : ICoapHandler
    {
        public TaskCompletionSource<CoapPeer> Peer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<PeerKey> Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public PeerCatcher? Next { get; set; }

        public void OnRequest(ref IncomingRequest request)
        {
            if (!Peer.TrySetResult(request.Peer))
                Next?.Peer.TrySetResult(request.Peer);
            request.Respond(CoapCode.Content);
        }

        public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;

        public void OnPeerClosed(in CoapPeer peer) => Closed.TrySetResult(peer.Key);
    }
}
