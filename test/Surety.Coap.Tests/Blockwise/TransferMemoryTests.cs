using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Blockwise;

/// <summary>RFC 7959, 2.4, 2.5, 7.1: what transfers hold is bounded, and let go after EXCHANGE_LIFETIME.</summary>
public sealed class TransferMemoryTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly List<byte[]> _received = [];

    [Fact]
    public void A_device_that_stops_in_the_middle_leaves_nothing_behind_after_EXCHANGE_LIFETIME()
    {
        SimulatedEndpoint server = _network.Add(Bodies.Serve(Bodies.Make(5000), _received));
        RawPeer client = _network.AddRaw();
        Assert.Equal(CoapCode.Continue, Put(server, client, 0, true).Code);
        client.Exchange(server, Bodies.Message(CoapCode.Get, client.NextMessageId(), "/body"));
        Assert.Equal(2, server.Transfers.Count);
        _network.Run(TimeSpan.FromSeconds(240));
        // Still there, and goes on.
        Assert.Equal(CoapCode.Continue, Put(server, client, 1, true).Code);
        _network.Run(TimeSpan.FromSeconds(240));
        Assert.Equal(1, server.Transfers.Count);
        _network.Run(TimeSpan.FromSeconds(70));
        Assert.Equal((0, 0), server.Transfers);
        Assert.Equal(CoapCode.RequestEntityIncomplete, Put(server, client, 2, true).Code);
    }

    [Fact]
    public void A_transfer_is_too_old_when_its_time_is_over_even_before_it_is_swept()
    {
        SimulatedEndpoint server = _network.Add(Bodies.Serve([], _received));
        RawPeer client = _network.AddRaw();
        _network.Run(TimeSpan.FromSeconds(59));
        Put(server, client, 0, true);
        _network.Run(TimeSpan.FromSeconds(248));
        Assert.Equal(CoapCode.RequestEntityIncomplete, Put(server, client, 1, true).Code);
    }

    [Fact]
    public void Uploads_of_many_peers_share_bounded_memory_and_the_least_recently_used_goes_first()
    {
        var options = new CoapEndpointOptions { MaxTransferMemory = 64 * 1024 };
        SimulatedEndpoint server = _network.Add(Bodies.Serve([], _received), options);
        RawPeer[] clients = [.. Enumerable.Range(0, 60).Select(_ => _network.AddRaw())];
        foreach (RawPeer client in clients)
        {
            Assert.Equal(CoapCode.Continue, Put(server, client, 0, true).Code);
            Assert.True(server.Transfers.Bytes <= options.MaxTransferMemory);
        }

        int kept = server.Transfers.Count;
        Assert.InRange(kept, 20, 55);
        Assert.Equal(CoapCode.RequestEntityIncomplete, Put(server, clients[0], 1, false).Code);
        Assert.All(clients[^10..], client => Assert.Equal(CoapCode.Changed, Put(server, client, 1, false).Code));
        Assert.Equal(kept - 10, server.Transfers.Count);
    }

    [Fact]
    public void A_growing_upload_drops_others_and_not_itself()
    {
        var options = new CoapEndpointOptions { MaxTransferMemory = 32 * 1024 };
        SimulatedEndpoint server = _network.Add(Bodies.Serve([], _received), options);
        RawPeer[] others = [.. Enumerable.Range(0, 5).Select(_ => _network.AddRaw())];
        foreach (RawPeer other in others)
            Put(server, other, 0, true);
        RawPeer client = _network.AddRaw();
        for (uint i = 0; i < 100; i++)
            Assert.Equal(CoapCode.Continue, Put(server, client, i, true).Code);
        Assert.Equal(CoapCode.Changed, Put(server, client, 100, false).Code);
        Assert.Equal(101 * 1024, Assert.Single(_received).Length);
        Assert.All(others, other => Assert.Equal(CoapCode.RequestEntityIncomplete, Put(server, other, 1, true).Code));
    }

    [Fact]
    public void Responses_in_blocks_share_bounded_memory()
    {
        var options = new CoapEndpointOptions { MaxTransferMemory = 64 * 1024 };
        SimulatedEndpoint server = _network.Add(Bodies.Serve(Bodies.Make(5000)), options);
        for (int i = 0; i < 100; i++)
        {
            RawPeer client = _network.AddRaw();
            client.Exchange(server, Bodies.Message(CoapCode.Get, 1, "/body"));
            Assert.True(server.Transfers.Bytes <= options.MaxTransferMemory);
        }

        Assert.InRange(server.Transfers.Count, 10, 13);
    }

    [Fact]
    public void A_flood_of_first_blocks_from_spoofed_peers_stays_bounded()
    {
        SimulatedEndpoint server = _network.Add(Bodies.Serve([]), new CoapEndpointOptions { MaxTransferMemory = 1024 * 1024 });
        for (int i = 0; i < 20_000; i++)
        {
            byte[] message = Bodies.Message(CoapCode.Put, (ushort)i, "/body", block1: Bodies.Block("0/1/16"), payload: new byte[16]).ToBytes();
            _network.Inject(new System.Net.IPEndPoint(new System.Net.IPAddress([172, 16, (byte)(i >> 8), (byte)i]), 1024 + (i & 0xFFF)), server, message);
        }

        _network.Run(TimeSpan.FromSeconds(10));
        Assert.True(server.Transfers.Bytes <= 1024 * 1024);
        Assert.InRange(server.Transfers.Count, 500, 4000);
        Assert.Equal(0, server.PeerCount);
    }

    [Fact]
    public void Concurrent_transfers_of_many_peers_all_succeed()
    {
        SimulatedEndpoint server = _network.Add(Bodies.Serve(Bodies.Make(20_000), _received));
        _network.Latency = (1, 50);
        CoapPeer[] peers = [.. Enumerable.Range(0, 40).Select(_ => server.SeenBy(_network.Add(new RecordingHandler())))];
        byte[][] bodies = [.. peers.Select((_, i) => Bodies.Make(10_000, i))];
        CoapResponse[] responses = _network.Await(Task.WhenAll(peers.Select((peer, i) => peer.SendAsync(new CoapRequest(CoapCode.Post, "/body") { Payload = bodies[i] }))));
        Assert.All(responses, response => Assert.True(response.Payload.Span.SequenceEqual(Bodies.Make(20_000))));
        Assert.Equal(bodies.Select(b => Hex.Digits(b)).Order(), _received.Select(b => Hex.Digits(b)).Order());
        Assert.Equal(0, server.Transfers.Count);
    }

    private static WireMessage Put(SimulatedEndpoint server, RawPeer client, uint number, bool more) =>
        client.Exchange(server, Bodies.Message(CoapCode.Put, client.NextMessageId(), "/body", block1: new BlockValue(number, more, 6), payload: new byte[1024]));
}
