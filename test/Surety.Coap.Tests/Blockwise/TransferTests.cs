using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Blockwise;

/// <summary>RFC 7959: whole bodies both ways, our client against our server.</summary>
public sealed class TransferTests
{
    private const int Mebi = 1024 * 1024;

    private readonly SimulatedNetwork _network = new();
    private readonly List<byte[]> _received = [];

    [Theory]
    [InlineData(Mebi, 16)]
    [InlineData(Mebi, 32)]
    [InlineData(Mebi, 64)]
    [InlineData(Mebi, 128)]
    [InlineData(Mebi, 256)]
    [InlineData(Mebi, 512)]
    [InlineData(Mebi, 1024)]
    [InlineData((5 * Mebi) + 1, 128)]
    [InlineData((5 * Mebi) - 1, 1024)]
    public void A_body_is_downloaded(int length, int blockSize)
    {
        byte[] body = Bodies.Make(length);
        (SimulatedEndpoint client, CoapPeer server) = Add(body);
        var request = new CoapRequest(CoapCode.Get, "/body") { PreferredBlockSize = blockSize, MaxResponseBody = 10 * Mebi };
        CoapResponse response = _network.Await(server.SendAsync(request), TimeSpan.FromDays(1));
        Assert.Equal(CoapCode.Content, response.Code);
        Assert.True(response.Payload.Span.SequenceEqual(body));
        Assert.Equal(ContentFormat.OctetStream, response.ContentFormat);
        Assert.Equal((uint)length, response.Options.GetUInt(CoapOptionNumber.Size2));
        Assert.Equal(2 * (long)Math.Ceiling((double)length / blockSize), _network.Sent.Count);
        Assert.Equal(0, client.Statistics.Retransmissions);
    }

