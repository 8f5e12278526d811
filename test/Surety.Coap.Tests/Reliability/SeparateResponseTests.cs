using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Reliability;

/// <summary>RFC 7252, 5.2.2, 5.2.3: answers that are given later.</summary>
public sealed class SeparateResponseTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly RecordingHandler _handler = RecordingHandler.Deferring();
    private readonly SimulatedEndpoint _server;
    private readonly RawPeer _client;

    public SeparateResponseTests()
    {
        _server = _network.Add(_handler);
        _client = _network.AddRaw();
    }

    [Fact]
    public void An_answer_within_the_delay_is_piggybacked()
    {
        Ask(MessageType.Confirmable);
        _network.Run(TimeSpan.FromSeconds(0.9));
        Assert.Empty(_client.Received);
        _handler.Deferred[0].Complete(new CoapResponse(CoapCode.Changed));
        WireMessage answer = _client.Receive();
        Assert.Equal((MessageType.Acknowledgement, CoapCode.Changed, 7), (answer.Type, answer.Code, answer.MessageId));
        Assert.Equal([5], answer.Token);
    }

    [Fact]
    public void After_the_delay_an_empty_acknowledgement_keeps_the_client_from_retransmitting()
    {
        long start = _network.Now;
        Ask(MessageType.Confirmable);
        Assert.Equal(Hex.Bytes("60 00 0007"), _client.Receive().ToBytes());
        Assert.InRange(_network.Now - start, 1000, 1040);
    }

    [Fact]
    public void A_lost_separate_response_is_retransmitted_until_it_is_acknowledged()
    {
        Ask(MessageType.Confirmable);
        _client.Receive();
        _handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content) { Payload = "late"u8.ToArray() });
        byte[] first = _client.Receive().ToBytes();
        WireMessage second = _client.Receive();
        Assert.Equal(first, second.ToBytes());
        _client.Send(_server, new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, second.MessageId));
        _network.Run(TimeSpan.FromMinutes(5));
        Assert.Empty(_client.Received);
    }

    [Theory]
    [InlineData("60 45 {0} ff 61")] // RFC 7252, 5.2.2: code and payload of the acknowledgement are ignored
    [InlineData("70 00 {0}")]
    public void Any_matching_acknowledgement_or_reset_ends_the_retransmission_of_the_response(string hex)
    {
        Ask(MessageType.Confirmable);
        _client.Receive();
        _handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content));
        WireMessage response = _client.Receive();
        _client.SendHex(_server, string.Format(System.Globalization.CultureInfo.InvariantCulture, hex, response.MessageId.ToString("x4", System.Globalization.CultureInfo.InvariantCulture)));
        _network.Run(TimeSpan.FromMinutes(5));
        Assert.Empty(_client.Received);
    }

    [Fact]
    public void A_separate_response_that_nobody_acknowledges_is_given_up()
    {
        Ask(MessageType.Confirmable);
        _client.Receive();
        _handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content));
        _network.Run(TimeSpan.FromMinutes(5));
        Assert.Equal(5, _client.Received.Count);
        Assert.Equal(1, _server.Statistics.Failures);
    }

    [Fact]
    public void A_deferred_answer_to_a_non_confirmable_request_is_non_confirmable_and_nothing_acknowledged()
    {
        Ask(MessageType.NonConfirmable);
        _network.Run(TimeSpan.FromSeconds(30));
        Assert.Empty(_client.Received);
        _handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content));
        WireMessage response = _client.Receive();
        Assert.Equal((MessageType.NonConfirmable, CoapCode.Content), (response.Type, response.Code));
        Assert.Equal([5], response.Token);
    }

    [Fact]
    public void Only_the_first_completion_counts()
    {
        Ask(MessageType.Confirmable);
        _network.Run(TimeSpan.FromMilliseconds(100));
        _handler.Deferred[0].Complete(new CoapResponse(CoapCode.Changed));
        _handler.Deferred[0].Complete(new CoapResponse(CoapCode.Deleted));
        Assert.Equal(CoapCode.Changed, _client.Receive().Code);
        _network.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(_client.Received);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_deferred_response_that_does_not_fit_becomes_5_00(bool late)
    {
        Ask(MessageType.Confirmable);
        if (late)
            _client.Receive();
        else
            _network.Run(TimeSpan.FromMilliseconds(100));
        var response = new CoapResponse(CoapCode.Content);
        response.Options.Add(CoapOptionNumber.ETag, new byte[8]).Add(CoapOptionNumber.LocationPath, new byte[4000]);
        _handler.Deferred[0].Complete(response);
        WireMessage answer = _client.Receive();
        Assert.Equal(CoapCode.InternalServerError, answer.Code);
        Assert.Empty(answer.Options);
        Assert.Equal([5], answer.Token);
    }

    [Fact]
    public void A_handler_that_defers_and_then_fails_answers_through_what_it_deferred()
    {
        _handler.Answer = (ref request) =>
        {
            _handler.Deferred.Add(request.Defer());
            throw new CoapException(CoapCode.Forbidden, "after all");
        };
        Ask(MessageType.Confirmable);
        WireMessage answer = _client.Receive();
        Assert.Equal((MessageType.Acknowledgement, CoapCode.Forbidden), (answer.Type, answer.Code));
        _handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content));
        _network.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(_client.Received);
    }

    [Fact]
    public void Deferred_requests_of_many_peers_are_answered_each()
    {
        RawPeer[] clients = [.. Enumerable.Range(0, 100).Select(_ => _network.AddRaw())];
        foreach (RawPeer client in clients)
            client.Send(_server, new WireMessage(MessageType.Confirmable, CoapCode.Get, 7) { Token = [5] });
        _network.Run(TimeSpan.FromSeconds(2));
        for (int i = 0; i < clients.Length; i++)
        {
            Assert.Equal(CoapCode.Empty, clients[i].Receive().Code);
            _handler.Deferred[i].Complete(new CoapResponse(CoapCode.Content) { Payload = new[] { (byte)i } });
        }

        for (int i = 0; i < clients.Length; i++)
            Assert.Equal([(byte)i], clients[i].Receive().Payload);
    }

    private void Ask(MessageType type) => _client.Send(_server, new WireMessage(type, CoapCode.Post, 7) { Token = [5] });
}
