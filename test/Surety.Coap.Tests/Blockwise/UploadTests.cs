using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Blockwise;

/// <summary>RFC 7959, 2.5, 2.9: bodies that arrive at our server in blocks, as they should and as they should not.</summary>
public sealed class UploadTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly List<byte[]> _received = [];
    private readonly byte[] _body = Bodies.Make(2000);
    private readonly SimulatedEndpoint _server;
    private readonly RawPeer _client;

    public UploadTests()
    {
        _server = _network.Add(Bodies.Serve([], _received), new CoapEndpointOptions { MaxRequestBody = 4096 });
        _client = _network.AddRaw();
    }

    [Fact]
    public void A_gap_gets_4_08_and_the_transfer_is_over()
    {
        Assert.Equal(CoapCode.Continue, Put("0/1/256").Code);
        Assert.Equal(CoapCode.RequestEntityIncomplete, Put("2/1/256").Code);
        Assert.Equal(CoapCode.RequestEntityIncomplete, Put("1/1/256").Code);
        Assert.Equal((0, 0), (_received.Count, _server.Transfers.Count));
    }

    [Theory]
    [InlineData("1/1/256")]
    [InlineData("1/0/256")]
    [InlineData("1048575/0/1024")]
    public void A_block_without_a_first_one_gets_4_08(string block)
    {
        Assert.Equal(CoapCode.RequestEntityIncomplete, Put(block).Code);
        Assert.Equal(0, _server.Transfers.Count);
    }

    [Fact]
    public void Block_0_starts_anew()
    {
        Put("0/1/256");
        Put("1/1/256");
        Assert.Equal(CoapCode.Continue, Put("0/1/1024").Code);
        Assert.Equal(CoapCode.Changed, Put("1/0/1024").Code);
        Assert.Equal(_body, Assert.Single(_received));
    }

    [Fact]
    public void A_block_that_was_received_before_is_acknowledged_again_and_changes_nothing()
    {
        Put("0/1/512");
        Put("1/1/512");
        Assert.Equal(CoapCode.Continue, Put("1/1/512").Code);
        // And in smaller pieces.
        Assert.Equal(CoapCode.Continue, Put("0/1/256").Code);
    }

    [Fact]
    public void What_overlaps_but_does_not_fit_gets_4_08()
    {
        Put("0/1/256");
        Put("1/1/256");
        Put("2/1/256");
        // Bytes 512 to 1024, of which 256 are there.
        Assert.Equal(CoapCode.RequestEntityIncomplete, Put("1/1/512").Code);
    }

    [Fact]
    public void A_last_block_over_what_is_there_already_gets_4_08()
    {
        Put("0/1/512");
        Put("1/1/512");
        Assert.Equal(CoapCode.RequestEntityIncomplete, Send("1/0/512", _body.AsSpan(512, 10)).Code);
        Assert.Empty(_received);
    }

    [Theory]
    [InlineData("0/1/256", 255)]
    [InlineData("0/1/256", 257)]
    [InlineData("0/1/256", 0)]
    public void A_block_that_is_not_full_though_more_follow_gets_4_00(string block, int length)
    {
        Assert.Equal(CoapCode.BadRequest, Send(block, new byte[length]).Code);
        Assert.Equal(0, _server.Transfers.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(500)] // RFC 7959, 2.3: SZX does not govern the payload when M is unset
    public void A_single_block_may_have_any_size(int length)
    {
        Assert.Equal(CoapCode.Changed, Send("0/0/16", _body.AsSpan(0, length)).Code);
        Assert.Equal(_body[..length], Assert.Single(_received));
    }

    [Fact]
    public void A_body_that_is_announced_too_large_gets_4_13_at_once_with_the_limit()
    {
        WireMessage put = Bodies.Message(CoapCode.Put, 1, "/body", block1: Bodies.Block("0/1/1024"), payload: new byte[1024]);
        put.Options.Add(CoapOptionNumber.Size1, 4097u);
        WireMessage answer = _client.Exchange(_server, put);
        Assert.Equal(CoapCode.RequestEntityTooLarge, answer.Code);
        Assert.Equal(4096u, answer.Options.GetUInt(CoapOptionNumber.Size1));
        Assert.Equal(0, _server.Transfers.Count);
    }

    [Fact]
    public void A_body_that_grows_too_large_gets_4_13_with_the_limit()
    {
        byte[] block = new byte[1024];
        for (uint i = 0; i < 4; i++)
            Assert.Equal(CoapCode.Continue, Send($"{i}/1/1024", block).Code);
        WireMessage answer = Send("4/0/1024", block.AsSpan(0, 1));
        Assert.Equal(CoapCode.RequestEntityTooLarge, answer.Code);
        Assert.Equal(4096u, answer.Options.GetUInt(CoapOptionNumber.Size1));
        Assert.Equal((0, 0), (_received.Count, _server.Transfers.Count));
    }

    [Fact]
    public void A_body_of_exactly_the_limit_is_taken()
    {
        byte[] block = new byte[1024];
        for (uint i = 0; i < 3; i++)
            Send($"{i}/1/1024", block);
        Assert.Equal(CoapCode.Changed, Send("3/0/1024", block).Code);
        Assert.Equal(4096, Assert.Single(_received).Length);
    }

    // RFC 7959, 2.3: blocks with mismatching Content-Formats are not assembled.
    [Fact]
    public void A_block_of_another_content_format_gets_4_08()
    {
        Assert.Equal(CoapCode.Continue, Put("0/1/1024", options => options.Add(CoapOptionNumber.ContentFormat, 42u)).Code);
        Assert.Equal(CoapCode.RequestEntityIncomplete, Put("1/0/1024", options => options.Add(CoapOptionNumber.ContentFormat, 50u)).Code);
        Assert.Equal(CoapCode.Changed, Put("1/0/1024", options => options.Add(CoapOptionNumber.ContentFormat, 42u)).Code);
    }

    [Fact]
    public void What_may_differ_between_blocks_does_not_divide_them()
    {
        var handler = new RecordingHandler { Condition = true, Answer = (ref request) => request.Respond(CoapCode.Changed) };
        SimulatedEndpoint server = _network.Add(handler);
        WireMessage first = Bodies.Message(CoapCode.Put, 1, "/body", block1: Bodies.Block("0/1/1024"), payload: _body.AsSpan(0, 1024));
        first.Options.Add(CoapOptionNumber.Size1, 2000u).Add(CoapOptionNumber.IfNoneMatch, ReadOnlyMemory<byte>.Empty).Add(CoapOptionNumber.Echo, new byte[3]);
        Assert.Equal(CoapCode.Continue, _client.Exchange(server, first).Code);
        WireMessage last = Bodies.Message(CoapCode.Put, 2, "/body", block1: Bodies.Block("1/0/1024"), block2: Bodies.Block("0/0/64"), payload: _body.AsSpan(1024));
        Assert.Equal(CoapCode.Changed, _client.Exchange(server, last).Code);
        Assert.Equal(_body, handler.Requests.Single().Payload.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_two_uploads_at_once_request_tags_keep_each_whole(bool tagged)
    {
        byte[][] bodies = [Bodies.Make(1500, 1), Bodies.Make(1500, 2)];
        var codes = new List<string>();
        foreach (int i in new[] { 0, 1, 0, 1 })
        {
            int block = codes.Count / 2;
            WireMessage put = Bodies.Message(CoapCode.Put, _client.NextMessageId(), "/body", block1: new BlockValue((uint)block, block == 0, 6), payload: block == 0 ? bodies[i].AsSpan(0, 1024) : bodies[i].AsSpan(1024));
            if (tagged && i == 1)
                put.Options.Add(CoapOptionNumber.RequestTag, new byte[] { 1 });
            codes.Add(_client.Exchange(_server, put).Code.ToString());
        }

        // RFC 7959, 2.5: without tags the second takes the place of the first (RFC 9175, 3.1: and blocks are interchanged).
        Assert.Equal(tagged ? ["2.31", "2.31", "2.04", "2.04"] : ["2.31", "2.31", "2.04", "4.08"], codes);
        if (tagged)
            Assert.Equal(bodies, _received);
    }

    // RFC 9175, 3.3: lists of Request-Tags are compared, an empty tag is not an absent one.
    [Fact]
    public void Lists_of_request_tags_must_be_the_same()
    {
        Action<CoapOptions>[] lists =
        [
            _ => { },
            options => options.Add(CoapOptionNumber.RequestTag, ReadOnlyMemory<byte>.Empty),
            options => options.Add(CoapOptionNumber.RequestTag, new byte[] { 1 }),
            options => options.Add(CoapOptionNumber.RequestTag, new byte[] { 1 }).Add(CoapOptionNumber.RequestTag, new byte[] { 2 }),
            options => options.Add(CoapOptionNumber.RequestTag, new byte[] { 2 }).Add(CoapOptionNumber.RequestTag, new byte[] { 1 }),
        ];
        foreach (Action<CoapOptions> add in lists)
            Assert.Equal(CoapCode.Continue, Put("0/1/1024", add).Code);
        Assert.Equal(5, _server.Transfers.Count);
        foreach (Action<CoapOptions> add in lists)
            Assert.Equal(CoapCode.Changed, Put("1/0/1024", add).Code);
        Assert.All(_received, body => Assert.Equal(_body, body));
    }

    [Fact]
    public void Our_client_tags_the_second_upload_at_once_and_not_a_single_one()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler(), new CoapEndpointOptions { Transmission = new TransmissionParameters { NStart = 4 } });
        CoapPeer server = _server.SeenBy(client);
        byte[][] bodies = [.. Enumerable.Range(0, 3).Select(i => Bodies.Make(3000, i))];
        _network.Await(Task.WhenAll(bodies.Select(body => server.SendAsync(new CoapRequest(CoapCode.Put, "/body") { Payload = body }))));
        Assert.Equal(bodies.Select(b => Hex.Digits(b)).Order(), _received.Select(b => Hex.Digits(b)).Order());
        Assert.Equal(2, _network.Sent.Select(d => d.Parse()).Where(m => m.Code == CoapCode.Put && m.Options.Contains(CoapOptionNumber.RequestTag))
            .Select(m => Hex.Digits(m.Options.First(o => o.Key == CoapOptionNumber.RequestTag).Value.Span)).Distinct().Count());

        _network.Sent.Clear();
        _network.Await(server.SendAsync(new CoapRequest(CoapCode.Put, "/body") { Payload = bodies[0] }));
        Assert.DoesNotContain(_network.Sent, d => d.Parse().Options.Contains(CoapOptionNumber.RequestTag));
    }

    [Fact]
    public void Our_client_tags_an_upload_after_one_that_was_given_up()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        CoapPeer server = _server.SeenBy(client);
        using var cancellation = new CancellationTokenSource();
        Task<CoapResponse> given = server.SendAsync(new CoapRequest(CoapCode.Put, "/body") { Payload = _body }, cancellation.Token);
        _network.RunUntil(() => _network.Sent.Count == 1);
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _network.Await(given));
        _network.Run(TimeSpan.FromSeconds(1));
        _network.Sent.Clear();
        _network.Await(server.SendAsync(new CoapRequest(CoapCode.Put, "/body") { Payload = _body }));
        Assert.All(_network.Sent.Where(d => d.Code == CoapCode.Put), d => Assert.True(d.Parse().Options.Contains(CoapOptionNumber.RequestTag)));
    }

    // RFC 9175, 3.4: the tag stays when the blocks of the response are fetched.
    [Fact]
    public void Tagged_posts_at_once_get_each_their_own_response()
    {
        var router = new CoapRouter();
        router.Map("/reverse").On(CoapCode.Post, (ref request) =>
        {
            byte[] body = request.Payload.ToArray();
            Array.Reverse(body);
            request.Respond(CoapCode.Changed, ContentFormat.OctetStream, body);
        });
        SimulatedEndpoint server = _network.Add(router);
        SimulatedEndpoint client = _network.Add(new RecordingHandler(), new CoapEndpointOptions { Transmission = new TransmissionParameters { NStart = 4 } });
        byte[][] bodies = [.. Enumerable.Range(0, 4).Select(i => Bodies.Make(5000, i))];
        CoapResponse[] responses = _network.Await(Task.WhenAll(bodies.Select(body => server.SeenBy(client).SendAsync(new CoapRequest(CoapCode.Post, "/reverse") { Payload = body }))));
        for (int i = 0; i < bodies.Length; i++)
            Assert.Equal(bodies[i].Reverse(), responses[i].Payload.ToArray());
    }

    private WireMessage Put(string block, Action<CoapOptions>? add = null)
    {
        BlockValue value = Bodies.Block(block);
        int start = (int)Math.Min(value.Offset, _body.Length);
        return Send(block, _body.AsSpan(start, value.More ? value.Size : Math.Min(value.Size, _body.Length - start)), add);
    }

    private WireMessage Send(string block, ReadOnlySpan<byte> payload, Action<CoapOptions>? add = null)
    {
        WireMessage message = Bodies.Message(CoapCode.Put, _client.NextMessageId(), "/body", block1: Bodies.Block(block), payload: payload);
        add?.Invoke(message.Options);
        return _client.Exchange(_server, message);
    }
}
