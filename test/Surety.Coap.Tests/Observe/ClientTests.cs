using Surety.Coap.Tests.Blockwise;
using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Observe;

/// <summary>RFC 7641, 3: the client's side, against a server played by the test; and both together.</summary>
public sealed class ClientTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly RecordingHandler _handler = new();
    private readonly CoapClient _client;
    private readonly SimulatedEndpoint _endpoint;
    private readonly RawPeer _server;

    public ClientTests()
    {
        _client = new CoapClient(_handler, _network.Time);
        _endpoint = _network.Add(_client);
        _server = _network.AddRaw();
    }

    [Fact]
    public void The_first_response_and_the_notifications_come_in_order()
    {
        (CoapObservation observation, WireMessage get) = Observe();
        Assert.Equal(0u, get.Options.GetUInt(CoapOptionNumber.Observe));
        Assert.Equal(get.Token, Hex.Bytes(observation.Token.ToString()));
        for (uint i = 11; i < 20; i++)
            Notify(get, i, (byte)i);
        Assert.Equal(Enumerable.Range(10, 10), Read(observation));
    }

    [Fact]
    public void A_confirmable_notification_is_acknowledged_and_a_late_one_too()
    {
        (CoapObservation observation, WireMessage get) = Observe();
        Assert.Equal(Hex.Bytes("60 00 0101"), Notify(get, 20, 20, MessageType.Confirmable, 0x101)!.ToBytes());
        Assert.Equal(Hex.Bytes("60 00 0102"), Notify(get, 15, 15, MessageType.Confirmable, 0x102)!.ToBytes());
        Assert.Equal([10, 20], Read(observation));
    }

    // RFC 7641, 3.4
    [Theory]
    [InlineData(10u, 11u, 0, true)]
    [InlineData(10u, 10u, 0, false)]
    [InlineData(10u, 9u, 0, false)]
    [InlineData(10u, 0x80_0009u, 0, true)] // 2^23 - 1 ahead
    [InlineData(10u, 0x80_000Au, 0, false)] // 2^23 ahead
    [InlineData(0xFF_FFFFu, 0u, 0, true)] // wrapped
    [InlineData(0xFF_FFFFu, 0x7F_FFFEu, 0, true)] // 2^23 + 1 behind is ahead
    [InlineData(0xFF_FFFFu, 0x7F_FFFFu, 0, false)]
    [InlineData(10u, 9u, 128_000, false)]
    [InlineData(10u, 9u, 128_001, true)] // T2 > T1 + 128 s
    [InlineData(10u, 10u, 128_001, true)]
    public void Of_two_notifications_the_newer_is_told(uint v1, uint v2, int milliseconds, bool newer)
    {
        NotificationOrder order = default;
        Assert.True(order.TryAdvance(v1, 1000));
        Assert.Equal(newer, order.TryAdvance(v2, 1000 + milliseconds));
        // The freshest stays the measure.
        Assert.False(order.TryAdvance(newer ? v2 : v1, 1000 + milliseconds));
    }

    [Fact]
    public void Reordered_notifications_leave_the_newest_state()
    {
        (CoapObservation observation, WireMessage get) = Observe();
        foreach (uint sequence in new uint[] { 12, 11, 14, 13, 14, 15 })
            Notify(get, sequence, (byte)sequence);
        Assert.Equal([10, 12, 14, 15], Read(observation));
    }

    [Fact]
    public void After_a_long_silence_any_number_is_newer()
    {
        (CoapObservation observation, WireMessage get) = Observe();
        _network.Run(TimeSpan.FromSeconds(129));
        Notify(get, 3, 3);
        Assert.Equal([10, 3], Read(observation));
    }

    [Fact]
    public void A_server_that_does_not_add_the_client_gives_one_response_and_ends()
    {
        Task<CoapObservation> observing = _client.ObserveAsync(_server.SeenBy(_endpoint), new CoapRequest(CoapCode.Get, "/r"));
        WireMessage get = _server.Receive();
        _server.Send(_endpoint, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, get.MessageId) { Token = get.Token, Payload = [1] });
        CoapObservation observation = _network.Await(observing);
        Assert.Equal([1], Read(observation));
        Assert.True(observation.Responses.Completion.IsCompleted);
        Assert.Equal(Hex.Bytes("70 00 0101"), Notify(get, 5, 5, MessageType.Confirmable, 0x101)!.ToBytes());
    }

    [Fact]
    public void An_error_ends_the_observation()
    {
        (CoapObservation observation, WireMessage get) = Observe();
        _server.Exchange(_endpoint, new WireMessage(MessageType.Confirmable, CoapCode.NotFound, 0x101) { Token = get.Token });
        Assert.True(observation.Responses.TryRead(out _));
        Assert.True(observation.Responses.TryRead(out CoapResponse? last));
        Assert.Equal(CoapCode.NotFound, last.Code);
        Assert.True(observation.Responses.Completion.IsCompleted);
    }

    [Fact]
    public void To_forget_an_observation_is_enough_the_next_notification_is_reset()
    {
        (CoapObservation observation, WireMessage get) = Observe();
        _ = observation.DisposeAsync();
        Assert.Equal(Hex.Bytes("70 00 0101"), Notify(get, 11, 11, MessageType.Confirmable, 0x101)!.ToBytes());
        Assert.Equal(Hex.Bytes("70 00 0102"), Notify(get, 12, 12, MessageType.NonConfirmable, 0x102)!.ToBytes());
    }

    [Fact]
    public void To_cancel_is_a_get_with_observe_1_the_same_token_and_the_same_options()
    {
        var request = new CoapRequest(CoapCode.Get, "/r?a=b") { Accept = ContentFormat.OctetStream };
        (CoapObservation observation, WireMessage get) = Observe(request);
        Task<CoapResponse> cancelling = observation.CancelAsync();
        WireMessage cancel = _server.Receive();
        Assert.Equal(1u, cancel.Options.GetUInt(CoapOptionNumber.Observe));
        Assert.Equal(get.Token, cancel.Token);
        Assert.Equal(Others(get), Others(cancel));
        _server.Send(_endpoint, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, cancel.MessageId) { Token = cancel.Token, Payload = [9] });
        Assert.Equal([9], _network.Await(cancelling).Payload.ToArray());
        Assert.True(observation.Responses.TryRead(out _));
        Assert.True(observation.Responses.Completion.IsCompleted);

        static IEnumerable<string> Others(WireMessage m) => m.Options.Where(o => o.Key != CoapOptionNumber.Observe).Select(o => $"{o.Key} {Hex.Digits(o.Value.Span)}");
    }

    // RFC 7641, 3.3.1; a server that has forgotten its observers counts anew.
    [Theory]
    [InlineData(20u)]
    [InlineData(10u)]
    [InlineData(2u)]
    public void To_register_again_is_the_same_request_with_the_same_token_and_brings_the_newest_state(uint sequence)
    {
        (CoapObservation observation, WireMessage get) = Observe(new CoapRequest(CoapCode.Get, "/r?a=b") { Accept = ContentFormat.OctetStream });
        Task<CoapResponse> registering = observation.RegisterAgainAsync(TestContext.Current.CancellationToken);
        WireMessage again = _server.Receive();
        Assert.Equal(get.Token, again.Token);
        Assert.NotEqual(get.MessageId, again.MessageId);
        Assert.Equal(get.Options, again.Options, (a, b) => a.Key == b.Key && a.Value.Span.SequenceEqual(b.Value.Span));
        var response = new WireMessage(MessageType.Acknowledgement, CoapCode.Content, again.MessageId) { Token = again.Token, Payload = [20] };
        response.Options.Add(CoapOptionNumber.Observe, sequence);
        _server.Send(_endpoint, response);
        Assert.Equal([20], _network.Await(registering).Payload.ToArray());
        Notify(get, sequence + 1, 21);
        Assert.Equal([10, 20, 21], Read(observation));
    }

    [Fact]
    public void To_register_again_with_a_server_that_does_not_want_to_ends_the_observation()
    {
        (CoapObservation observation, _) = Observe();
        Task<CoapResponse> registering = observation.RegisterAgainAsync(TestContext.Current.CancellationToken);
        WireMessage again = _server.Receive();
        _server.Send(_endpoint, new WireMessage(MessageType.Acknowledgement, CoapCode.NotFound, again.MessageId) { Token = again.Token });
        Assert.Equal(CoapCode.NotFound, _network.Await(registering).Code);
        Assert.Throws<InvalidOperationException>(() => _network.Await(observation.RegisterAgainAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_notification_of_another_peer_with_the_same_token_is_none()
    {
        (CoapObservation observation, WireMessage get) = Observe();
        RawPeer other = _network.AddRaw();
        var notification = new WireMessage(MessageType.Confirmable, CoapCode.Content, 0x101) { Token = get.Token };
        notification.Options.Add(CoapOptionNumber.Observe, 20u);
        Assert.Equal(MessageType.Reset, other.Exchange(_endpoint, notification).Type);
        Assert.Equal([10], Read(observation));
    }

    [Fact]
    public void Max_age_says_how_long_a_state_is_fresh()
    {
        (CoapObservation observation, WireMessage get) = Observe();
        var notification = new WireMessage(MessageType.NonConfirmable, CoapCode.Content, 0x101) { Token = get.Token };
        notification.Options.Add(CoapOptionNumber.Observe, 20u).Add(CoapOptionNumber.MaxAge, 15u);
        _server.Send(_endpoint, notification);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.True(observation.Responses.TryRead(out CoapResponse? first));
        Assert.True(observation.Responses.TryRead(out CoapResponse? second));
        Assert.Equal((TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(15)), (first.MaxAge, second.MaxAge));
    }

    // RFC 7959, 3.4, figure 12: the notification brings the first block, GETs with other tokens and without Observe the rest.
    [Fact]
    public void Figure_12_a_notification_in_blocks_is_completed_by_gets()
    {
        byte[] body = Bodies.Make(309);
        (CoapObservation observation, WireMessage get) = Observe();
        var notification = new WireMessage(MessageType.Confirmable, CoapCode.Content, 0xaf9c) { Token = get.Token, Payload = body[..128] };
        notification.Options.Add(CoapOptionNumber.ETag, Hex.Bytes("6f00f392")).Add(CoapOptionNumber.Observe, 62354u).Add(CoapOptionNumber.Block2, Bodies.Block("0/1/128").ToUInt());
        Assert.Equal(Hex.Bytes("60 00 af9c"), _server.Exchange(_endpoint, notification).ToBytes());
        for (int i = 1; i < 3; i++)
        {
            WireMessage next = _server.Receive();
            Assert.Equal((CoapCode.Get, $"{i}/0/128"), (next.Code, next.Block2?.ToString()));
            Assert.False(next.Options.Contains(CoapOptionNumber.Observe));
            Assert.NotEqual(get.Token, next.Token);
            var block = new WireMessage(MessageType.Acknowledgement, CoapCode.Content, next.MessageId) { Token = next.Token, Payload = body[(i * 128)..Math.Min(309, (i + 1) * 128)] };
            block.Options.Add(CoapOptionNumber.ETag, Hex.Bytes("6f00f392")).Add(CoapOptionNumber.Block2, new BlockValue((uint)i, i < 2, 3).ToUInt());
            _server.Send(_endpoint, block);
        }

        ValueTask<bool> second = default;
        Assert.True(observation.Responses.TryRead(out _));
        second = observation.Responses.WaitToReadAsync();
        _network.Await(second.AsTask());
        Assert.True(observation.Responses.TryRead(out CoapResponse? whole));
        Assert.Equal(body, whole.Payload.ToArray());
        Assert.Equal(62354u, whole.Observe);
    }

    [Fact]
    public void Large_states_of_our_server_reach_our_client_whole()
    {
        var resource = new ObservedResource(_network) { Value = Bodies.Make(5000, 1) };
        SimulatedEndpoint server = _network.Add(resource);
        CoapObservation observation = _network.Await(_client.ObserveAsync(server.SeenBy(_endpoint), new CoapRequest(CoapCode.Get, "/r")));
        Assert.True(observation.Responses.TryRead(out CoapResponse? state));
        Assert.True(state.Payload.Span.SequenceEqual(Bodies.Make(5000, 1)));
        for (int i = 2; i < 6; i++)
        {
            resource.Set(Bodies.Make(4000 + i, i), confirmable: i % 2 == 0);
            state = _network.Await(observation.Responses.ReadAsync().AsTask());
            Assert.True(state.Payload.Span.SequenceEqual(Bodies.Make(4000 + i, i)));
        }

        _network.Await(observation.CancelAsync());
        Assert.Equal(0, resource.Relations.Count);
    }

    [Fact]
    public void Through_loss_duplication_and_reordering_the_observer_ends_with_the_last_state()
    {
        var resource = new ObservedResource(_network);
        SimulatedEndpoint server = _network.Add(resource);
        CoapObservation observation = _network.Await(_client.ObserveAsync(server.SeenBy(_endpoint), new CoapRequest(CoapCode.Get, "/r")));
        _network.Loss = 0.2;
        _network.Duplication = 0.3;
        _network.Latency = (1, 4000);
        for (int i = 1; i <= 200; i++)
        {
            resource.Set((byte)i, confirmable: i % 5 == 0);
            _network.Run(TimeSpan.FromSeconds(1));
        }

        _network.Loss = 0;
        _network.Run(TimeSpan.FromMinutes(2));
        List<int> states = Read(observation);
        Assert.Equal(200, states[^1]);
        Assert.Equal(states.Order(), states);
        Assert.Equal(1, resource.Relations.Count);
    }

    [Fact]
    public void A_fetch_can_be_observed()
    {
        var resource = new ObservedResource(_network);
        SimulatedEndpoint server = _network.Add(resource);
        CoapObservation observation = _network.Await(_client.ObserveAsync(server.SeenBy(_endpoint), new CoapRequest(CoapCode.Fetch, "/r") { Payload = new byte[] { 1 } }));
        resource.Set(5, confirmable: true);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal([0, 5], Read(observation));
        Assert.Equal(CoapCode.Fetch, resource.Relations.All.Single().Request.Method);
    }

    [Fact]
    public void An_observation_that_cannot_be_registered_fails()
    {
        Task<CoapObservation> observing = _client.ObserveAsync(_server.SeenBy(_endpoint), new CoapRequest(CoapCode.Get, "/r"));
        _server.Send(_endpoint, new WireMessage(MessageType.Reset, CoapCode.Empty, _server.Receive().MessageId));
        Assert.Equal(ExchangeFailure.Reset, Assert.Throws<CoapExchangeException>(() => _network.Await(observing)).Failure);
    }

    [Fact]
    public void When_the_peer_is_gone_its_observations_fail()
    {
        (CoapObservation observation, _) = Observe();
        _client.OnPeerClosed(_server.SeenBy(_endpoint));
        Assert.True(observation.Responses.TryRead(out _));
        Assert.Equal(ExchangeFailure.Unreachable, Assert.IsType<CoapExchangeException>(observation.Responses.Completion.Exception?.InnerException).Failure);
    }

    [Fact]
    public void A_client_passes_requests_on_and_answers_4_04_without_a_handler()
    {
        Assert.Equal(CoapCode.Content, _server.Exchange(_endpoint, new WireMessage(MessageType.Confirmable, CoapCode.Get, 1)).Code);
        Assert.Single(_handler.Requests);
        SimulatedEndpoint alone = _network.Add(new CoapClient());
        Assert.Equal(CoapCode.NotFound, _server.Exchange(alone, new WireMessage(MessageType.Confirmable, CoapCode.Get, 1)).Code);
    }

    private (CoapObservation Observation, WireMessage Get) Observe(CoapRequest? request = null)
    {
        Task<CoapObservation> observing = _client.ObserveAsync(_server.SeenBy(_endpoint), request ?? new CoapRequest(CoapCode.Get, "/r"));
        WireMessage get = _server.Receive();
        var first = new WireMessage(MessageType.Acknowledgement, CoapCode.Content, get.MessageId) { Token = get.Token, Payload = [10] };
        first.Options.Add(CoapOptionNumber.Observe, 10u);
        _server.Send(_endpoint, first);
        return (_network.Await(observing), get);
    }

    private WireMessage? Notify(WireMessage get, uint sequence, byte value, MessageType type = MessageType.NonConfirmable, ushort? messageId = null)
    {
        var notification = new WireMessage(type, CoapCode.Content, messageId ?? _server.NextMessageId()) { Token = get.Token, Payload = [value] };
        notification.Options.Add(CoapOptionNumber.Observe, sequence);
        _server.Send(_endpoint, notification);
        _network.Run(TimeSpan.FromSeconds(1));
        return _server.Received.Count > 0 ? _server.Receive() : null;
    }

    private static List<int> Read(CoapObservation observation)
    {
        var values = new List<int>();
        while (observation.Responses.TryRead(out CoapResponse? response))
            values.Add(response.Payload.Span[0]);
        return values;
    }
}
