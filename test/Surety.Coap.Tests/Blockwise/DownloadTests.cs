using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Blockwise;

/// <summary>RFC 7959, 2.3, 2.4: bodies that our server gives out in blocks.</summary>
public sealed class DownloadTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly RawPeer _client;
    private byte[] _body = Bodies.Make(2000);
    private int _handled;

    public DownloadTests() => _client = _network.AddRaw();

    [Fact]
    public void Any_block_may_be_asked_for_in_any_order_and_size()
    {
        SimulatedEndpoint server = Add();
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            int exponent = random.Next(7);
            int size = 16 << exponent;
            uint number = (uint)random.Next((2000 / size) + 1);
            WireMessage answer = Get(server, new BlockValue(number, false, exponent));
            int offset = (int)number * size;
            Assert.Equal(new BlockValue(number, offset + size < 2000, exponent), answer.Block2);
            Assert.Equal(_body.AsSpan(offset, Math.Min(size, 2000 - offset)).ToArray(), answer.Payload);
        }
    }

    [Fact]
    public void The_more_bit_of_a_request_is_ignored() =>
        Assert.Equal("1/1/64", Get(Add(), new BlockValue(1, true, 2)).Block2?.ToString());

    [Fact]
    public void A_block_beyond_the_end_gets_4_00()
    {
        SimulatedEndpoint server = Add();
        Assert.Equal(CoapCode.BadRequest, Get(server, Bodies.Block("2/0/1024")).Code);
        Assert.Equal(CoapCode.BadRequest, Get(server, Bodies.Block("1048575/0/16")).Code);
        Get(server, null);
        Assert.Equal(CoapCode.BadRequest, Get(server, Bodies.Block("2/0/1024")).Code);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(256)]
    [InlineData(1024)]
    public void A_larger_block_than_the_servers_gets_the_servers_at_the_same_place(int size)
    {
        SimulatedEndpoint server = Add(size);
        WireMessage answer = Get(server, Bodies.Block("1/0/1024"));
        Assert.Equal(new BlockValue((uint)(1024 / size), 1024 + size < 2000, BlockValue.ExponentFor(size)), answer.Block2);
        Assert.Equal(_body.AsSpan(1024, Math.Min(size, 2000 - 1024)).ToArray(), answer.Payload);
    }

    [Fact]
    public void A_short_body_is_one_block_when_blocks_are_asked_for_and_has_no_block_option_when_not()
    {
        _body = Bodies.Make(10);
        SimulatedEndpoint server = Add();
        Assert.Null(Get(server, null).Block2);
        Assert.Equal("0/0/64", Get(server, Bodies.Block("0/0/64")).Block2?.ToString());
    }

    [Fact]
    public void The_first_block_tells_the_size_of_the_body()
    {
        SimulatedEndpoint server = Add();
        Assert.Equal(2000u, Get(server, null).Options.GetUInt(CoapOptionNumber.Size2));
        Assert.Null(Get(server, Bodies.Block("1/0/1024")).Options.GetUInt(CoapOptionNumber.Size2));
    }

    [Fact]
    public void Blocks_of_one_transfer_are_of_one_version_though_the_resource_changes()
    {
        SimulatedEndpoint server = Add();
        byte[] old = _body;
        byte[] first = ETag(Get(server, null));
        _body = Bodies.Make(2000, 2);
        WireMessage second = Get(server, Bodies.Block("1/0/1024"));
        Assert.Equal(old[1024..], second.Payload);
        Assert.Equal(first, ETag(second));
        // A new transfer has the new version.
        WireMessage again = Get(server, null);
        Assert.Equal(_body[..1024], again.Payload);
        Assert.NotEqual(first, ETag(again));
    }

    [Fact]
    public void When_the_server_no_longer_has_the_old_version_the_etag_tells()
    {
        SimulatedEndpoint server = Add();
        byte[] first = ETag(Get(server, null));
        _network.Run(TimeSpan.FromMinutes(10));
        _body = Bodies.Make(2000, 2);
        WireMessage second = Get(server, Bodies.Block("1/0/1024"));
        Assert.Equal(_body[1024..], second.Payload);
        Assert.NotEqual(first, ETag(second));
    }

    [Fact]
    public void The_handler_is_asked_once_for_a_transfer()
    {
        SimulatedEndpoint server = Add();
        for (uint i = 0; i < 32; i++)
            Get(server, new BlockValue(i, false, 2));
        Assert.Equal(1, _handled);
    }

    [Fact]
    public void An_etag_of_the_handlers_own_is_kept()
    {
        var router = new CoapRouter();
        router.Map("/body").On(CoapCode.Get, (ref request) =>
        {
            var response = new CoapResponse(CoapCode.Content, ContentFormat.OctetStream, _body);
            response.Options.Add(CoapOptionNumber.ETag, new byte[] { 7, 7 });
            request.Respond(response);
        });
        SimulatedEndpoint server = _network.Add(router);
        Assert.Equal([7, 7], ETag(Get(server, null)));
        Assert.Equal([7, 7], ETag(Get(server, Bodies.Block("1/0/1024"))));
    }

    [Fact]
    public void Different_queries_accepts_and_peers_are_different_transfers()
    {
        var router = new CoapRouter();
        router.Map("/body").On(CoapCode.Get, (ref request) =>
        {
            int seed = (request.Accept?.Value ?? 0) + (request.Query.MoveNext() ? 1000 : 0);
            request.Respond(CoapCode.Content, request.Accept ?? ContentFormat.TextPlain, Bodies.Make(2000, seed));
        });
        SimulatedEndpoint server = _network.Add(router);
        RawPeer other = _network.AddRaw();
        (RawPeer Peer, string Path, uint Accept)[] variants = [(_client, "/body", 0), (_client, "/body?q", 0), (_client, "/body", 42), (other, "/body", 50)];
        foreach ((RawPeer peer, string path, uint accept) in variants)
            peer.Exchange(server, Message(peer, path, accept, null));
        foreach ((RawPeer peer, string path, uint accept) in variants)
        {
            byte[] expected = Bodies.Make(2000, (int)accept + (path.Contains('?', StringComparison.Ordinal) ? 1000 : 0));
            Assert.Equal(expected[1024..], peer.Exchange(server, Message(peer, path, accept, Bodies.Block("1/0/1024"))).Payload);
        }

        static WireMessage Message(RawPeer peer, string path, uint accept, BlockValue? block)
        {
            WireMessage message = Bodies.Message(CoapCode.Get, peer.NextMessageId(), path, block2: block);
            message.Options.Add(CoapOptionNumber.Accept, accept);
            return message;
        }
    }

    /// <summary>The requests for the rest have no body, and say nothing of one (RFC 7959, 3.3); Pelion's client leaves out all but path and token.</summary>
    [Fact]
    public void The_rest_of_a_posts_response_needs_no_more_than_the_path()
    {
        SimulatedEndpoint server = _network.Add(Bodies.Serve(_body));
        WireMessage first = Bodies.Message(CoapCode.Post, 1, "/body", block2: Bodies.Block("0/0/512"), payload: [1]);
        first.Options.Add(CoapOptionNumber.ContentFormat, 0u).Add(CoapOptionNumber.MaxAge, 0u);
        Assert.Equal(CoapCode.Changed, _client.Exchange(server, first).Code);
        WireMessage second = _client.Exchange(server, Bodies.Message(CoapCode.Post, 2, "/body", block2: Bodies.Block("1/0/512")));
        Assert.Equal((CoapCode.Changed, 1u), (second.Code, second.Block2!.Value.Number));
        Assert.Equal(_body[512..1024], second.Payload);
    }

    [Fact]
    public void A_post_whose_response_is_not_kept_any_more_gets_4_08_and_is_not_done_again()
    {
        var received = new List<byte[]>();
        SimulatedEndpoint server = _network.Add(Bodies.Serve(_body, received));
        _client.Exchange(server, Bodies.Message(CoapCode.Post, 1, "/body", payload: [1]));
        _network.Run(TimeSpan.FromMinutes(10));
        Assert.Equal(CoapCode.RequestEntityIncomplete, _client.Exchange(server, Bodies.Message(CoapCode.Post, 2, "/body", block2: Bodies.Block("1/0/1024"))).Code);
        Assert.Single(received);
    }

    [Fact]
    public void An_error_is_given_as_it_is_whatever_block_was_asked_for()
    {
        var router = new CoapRouter();
        router.Map("/late").On(CoapCode.Get, _ => Task.FromResult(CoapResponse.Error(CoapCode.NotFound, new string('x', 2000))));
        router.Map("/now").On(CoapCode.Get, (ref request) => request.Respond(CoapResponse.Error(CoapCode.Forbidden, "no")));
        SimulatedEndpoint server = _network.Add(router);
        WireMessage late = _client.Exchange(server, Bodies.Message(CoapCode.Get, 1, "/late", block2: Bodies.Block("3/0/64")));
        WireMessage now = _client.Exchange(server, Bodies.Message(CoapCode.Get, 2, "/now", block2: Bodies.Block("3/0/64")));
        Assert.Equal((CoapCode.NotFound, CoapCode.Forbidden), (late.Code, now.Code));
        Assert.Equal(new string('x', 256), late.Text);
        Assert.Null(late.Block2);
        Assert.False(late.Options.Contains(CoapOptionNumber.ETag));
    }

    [Fact]
    public void A_deferred_body_is_given_in_blocks_too()
    {
        RecordingHandler handler = RecordingHandler.Deferring();
        SimulatedEndpoint server = _network.Add(handler);
        _client.Send(server, Bodies.Message(CoapCode.Get, 1, "/body", block2: Bodies.Block("0/0/256")));
        _network.Run(TimeSpan.FromSeconds(0.1));
        handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content, ContentFormat.OctetStream, _body));
        Assert.Equal("0/1/256", _client.Receive().Block2?.ToString());
        WireMessage second = _client.Exchange(server, Bodies.Message(CoapCode.Get, 2, "/body", block2: Bodies.Block("1/0/256")));
        Assert.Equal(_body[256..512], second.Payload);
        Assert.Single(handler.Requests);
    }

    private SimulatedEndpoint Add(int blockSize = 1024)
    {
        var router = new CoapRouter();
        router.Map("/body").On(CoapCode.Get, (ref request) =>
        {
            _handled++;
            request.Respond(CoapCode.Content, ContentFormat.OctetStream, _body);
        });
        return _network.Add(router, new CoapEndpointOptions { MaxBlockSize = blockSize });
    }

    private WireMessage Get(SimulatedEndpoint server, BlockValue? block) => _client.Exchange(server, Bodies.Message(CoapCode.Get, _client.NextMessageId(), "/body", block2: block));

    private static byte[] ETag(WireMessage message) => message.Options.TryGet(CoapOptionNumber.ETag, out ReadOnlyMemory<byte> etag) ? etag.ToArray() : [];
}
