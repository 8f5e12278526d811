using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Blockwise;

/// <summary>The message flows of RFC 7959, 3: our client, against a server played by the test.</summary>
public sealed class ClientExampleTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly byte[] _body = Bodies.Make(350);
    private readonly SimulatedEndpoint _client;
    private readonly RawPeer _server;

    public ClientExampleTests()
    {
        _client = _network.Add(new RecordingHandler());
        _server = _network.AddRaw();
    }

    [Theory]
    [InlineData(1024, "", "0/1/128", "1/0/128", "1/1/128", "2/0/128", "2/0/128")] // figure 2
    [InlineData(64, "0/0/64", "0/1/64", "1/0/64", "1/1/64", "2/0/64", "2/1/64", "3/0/64", "3/1/64", "4/0/64", "4/1/64", "5/0/64", "5/0/64")] // figure 3
    [InlineData(128, "0/0/128", "0/1/64", "1/0/64", "1/1/64", "2/0/64", "2/1/64", "3/0/64", "3/1/64", "4/0/64", "4/1/64", "5/0/64", "5/0/64")] // the server wants less
    [InlineData(1024, "", "0/1/128", "1/0/128", "2/1/64", "3/0/64", "3/1/64", "4/0/64", "4/1/64", "5/0/64", "5/0/64")] // the server goes down on the way
    public void A_body_is_fetched_block_by_block_in_the_size_the_server_gives(int preferred, params string[] flow)
    {
        Task<CoapResponse> sending = _server.SeenBy(_client).SendAsync(new CoapRequest(CoapCode.Get, "/status") { PreferredBlockSize = preferred });
        for (int i = 0; i < flow.Length; i += 2)
        {
            WireMessage get = _server.Receive();
            Assert.Equal(flow[i], get.Block2?.ToString() ?? "");
            Assert.Equal("status", get.Options.GetStrings(CoapOptionNumber.UriPath).Single());
            BlockValue block = Bodies.Block(flow[i + 1]);
            Answer(get, CoapCode.Content, block2: block, payload: _body.AsSpan((int)block.Offset, Math.Min(block.Size, _body.Length - (int)block.Offset)));
        }

        Assert.Equal(_body, _network.Await(sending).Payload.ToArray());
    }

    [Theory]
    [InlineData(128, "0/1/128", "2.31", "0/1/128", "1/1/128", "2.31", "1/1/128", "2/0/128", "2.04", "2/0/128")] // figure 7
    [InlineData(128, "0/1/128", "2.04", "0/0/128", "1/1/128", "2.04", "1/0/128", "2/0/128", "2.04", "2/0/128")] // figure 8
    [InlineData(128, "0/1/128", "2.31", "0/1/64", "2/1/64", "2.31", "2/1/64", "3/1/64", "2.31", "3/1/64", "4/1/64", "2.31", "4/1/64", "5/0/64", "2.04", "5/0/64")] // figure 9
    public void A_body_is_sent_block_by_block_in_the_size_the_server_wants(int preferred, params string[] flow)
    {
        Task<CoapResponse> sending = _server.SeenBy(_client).SendAsync(new CoapRequest(CoapCode.Put, "/options") { Payload = _body, PreferredBlockSize = preferred });
        var received = new List<byte>();
        for (int i = 0; i < flow.Length; i += 3)
        {
            WireMessage put = _server.Receive();
            Assert.Equal(flow[i], put.Block1?.ToString());
            Assert.Equal(put.Block1!.Value.Offset, received.Count);
            received.AddRange(put.Payload);
            Answer(put, new CoapCode((byte)(flow[i + 1] == "2.31" ? 95 : 68)), block1: Bodies.Block(flow[i + 2]));
        }

        Assert.Equal(CoapCode.Changed, _network.Await(sending).Code);
        Assert.Equal(_body, received);
    }

    [Fact]
    public void Figure_10_the_response_to_a_post_is_fetched_without_the_request_body()
    {
        Task<CoapResponse> sending = _server.SeenBy(_client).SendAsync(
            new CoapRequest(CoapCode.Post, "/soap") { Payload = _body, PreferredBlockSize = 128, ContentFormat = ContentFormat.Xml });
        WireMessage request;
        for (int i = 0; i < 2; i++)
        {
            request = _server.Receive();
            Answer(request, CoapCode.Continue, block1: request.Block1);
        }

        request = _server.Receive();
        Answer(request, CoapCode.Changed, block1: request.Block1, block2: Bodies.Block("0/1/128"), payload: _body.AsSpan(0, 128));
        for (int i = 1; i < 3; i++)
        {
            request = _server.Receive();
            Assert.Equal((CoapCode.Post, $"{i}/0/128"), (request.Code, request.Block2?.ToString()));
            Assert.Null(request.Block1);
            Assert.Empty(request.Payload);
            Assert.False(request.Options.Contains(CoapOptionNumber.Size1));
            Answer(request, CoapCode.Changed, block2: new BlockValue((uint)i, i < 2, 3), payload: _body.AsSpan(i * 128, i < 2 ? 128 : 94));
        }

        Assert.Equal(_body, _network.Await(sending).Payload.ToArray());
    }

    [Theory]
    [InlineData("0/1/128", 127)] // not full
    [InlineData("0/1/128", 129)] // more than full
    [InlineData("0/1/128", 0)]
    [InlineData("1/1/128", 128)] // not the first
    [InlineData("0/1/BERT", 1024)] // reserved
    public void A_first_block_that_breaks_the_rules_fails_the_request(string block, int length)
    {
        Task<CoapResponse> sending = _server.SeenBy(_client).SendAsync(new CoapRequest(CoapCode.Get, "/status"));
        Answer(_server.Receive(), CoapCode.Content, block2: Bodies.Block(block), payload: new byte[length]);
        Assert.Equal(ExchangeFailure.BadResponse, Assert.Throws<CoapExchangeException>(() => _network.Await(sending)).Failure);
    }

    [Theory]
    [InlineData("0/1/128")] // the first again
    [InlineData("2/1/128")] // one left out
    [InlineData("")] // none
    public void Blocks_out_of_order_fail_the_request(string second)
    {
        Task<CoapResponse> sending = _server.SeenBy(_client).SendAsync(new CoapRequest(CoapCode.Get, "/status"));
        Answer(_server.Receive(), CoapCode.Content, block2: Bodies.Block("0/1/128"), payload: new byte[128]);
        Answer(_server.Receive(), CoapCode.Content, block2: second.Length > 0 ? Bodies.Block(second) : null, payload: new byte[128]);
        Assert.Equal(ExchangeFailure.BadResponse, Assert.Throws<CoapExchangeException>(() => _network.Await(sending)).Failure);
    }

    [Fact]
    public void A_last_block_may_have_any_size()
    {
        // RFC 7959, 2.3: SZX does not govern the payload when M is unset.
        Task<CoapResponse> sending = _server.SeenBy(_client).SendAsync(new CoapRequest(CoapCode.Get, "/status"));
        Answer(_server.Receive(), CoapCode.Content, block2: Bodies.Block("0/0/16"), payload: new byte[100]);
        Assert.Equal(100, _network.Await(sending).Payload.Length);
    }

    [Fact]
    public void An_error_on_the_way_is_the_response()
    {
        Task<CoapResponse> sending = _server.SeenBy(_client).SendAsync(new CoapRequest(CoapCode.Get, "/status"));
        Answer(_server.Receive(), CoapCode.Content, block2: Bodies.Block("0/1/128"), payload: new byte[128]);
        Answer(_server.Receive(), CoapCode.ServiceUnavailable);
        Assert.Equal(CoapCode.ServiceUnavailable, _network.Await(sending).Code);
    }

    [Fact]
    public void When_the_representation_changes_on_the_way_the_client_starts_over_and_has_one_version()
    {
        Task<CoapResponse> sending = _server.SeenBy(_client).SendAsync(new CoapRequest(CoapCode.Get, "/status"));
        Answer(_server.Receive(), CoapCode.Content, block2: Bodies.Block("0/1/128"), payload: new byte[128], etag: 1);
        Answer(_server.Receive(), CoapCode.Content, block2: Bodies.Block("1/1/128"), payload: _body.AsSpan(128, 128), etag: 2);
        WireMessage again = _server.Receive();
        Assert.Equal("0/0/128", again.Block2?.ToString());
        Answer(again, CoapCode.Content, block2: Bodies.Block("0/1/128"), payload: _body.AsSpan(0, 128), etag: 2);
        Answer(_server.Receive(), CoapCode.Content, block2: Bodies.Block("1/1/128"), payload: _body.AsSpan(128, 128), etag: 2);
        Answer(_server.Receive(), CoapCode.Content, block2: Bodies.Block("2/0/128"), payload: _body.AsSpan(256), etag: 2);
        CoapResponse response = _network.Await(sending);
        Assert.Equal(_body, response.Payload.ToArray());
        Assert.True(response.Options.TryGet(CoapOptionNumber.ETag, out ReadOnlyMemory<byte> etag));
        Assert.Equal([2], etag.ToArray());
    }

    [Fact]
    public void A_representation_that_changes_all_the_time_fails_the_request()
    {
        Task<CoapResponse> sending = _server.SeenBy(_client).SendAsync(new CoapRequest(CoapCode.Get, "/status"));
        for (uint i = 0; i < 4; i++)
            Answer(_server.Receive(), CoapCode.Content, block2: new BlockValue(i % 2, true, 3), payload: new byte[128], etag: (byte)(i + 1));
        Assert.Equal(ExchangeFailure.BadResponse, Assert.Throws<CoapExchangeException>(() => _network.Await(sending)).Failure);
    }

    [Fact]
    public void A_4_13_with_a_smaller_size_is_a_hint_to_use_it()
    {
        Task<CoapResponse> sending = _server.SeenBy(_client).SendAsync(new CoapRequest(CoapCode.Put, "/options") { Payload = _body });
        WireMessage whole = _server.Receive();
        Assert.Null(whole.Block1);
        Answer(whole, CoapCode.RequestEntityTooLarge, block1: Bodies.Block("0/0/256"));
        WireMessage first = _server.Receive();
        Assert.Equal("0/1/256", first.Block1?.ToString());
        Answer(first, CoapCode.RequestEntityTooLarge, block1: Bodies.Block("0/1/128"));
        for (int i = 0; i < 3; i++)
        {
            WireMessage block = _server.Receive();
            Assert.Equal($"{i}/{(i < 2 ? 1 : 0)}/128", block.Block1?.ToString());
            Answer(block, i < 2 ? CoapCode.Continue : CoapCode.Changed, block1: block.Block1);
        }

        Assert.Equal(CoapCode.Changed, _network.Await(sending).Code);
    }

    [Fact]
    public void A_4_13_without_a_hint_is_the_response()
    {
        Task<CoapResponse> sending = _server.SeenBy(_client).SendAsync(new CoapRequest(CoapCode.Put, "/options") { Payload = _body });
        Answer(_server.Receive(), CoapCode.RequestEntityTooLarge);
        Assert.Equal(CoapCode.RequestEntityTooLarge, _network.Await(sending).Code);
    }

    [Fact]
    public void If_none_match_goes_with_the_first_block_only_and_conditions_not_with_requests_for_the_response()
    {
        var request = new CoapRequest(CoapCode.Put, "/options") { Payload = _body, PreferredBlockSize = 256 };
        request.Options.Add(CoapOptionNumber.IfNoneMatch, ReadOnlyMemory<byte>.Empty);
        Task<CoapResponse> sending = _server.SeenBy(_client).SendAsync(request);
        WireMessage first = _server.Receive();
        Assert.True(first.Options.Contains(CoapOptionNumber.IfNoneMatch));
        Answer(first, CoapCode.Continue, block1: first.Block1);
        WireMessage second = _server.Receive();
        Assert.False(second.Options.Contains(CoapOptionNumber.IfNoneMatch));
        Answer(second, CoapCode.Changed, block1: second.Block1, block2: Bodies.Block("0/1/256"), payload: new byte[256]);
        WireMessage third = _server.Receive();
        Assert.False(third.Options.Contains(CoapOptionNumber.IfNoneMatch));
        Answer(third, CoapCode.Changed, block2: Bodies.Block("1/0/256"), payload: new byte[1]);
        Assert.Equal(257, _network.Await(sending).Payload.Length);
    }

    private void Answer(WireMessage request, CoapCode code, BlockValue? block1 = null, BlockValue? block2 = null, ReadOnlySpan<byte> payload = default, byte? etag = null)
    {
        var answer = new WireMessage(MessageType.Acknowledgement, code, request.MessageId) { Token = request.Token, Payload = payload.ToArray() };
        if (etag is { } tag)
            answer.Options.Add(CoapOptionNumber.ETag, new[] { tag });
        if (block2 is { } b2)
            answer.Options.Add(CoapOptionNumber.Block2, b2.ToUInt());
        if (block1 is { } b1)
            answer.Options.Add(CoapOptionNumber.Block1, b1.ToUInt());
        _server.Send(_client, answer);
    }
}
