using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Reliability;

/// <summary>Messages of ours that come to nothing, and handlers that fail.</summary>
public sealed class FailureTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly RecordingHandler _handler = new();
    private readonly SimulatedEndpoint _endpoint;
    private readonly RawPeer _peer;

    public FailureTests()
    {
        _endpoint = _network.Add(_handler);
        _peer = _network.AddRaw();
    }

    [Fact]
    public void A_cancelled_request_is_not_retransmitted_and_its_response_is_a_stray()
    {
        using var cancellation = new CancellationTokenSource();
        Task<CoapResponse> request = _peer.SeenBy(_endpoint).SendAsync(new CoapRequest(CoapCode.Get, "/x"), cancellation.Token);
        WireMessage get = _peer.Receive();
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _network.Await(request));
        Assert.Equal(Hex.Bytes("70 00 0009"), _peer.Exchange(_endpoint, new WireMessage(MessageType.Confirmable, CoapCode.Content, 9) { Token = get.Token }).ToBytes());
        _network.Run(TimeSpan.FromMinutes(3));
        Assert.Empty(_peer.Received);
    }

    [Fact]
    public void A_request_that_is_cancelled_before_its_turn_is_never_sent_and_makes_room()
    {
        SimulatedEndpoint client = _network.Add(_handler, new CoapEndpointOptions { MaxWaitingPerPeer = 2 });
        CoapPeer peer = _peer.SeenBy(client);
        ProbeMessage[] requests = [.. Enumerable.Range(0, 3).Select(i => new ProbeMessage(CoapCode.Get, $"/{i}"))];
        foreach (ProbeMessage request in requests)
            client.Send(peer.Key, request);
        WireMessage first = _peer.Receive();
        client.Cancel(requests[1]);
        var late = new ProbeMessage(CoapCode.Get, "/late");
        client.Send(peer.Key, late);
        _network.Run(TimeSpan.FromMilliseconds(100));
        Assert.Null(late.Failure);
        _peer.Send(client, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, first.MessageId) { Token = first.Token });
        WireMessage second = _peer.Receive();
        Assert.Equal("2", second.Options.GetStrings(CoapOptionNumber.UriPath).Single());
        Assert.False(requests[1].IsOver);
    }

    [Fact]
    public void Cancelling_what_is_over_or_was_never_sent_does_nothing()
    {
        var request = new ProbeMessage();
        _endpoint.Cancel(request);
        _endpoint.Send(_peer.SeenBy(_endpoint).Key, request);
        WireMessage get = _peer.Receive();
        _peer.Send(_endpoint, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, get.MessageId) { Token = get.Token });
        _network.RunUntil(() => request.IsOver);
        _endpoint.Cancel(request);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Single(request.Responses);
        Assert.Null(request.Failure);
    }

    [Fact]
    public void A_request_that_is_longer_than_a_message_fails()
    {
        var request = new ProbeMessage(CoapCode.Put, "/p", new byte[4000]);
        _endpoint.Send(_peer.SeenBy(_endpoint).Key, request);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(ExchangeFailure.TooLarge, request.Failure);
        Assert.Empty(_network.Sent);
        // Nothing of it is left.
        var next = new ProbeMessage();
        _endpoint.Send(_peer.SeenBy(_endpoint).Key, next);
        _peer.Receive(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void When_the_endpoint_closes_everything_fails()
    {
        ProbeMessage[] requests = [.. Enumerable.Range(0, 5).Select(_ => new ProbeMessage())];
        foreach (ProbeMessage request in requests)
            _endpoint.Send(_peer.SeenBy(_endpoint).Key, request);
        _network.Run(TimeSpan.FromSeconds(1));
        _ = _endpoint.DisposeAsync();
        Assert.All(requests, r => Assert.Equal(ExchangeFailure.Closed, r.Failure));
        Assert.Equal(5, _endpoint.Statistics.Failures);
    }

    [Fact]
    public void A_message_that_cannot_be_written_fails_and_leaves_nothing_behind()
    {
        SimulatedEndpoint client = _network.Add(_handler, new CoapEndpointOptions { MaxExchanges = 1 });
        var broken = new BrokenMessage();
        client.Send(_peer.SeenBy(client).Key, broken);
        Assert.Throws<InvalidOperationException>(() => _network.Run(TimeSpan.FromSeconds(1)));
        Assert.True(broken.HasFailed);
        client.Send(_peer.SeenBy(client).Key, new ProbeMessage());
        _peer.Receive(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_handler_that_throws_gives_5_00_and_says_nothing_of_its_fault()
    {
        _handler.Answer = (ref request) =>
        {
            request.Respond(CoapCode.Content).Payload("half"u8);
            throw new InvalidOperationException("secret");
        };
        WireMessage answer = _peer.Exchange(_endpoint, new WireMessage(MessageType.Confirmable, CoapCode.Get, 1) { Token = [4] });
        Assert.Equal(CoapCode.InternalServerError, answer.Code);
        Assert.Equal([4], answer.Token);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("half", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_that_gives_no_answer_gives_5_00()
    {
        _handler.Answer = (ref _) => { };
        Assert.Equal(CoapCode.InternalServerError, _peer.Exchange(_endpoint, new WireMessage(MessageType.Confirmable, CoapCode.Get, 1)).Code);
    }

    [Fact]
    public void A_coap_exception_becomes_its_code_and_its_message_the_diagnostic()
    {
        _handler.Answer = (ref _) => throw new CoapException(CoapCode.Conflict, "twice");
        WireMessage answer = _peer.Exchange(_endpoint, new WireMessage(MessageType.Confirmable, CoapCode.Get, 1));
        Assert.Equal((CoapCode.Conflict, "twice"), (answer.Code, answer.Text));
    }

    [Fact]
    public void A_response_longer_than_a_message_becomes_5_00()
    {
        _handler.Answer = (ref request) => request.Respond(CoapCode.Content).Payload(new byte[4000]);
        WireMessage answer = _peer.Exchange(_endpoint, new WireMessage(MessageType.Confirmable, CoapCode.Get, 1) { Token = [4] });
        Assert.Equal(CoapCode.InternalServerError, answer.Code);
        Assert.Equal([4], answer.Token);
    }

    [Fact]
    public void A_request_is_answered_once()
    {
        _handler.Answer = (ref request) =>
        {
            request.Respond(CoapCode.Content);
            Assert.True(request.IsHandled);
            bool refused = false;
            try
            {
                request.Respond(CoapCode.Content);
            }
            catch (InvalidOperationException)
            {
                refused = true;
            }

            Assert.True(refused);
        };
        Assert.Equal(CoapCode.Content, _peer.Exchange(_endpoint, new WireMessage(MessageType.Confirmable, CoapCode.Get, 1)).Code);
    }

    private sealed class BrokenMessage : OutgoingMessage
    {
        public bool HasFailed { get; private set; }

        protected internal override CoapCode Write(ref CoapMessageWriter writer) => throw new InvalidOperationException("cannot");

        protected internal override void OnFailed(ExchangeFailure failure) => HasFailed = true;
    }
}
