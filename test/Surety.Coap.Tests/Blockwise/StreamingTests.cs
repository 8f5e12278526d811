using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Blockwise;

/// <summary>Bodies that are never whole in memory.</summary>
public sealed class StreamingTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly byte[] _body = Bodies.Make(3_000_000);
    private readonly List<Receiver> _receivers = [];
    private readonly SimulatedEndpoint _server;
    private readonly SimulatedEndpoint _client;
    private readonly CoapPeer _peer;

    public StreamingTests()
    {
        var router = new CoapRouter();
        CoapResource resource = router.Map("/firmware");
        resource.On(CoapCode.Get, (ref request) => request.Respond(CoapCode.Content, ContentFormat.OctetStream, new Body(_body)));
        resource.On(CoapCode.Put, (ref request) => request.Respond(CoapCode.Changed));
        resource.BodyReceiver = _ =>
        {
            var receiver = new Receiver();
            _receivers.Add(receiver);
            return receiver;
        };
        _server = _network.Add(router, new CoapEndpointOptions { MaxRequestBody = 0 });
        _client = _network.Add(new RecordingHandler());
        _peer = _server.SeenBy(_client);
    }

    [Fact]
    public void An_upload_is_handed_on_block_by_block_beyond_any_limit_of_memory()
    {
        CoapResponse response = _network.Await(_peer.SendAsync(new CoapRequest(CoapCode.Put, "/firmware") { Payload = _body }), TimeSpan.FromHours(5));
        Assert.Equal(CoapCode.Changed, response.Code);
        Receiver receiver = Assert.Single(_receivers);
        Assert.True(receiver.Received.ToArray().AsSpan().SequenceEqual(_body));
        Assert.True(receiver.IsComplete);
        Assert.False(receiver.IsAborted);
        Assert.True(_server.Transfers.Bytes < 1000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stream_is_uploaded_from_where_it_stands(bool canSeek)
    {
        using var stream = new MemoryStream(_body);
        stream.Position = 1_000_000;
        using Stream source = canSeek ? stream : new OneWayStream(stream);
        _network.Await(_peer.SendAsync(new CoapRequest(CoapCode.Put, "/firmware") { PayloadStream = source }), TimeSpan.FromHours(5));
        Assert.True(Assert.Single(_receivers).Received.ToArray().AsSpan().SequenceEqual(_body.AsSpan(1_000_000)));
        Assert.Equal(canSeek ? 2_000_000u : null, _network.Sent[0].Parse().Options.GetUInt(CoapOptionNumber.Size1));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1024, 0)]
    [InlineData(1025, 1)]
    [InlineData(2048, 1)]
    public void A_short_stream_is_uploaded_and_of_one_block_the_handler_sees_the_whole(int length, int receivers)
    {
        using var stream = new OneWayStream(new MemoryStream(_body[..length]));
        CoapResponse response = _network.Await(_peer.SendAsync(new CoapRequest(CoapCode.Put, "/firmware") { PayloadStream = stream }));
        Assert.Equal(CoapCode.Changed, response.Code);
        Assert.Equal(receivers, _receivers.Count);
        Assert.Equal(receivers == 0 ? "0/0/1024" : null, receivers == 0 ? _network.Sent[1].Parse().Block1?.ToString() : null);
    }

    [Fact]
    public void A_download_is_read_block_by_block_and_written_to_a_stream()
    {
        using var stream = new MemoryStream();
        CoapResponse response = _network.Await(_peer.SendAsync(new CoapRequest(CoapCode.Get, "/firmware") { ResponseStream = stream }), TimeSpan.FromHours(5));
        Assert.Equal(CoapCode.Content, response.Code);
        Assert.Equal(ContentFormat.OctetStream, response.ContentFormat);
        Assert.True(response.Payload.IsEmpty);
        Assert.True(stream.ToArray().AsSpan().SequenceEqual(_body));
        Assert.Equal(0, _server.Transfers.Count);
        Assert.Equal((uint)_body.Length, response.Options.GetUInt(CoapOptionNumber.Size2));
    }

    [Fact]
    public void An_error_is_not_written_to_the_stream()
    {
        using var stream = new MemoryStream();
        CoapResponse response = _network.Await(_peer.SendAsync(new CoapRequest(CoapCode.Get, "/nothing") { ResponseStream = stream }));
        Assert.Equal(CoapCode.NotFound, response.Code);
        Assert.NotEqual("", response.Text);
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void Any_block_of_a_body_that_is_read_can_be_asked_for()
    {
        RawPeer raw = _network.AddRaw();
        WireMessage block = raw.Exchange(_server, Bodies.Message(CoapCode.Get, 1, "/firmware", block2: Bodies.Block("1000/0/256")));
        Assert.Equal("1000/1/256", block.Block2?.ToString());
        Assert.Equal(_body.AsSpan(256_000, 256).ToArray(), block.Payload);
        Assert.Equal(CoapCode.BadRequest, raw.Exchange(_server, Bodies.Message(CoapCode.Get, 2, "/firmware", block2: Bodies.Block("11719/0/256"))).Code);
        WireMessage last = raw.Exchange(_server, Bodies.Message(CoapCode.Get, 3, "/firmware", block2: Bodies.Block("11718/0/256")));
        Assert.Equal("11718/0/256", last.Block2?.ToString());
        Assert.Equal(_body[^192..], last.Payload);
    }

    [Fact]
    public void A_receiver_that_is_replaced_timed_out_or_failed_is_aborted()
    {
        RawPeer raw = _network.AddRaw();
        Put(raw, "0/1/1024");
        Put(raw, "0/1/1024");
        Assert.Equal([true, false], _receivers.Select(r => r.IsAborted));
        Assert.Equal(CoapCode.RequestEntityIncomplete, Put(raw, "5/1/1024").Code);
        Assert.Equal([true, true], _receivers.Select(r => r.IsAborted));
        Put(raw, "0/1/1024");
        _network.Run(TimeSpan.FromSeconds(310));
        Assert.True(_receivers[2].IsAborted);
        Assert.All(_receivers, r => Assert.False(r.IsComplete));
    }

    [Fact]
    public void A_receiver_may_end_the_transfer_with_an_error()
    {
        RawPeer raw = _network.AddRaw();
        Put(raw, "0/1/1024");
        _receivers[0].Failure = new CoapException(CoapCode.RequestEntityTooLarge, "enough");
        WireMessage answer = Put(raw, "1/1/1024");
        Assert.Equal((CoapCode.RequestEntityTooLarge, "enough"), (answer.Code, answer.Text));
        Assert.True(_receivers[0].IsAborted);
        Assert.Equal(0, _server.Transfers.Count);
        Assert.Equal(CoapCode.RequestEntityIncomplete, Put(raw, "2/1/1024").Code);
    }

    [Fact]
    public void A_body_that_is_read_block_by_block_cannot_answer_what_is_not_safe()
    {
        var handler = new RecordingHandler { Answer = (ref request) => request.Respond(CoapCode.Changed, ContentFormat.OctetStream, new Body(_body)) };
        SimulatedEndpoint server = _network.Add(handler);
        Assert.Equal(CoapCode.InternalServerError, _network.AddRaw().Exchange(server, Bodies.Message(CoapCode.Post, 1, "/x")).Code);
    }

    private WireMessage Put(RawPeer peer, string block) =>
        peer.Exchange(_server, Bodies.Message(CoapCode.Put, peer.NextMessageId(), "/firmware", block1: Bodies.Block(block), payload: new byte[1024]));

    private sealed class Body(byte[] bytes) : CoapBody
    {
        public override long Length => bytes.Length;

        public override ReadOnlyMemory<byte> ETag => new byte[] { 1, 2, 3 };

        public override void Read(long offset, Span<byte> destination) => bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
    }

    private sealed class Receiver : BodyReceiver
    {
        public MemoryStream Received { get; } = new();

        public bool IsComplete { get; private set; }

        public bool IsAborted { get; private set; }

        public Exception? Failure { get; set; }

        public override void Write(long offset, ReadOnlySpan<byte> block)
        {
            if (Failure is not null)
                throw Failure;
            Assert.Equal(Received.Length, offset);
            Received.Write(block);
        }

        public override void Complete(ref IncomingRequest request)
        {
            IsComplete = true;
            request.Respond(CoapCode.Changed);
        }

        public override void Abort() => IsAborted = true;
    }

    /// <summary>A stream that neither seeks nor gives all that it is asked for.</summary>
    private sealed class OneWayStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(count, 700));

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
