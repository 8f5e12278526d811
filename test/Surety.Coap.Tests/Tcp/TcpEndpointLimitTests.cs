using System.Net;
using System.Net.Sockets;
using Surety.Testing;

namespace Surety.Coap.Tests.Tcp;

public sealed class TcpEndpointLimitTests
{
    private static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_connection_too_many_is_closed_and_a_place_that_becomes_free_is_given_again()
    {
        var logger = new ListLogger();
        await using var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler(), new CoapEndpointOptions { Tcp = new CoapTcpOptions { MaxConnections = 2 } }, logger: logger);
        using RawTcpPeer first = await RawTcpPeer.ConnectAsync(server.LocalEndPoint), second = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
        Assert.NotNull(await first.ReceiveAsync());
        Assert.NotNull(await second.ReceiveAsync());
        using (RawTcpPeer third = await RawTcpPeer.ConnectAsync(server.LocalEndPoint, csm: false))
            Assert.Null(await third.ReceiveAsync());
        Assert.Contains(logger.Lines, line => line.StartsWith("Warning 1112", StringComparison.Ordinal));

        first.Dispose();
        string? hello = null;
        for (int i = 0; i < 1000 && hello is null; i++)
        {
            using RawTcpPeer fourth = await RawTcpPeer.ConnectAsync(server.LocalEndPoint, csm: false);
            hello = await fourth.ReceiveAsync();
        }

