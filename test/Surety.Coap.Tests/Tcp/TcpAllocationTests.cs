namespace Surety.Coap.Tests.Tcp;

public sealed class TcpAllocationTests
{
    private static readonly byte[] Get = TcpSessionHarness.Get("0102030405060708", "/hello");

    [Fact]
    public void A_request_is_received_dispatched_and_answered_without_allocation()
    {
        var peer = new Peer();
        byte[] batch = [.. Enumerable.Repeat(Get, 50).SelectMany(b => b)];
        for (int i = 0; i < 200; i++)
            peer.Receive(batch);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++)
            peer.Receive(batch);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(400 * 50, peer.Handled);
        Assert.True(allocated < 1000, $"{allocated} bytes for 10,000 requests");
    }

    [Fact]
    public void A_connection_that_is_idle_holds_no_buffers()
    {
        var peer = new Peer();
        peer.Receive(Get);
        Assert.Equal(0, peer.Session.Output.Length);
        Assert.False(peer.Session.Output.TryPeek(out _));
    }

    /// <summary>A session with the least around it.</summary>
    private sealed class Peer : ITcpSessionOwner, ICoapHandler
    {
        private readonly CoapTcpEngine _engine;
        private long _now;

        public Peer()
        {
            _engine = new CoapTcpEngine(
                new TcpSessionHarness.FakeEndpoint(CoapEndpointOptions.Default), this, (_, _) => { }, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, 0);
            Session = new CoapTcpSession(_engine, PeerKey.FromConnection(1), this);
            Session.Start(0);
            Receive([0x00, 0xE1]);
        }

        public CoapTcpSession Session { get; }

        public int Handled { get; private set; }

        public void Receive(ReadOnlySpan<byte> bytes)
        {
            // Assert.Equal would allocate.
            if (Session.Receive(bytes, ++_now) != bytes.Length)
                Assert.Fail("Not all was taken.");
            _engine.Commit(_now);
        }

        public void OnRequest(ref IncomingRequest request)
        {
            Handled++;
            request.Respond(CoapCode.Content, ContentFormat.TextPlain, "hello"u8);
        }

        public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;

        public void Flush()
        {
            while (Session.Output.TryPeek(out ReadOnlyMemory<byte> bytes))
                Session.OnSent(bytes.Length, _now);
        }

        public void OnReady()
        {
        }

        public void OnEnded(string reason)
        {
        }
    }
}