    [Theory]
    [InlineData(Mebi, 16)]
    [InlineData(Mebi, 64)]
    [InlineData(Mebi, 256)]
    [InlineData(Mebi, 1024)]
    [InlineData((5 * Mebi) + 1, 128)]
    [InlineData((5 * Mebi) - 1, 1024)]
    public void A_body_is_uploaded(int length, int blockSize)
    {
        byte[] body = Bodies.Make(length);
        (_, CoapPeer server) = Add([], new CoapEndpointOptions { MaxRequestBody = 10 * Mebi });
        var request = new CoapRequest(CoapCode.Put, "/body") { PreferredBlockSize = blockSize, Payload = body };
        CoapResponse response = _network.Await(server.SendAsync(request), TimeSpan.FromDays(1));
        Assert.Equal(CoapCode.Changed, response.Code);
        Assert.True(Assert.Single(_received).AsSpan().SequenceEqual(body));
        Assert.Equal((uint)length, _network.Sent[0].Parse().Options.GetUInt(CoapOptionNumber.Size1));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1024, 1)]
    [InlineData(1025, 2)]
    [InlineData(2048, 2)]
    [InlineData(2049, 3)]
    public void Bodies_at_the_edges_of_blocks_take_as_many_messages_as_they_must(int length, int messages)
    {
        byte[] body = Bodies.Make(length);
        (_, CoapPeer server) = Add(body);
        Assert.True(_network.Await(server.SendAsync(new CoapRequest(CoapCode.Get, "/body"))).Payload.Span.SequenceEqual(body));
        Assert.Equal(2 * messages, _network.Sent.Count);
        _network.Sent.Clear();
        _network.Await(server.SendAsync(new CoapRequest(CoapCode.Put, "/body") { Payload = body }));
        Assert.Equal(body, _received.Single());
        Assert.Equal(2 * messages, _network.Sent.Count);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void Bodies_arrive_whole_through_loss_duplication_and_reordering(double loss)
    {
        byte[] body = Bodies.Make(60_000);
        // A failure of one block in a hundred thousand is not what is tested.
        var options = new CoapEndpointOptions { Transmission = new TransmissionParameters { MaxRetransmit = 10 } };
        (SimulatedEndpoint client, CoapPeer server) = Add(body, options, options);
        _network.Loss = loss;
        _network.Duplication = 0.2;
        _network.Latency = (5, 3000);
        CoapResponse get = _network.Await(server.SendAsync(new CoapRequest(CoapCode.Get, "/body") { PreferredBlockSize = 256 }), TimeSpan.FromDays(10));
        Assert.True(get.Payload.Span.SequenceEqual(body));
        CoapResponse put = _network.Await(server.SendAsync(new CoapRequest(CoapCode.Put, "/body") { PreferredBlockSize = 256, Payload = body }), TimeSpan.FromDays(10));
        Assert.Equal(CoapCode.Changed, put.Code);
        Assert.True(Assert.Single(_received).AsSpan().SequenceEqual(body));
        Assert.True(client.Statistics.Retransmissions > 20);
    }

    [Fact]
    public void Bodies_are_exchanged_in_non_confirmable_messages_too()
    {
        byte[] body = Bodies.Make(5000);
        (_, CoapPeer server) = Add(body);
        Assert.True(_network.Await(server.SendAsync(new CoapRequest(CoapCode.Get, "/body") { Confirmable = false })).Payload.Span.SequenceEqual(body));
        _network.Await(server.SendAsync(new CoapRequest(CoapCode.Put, "/body") { Confirmable = false, Payload = body }));
        Assert.Equal(body, _received.Single());
        Assert.All(_network.Sent, d => Assert.Equal(MessageType.NonConfirmable, d.Type));
    }

    [Fact]
    public void A_post_has_blocks_both_ways()
    {
        byte[] answer = Bodies.Make(40_000, 1);
        byte[] body = Bodies.Make(30_000, 2);
        (_, CoapPeer server) = Add(answer);
        CoapResponse response = _network.Await(server.SendAsync(new CoapRequest(CoapCode.Post, "/body") { Payload = body }));
        Assert.Equal(CoapCode.Changed, response.Code);
        Assert.True(response.Payload.Span.SequenceEqual(answer));
        Assert.True(Assert.Single(_received).AsSpan().SequenceEqual(body));
    }

    [Theory]
    [InlineData(100, 40_000)]
    [InlineData(5000, 40_000)]
    [InlineData(5000, 10)]
    public void A_fetch_has_blocks_both_ways(int question, int length)
    {
        byte[] answer = Bodies.Make(length, 1);
        byte[] body = Bodies.Make(question, 2);
        (_, CoapPeer server) = Add(answer);
        CoapResponse response = _network.Await(server.SendAsync(new CoapRequest(CoapCode.Fetch, "/body") { Payload = body, ContentFormat = ContentFormat.OctetStream }));
        Assert.Equal(CoapCode.Content, response.Code);
        Assert.True(response.Payload.Span.SequenceEqual([.. body, .. answer]));
    }

    [Fact]
    public void Fetches_with_different_bodies_do_not_get_each_others_blocks()
    {
        byte[] answer = Bodies.Make(5000);
        (_, CoapPeer server) = Add(answer, options: null, new CoapEndpointOptions { Transmission = new TransmissionParameters { NStart = 10 } });
        byte[][] questions = [.. Enumerable.Range(0, 5).Select(i => Bodies.Make(50, i))];
        Task<CoapResponse[]> all = Task.WhenAll(questions.Select(q => server.SendAsync(new CoapRequest(CoapCode.Fetch, "/body") { Payload = q })));
        CoapResponse[] responses = _network.Await(all);
        for (int i = 0; i < questions.Length; i++)
            Assert.True(responses[i].Payload.Span.SequenceEqual([.. questions[i], .. answer]));
    }

    [Fact]
    public void A_body_longer_than_the_client_takes_fails_the_request()
    {
        (_, CoapPeer server) = Add(Bodies.Make(5000));
        var failure = Assert.Throws<CoapExchangeException>(() => _network.Await(server.SendAsync(new CoapRequest(CoapCode.Get, "/body") { MaxResponseBody = 4999 })));
        Assert.Equal(ExchangeFailure.BadResponse, failure.Failure);
        Assert.Equal(5000, _network.Await(server.SendAsync(new CoapRequest(CoapCode.Get, "/body") { MaxResponseBody = 5000 })).Payload.Length);
    }

    private (SimulatedEndpoint Client, CoapPeer Server) Add(byte[] body, CoapEndpointOptions? options = null, CoapEndpointOptions? clientOptions = null)
    {
        SimulatedEndpoint server = _network.Add(Bodies.Serve(body, _received), options);
        SimulatedEndpoint client = _network.Add(new RecordingHandler(), clientOptions);
        return (client, server.SeenBy(client));
    }
}