        Assert.StartsWith("7.01", hello, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets)] // EMFILE
    [InlineData(SocketError.NoBufferSpaceAvailable)]
    [InlineData(SocketError.ConnectionAborted)]
    [InlineData(SocketError.NetworkDown)]
    public async Task Accepting_goes_on_after_errors(SocketError error)
    {
        var logger = new ListLogger();
        int failures = 5;
        await using var server = TcpCoapEndpoint.Open(
            Anywhere, new ScriptedHandler(), null, null, logger, null,
            listener => token => failures-- > 0 ? ValueTask.FromException<Socket>(new SocketException((int)error)) : listener.AcceptAsync(token));
        using RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
        Assert.StartsWith("7.01", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(error == SocketError.ConnectionAborted ? 0 : 5, logger.Lines.Count(line => line.StartsWith("Error 1111", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_peer_that_resets_its_connection_disturbs_nobody()
    {
        await using var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler());
        using RawTcpPeer witness = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
        Assert.StartsWith("7.01", await witness.ReceiveAsync(), StringComparison.Ordinal);
        for (int i = 0; i < 50; i++)
        {
            RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
            await raw.SendAsync(TcpSessionHarness.Get("01", "/hello"));
            raw.Socket.LingerState = new LingerOption(true, 0);
            raw.Dispose();
        }

        await witness.SendAsync(TcpSessionHarness.Get("01", "/hello"));
        Assert.Equal("2.05 01 [12:] \"hello\"", await witness.ReceiveAsync());
    }

    [Fact]
    public async Task Times_are_kept_by_the_given_clock()
    {
        var time = new ManualTime();
        await using var server = TcpCoapEndpoint.Open(Anywhere, new ScriptedHandler(), time: time);
        using RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
        Assert.StartsWith("7.01", await raw.ReceiveAsync(), StringComparison.Ordinal);
        await raw.SendAsync([0x00, 0xE2]);
        Assert.Equal("7.03", await raw.ReceiveAsync());
        time.Advance(TimeSpan.FromHours(24));
        await raw.SendAsync([0x01, 0xE2, 0x42]);
        Assert.Equal("7.03 42", await raw.ReceiveAsync());
        time.Advance(TimeSpan.FromHours(26));
        Assert.StartsWith("7.04", await raw.ReceiveAsync(), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(await raw.ReceiveAsync());
    }

    [Fact]
    public async Task A_peer_that_reads_nothing_costs_bounded_memory_and_is_aborted()
    {
        var time = new ManualTime();
        var handler = new ScriptedHandler { LargeLength = 100_000 };
        await using var server = TcpCoapEndpoint.Open(Anywhere, handler, time: time);
        using RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint, csm: false);
        raw.Socket.ReceiveBufferSize = 4096;
        await raw.SendAsync(Convert.FromHexString("60e1240020000020"));
        byte[] gets = [.. Enumerable.Repeat(TcpSessionHarness.Get("01", "/large"), 100).SelectMany(b => b)];
        // Until the server stops reading: then neither side's buffers take more.
        Task sending = Task.Run(
            async () =>
            {
                try
                {
                    while (true)
                        await raw.Socket.SendAsync(gets, SocketFlags.None, Token);
                }
                catch (SocketException)
                {
                    // Aborted, as it should be.
                }
            },
            Token);
        int handled = -1;
        while (handled != Count())
        {
            handled = Count();
            await Task.Delay(300, Token);
        }

        // What the sockets hold, and 256 KiB of ours.
        Assert.InRange(handled, 1, 500);
        for (int i = 0; i < 10 && server.ConnectionCount > 0; i++)
        {
            time.Advance(TimeSpan.FromSeconds(50));
            await Task.Delay(20, Token);
        }

        Assert.Equal(0, server.ConnectionCount);
        await sending;

        int Count()
        {
            lock (handler.Requests)
                return handler.Requests.Count;
        }
    }

    [Fact]
    public async Task A_peer_that_reads_late_still_gets_everything()
    {
        var handler = new ScriptedHandler { LargeLength = 100_000 };
        await using var server = TcpCoapEndpoint.Open(Anywhere, handler);
        using RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint, csm: false);
        await raw.SendAsync(Convert.FromHexString("60e1240020000020"));
        const int Requests = 200;
        Task sending = raw.SendAsync([.. Enumerable.Repeat(TcpSessionHarness.Get("01", "/large"), Requests).SelectMany(b => b)]);
        await Task.Delay(300, Token);
        Assert.StartsWith("7.01", await raw.ReceiveAsync(), StringComparison.Ordinal);
        for (int i = 0; i < Requests; i++)
            Assert.Equal("2.05 01 [12:2a] (100000 bytes)", await raw.ReceiveAsync());
        await sending;
    }

    [Fact]
    public async Task Half_messages_of_many_peers_share_one_budget()
    {
        var options = new CoapEndpointOptions { Tcp = new CoapTcpOptions { MaxReceiveMemory = 1_000_000 } };
        var handler = new ScriptedHandler();
        await using var server = TcpCoapEndpoint.Open(Anywhere, handler, options);
        byte[] message = TcpSessionHarness.Message(CoapCode.Put, "01", o => o.Add(CoapOptionNumber.UriPath, "store"), ScriptedHandler.Body(500_000));
        List<RawTcpPeer> peers = [];
        int aborted = 0;
        for (int i = 0; i < 6; i++)
        {
            RawTcpPeer raw = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
            peers.Add(raw);
            Assert.StartsWith("7.01", await raw.ReceiveAsync(), StringComparison.Ordinal);
            await raw.SendAsync(message[..^1]);
            // A Ping of another connection comes back when the half message was taken in, or refused.
            using RawTcpPeer probe = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
            await probe.ReceiveAsync();
            await probe.SendAsync([0x00, 0xE2]);
            await probe.ReceiveAsync();
        }

        foreach (RawTcpPeer raw in peers)
        {
            try
            {
                await raw.SendAsync(message[^1..]);
            }
            catch (IOException)
            {
                // Closed by the server already.
            }

            string? answer = await raw.ReceiveAsync();
            if (answer?.StartsWith("7.05 \"there is no memory", StringComparison.Ordinal) is not false)
                aborted++;
            else
                Assert.Equal("2.04 01 [12:] \"500000\"", answer);
            raw.Dispose();
        }

        Assert.InRange(aborted, 1, 5);

        // The memory comes back: a message on its own always fits.
        using RawTcpPeer last = await RawTcpPeer.ConnectAsync(server.LocalEndPoint);
        Assert.StartsWith("7.01", await last.ReceiveAsync(), StringComparison.Ordinal);
        await last.SendAsync(message);
        Assert.Equal("2.04 01 [12:] \"500000\"", await last.ReceiveAsync());
    }
}
