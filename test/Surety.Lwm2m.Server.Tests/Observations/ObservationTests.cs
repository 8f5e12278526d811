using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Observations;

/// <summary>Observe and Notify (LwM2M Core 6.4; RFC 7641).</summary>
public sealed class ObservationTests : IDisposable
{
    private static readonly Lwm2mPath Battery = new(3, 0, 9);

    private readonly ServerHarness _harness = new();
    private readonly TestDevice _device;
    private readonly Registration _registration;

    public ObservationTests()
    {
        _device = _harness.Add();
        _registration = _device.RegisterAs("a");
        _harness.Events.Clear();
    }

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Notifications_find_their_observation_by_its_token()
    {
        // ETS 1.1-int-301.
        (Observation one, byte[] tokenOne) = _device.GrantObserve(_registration, Battery, options: new() { Tag = "battery" });
        (Observation two, byte[] tokenTwo) = _device.GrantObserve(_registration, new Lwm2mPath(3, 0, 13));
        Assert.Equal((8, 8), (tokenOne.Length, tokenTwo.Length));
        Assert.NotEqual(tokenOne, tokenTwo);
        Assert.Equal([one, two], _harness.Registrations.ObservationsOf(_registration).Reverse());
        var observed = new List<Observation>();
        _harness.Events.Notified = observed.Add;

        Assert.True(_device.NotifyConfirmable(tokenTwo, 2, "1767225600"));
        _device.Notify(tokenOne, 2, "95", MessageType.NonConfirmable);
        _device.ReceiveNothing(1);
        Assert.Equal(["notified /3/0/13 2.05 1767225600", "notified /3/0/9 2.05 95"], _harness.Events.Lines);
        Assert.Equal([two, one], observed);
        Assert.Equal("battery", observed[1].Tag);
        Assert.Equal("awake a", _harness.Events.All[^2]);
    }

    [Theory]
    [InlineData("10 11 12", "10 11 12")]
    [InlineData("10 12 11 13", "10 12 13")]
    [InlineData("10 10", "10 10")]
    [InlineData("16777215 0 1", "16777215 0 1")]
    [InlineData("2 8388609 8388610", "2 8388609 8388610")]
    [InlineData("2 8388611 3", "2 3")]
    public void A_notification_that_was_overtaken_is_acknowledged_but_no_news(string sent, string told)
    {
        // RFC 7641, 3.4; equal numbers come from a device that was not acknowledged.
        Task<ObserveResult> observing = _harness.BeginObserve(_registration, Battery);
        string[] sequence = sent.Split(' ');
        byte[] token = _device.Serve(CoapCode.Content, sequence[0], o => o.Add(CoapOptionNumber.Observe, uint.Parse(sequence[0]))).Token;
        Assert.NotNull(_harness.Network.Await(observing).Observation);
        foreach (string number in sequence[1..])
            Assert.True(_device.NotifyConfirmable(token, uint.Parse(number), number));
        Assert.Equal(told.Split(' ')[1..], _harness.Events.Lines.Select(l => l.Split(' ')[^1]));
    }

    [Fact]
    public void After_two_minutes_any_notification_is_news()
    {
        (_, byte[] token) = _device.GrantObserve(_registration, Battery);
        Assert.True(_device.NotifyConfirmable(token, 1000, "1"));
        _harness.Run(129);
        Assert.True(_device.NotifyConfirmable(token, 3, "2"));
        Assert.Equal(2, _harness.Events.Lines.Length);
    }

    [Fact]
    public void A_repeated_notification_is_told_once()
    {
        (_, byte[] token) = _device.GrantObserve(_registration, Battery);
        var notification = new WireMessage(MessageType.Confirmable, CoapCode.Content, 0x4242) { Token = token, Payload = "5"u8.ToArray() };
        notification.Options.Add(CoapOptionNumber.Observe, 7u);
        _device.Send(notification);
        _device.Send(notification);
        Assert.Equal(MessageType.Acknowledgement, _device.Receive().Type);
        Assert.Equal(MessageType.Acknowledgement, _device.Receive().Type);
        Assert.Single(_harness.Events.Lines);
    }

    [Fact]
    public void A_notification_that_overtakes_the_answer_is_the_answer()
    {
        Task<ObserveResult> observing = _harness.BeginObserve(_registration, Battery);
        WireMessage request = _device.Receive();
        Assert.True(_device.NotifyConfirmable(request.Token, 9, "94"));
        ObserveResult result = _harness.Network.Await(observing);
        Assert.Equal("94", result.Response.Diagnostic);
        Assert.True(result.Observation!.IsActive);
        _device.Answer(request, CoapCode.Content, "93", o => o.Add(CoapOptionNumber.Observe, 8u));
        Assert.True(_device.NotifyConfirmable(request.Token, 10, "95"));
        Assert.Equal(["notified /3/0/9 2.05 95"], _harness.Events.Lines);
    }

    [Fact]
    public void A_notification_from_another_address_without_security_gets_a_Reset()
    {
        (Observation observation, byte[] token) = _device.GrantObserve(_registration, Battery);
        Assert.False(_harness.Add().NotifyConfirmable(token, 5, "1"));
        Assert.False(_harness.Add(ServerHarness.Certificate("b")).NotifyConfirmable(token, 5, "1"));
        Assert.True(observation.IsActive);
        Assert.Empty(_harness.Events.Lines);
        Assert.True(_device.NotifyConfirmable(token, 5, "1"));
    }

    [Fact]
    public void A_device_with_security_notifies_from_wherever_it_is()
    {
        TestDevice device = _harness.Add(ServerHarness.Certificate("b"));
        Registration registration = device.RegisterAs("b");
        (_, byte[] token) = device.GrantObserve(registration, Battery);
        TestDevice moved = _harness.Add(ServerHarness.Certificate("b"));
        Assert.True(moved.NotifyConfirmable(token, 5, "1"));
        Assert.Equal(moved.Peer.SeenBy(_harness.Secure), registration.Peer);
        Assert.Contains("notified /3/0/9 2.05 1", _harness.Events.Lines);

        Assert.False(_harness.Add(ServerHarness.Certificate("c")).NotifyConfirmable(token, 6, "1"));
        Assert.False(_harness.Add().NotifyConfirmable(token, 6, "1"));
        Task<DeviceResponse> reading = _harness.Begin(registration, DeviceRequest.Read(Battery));
        moved.Serve(CoapCode.Content, "1");
        Assert.True(_harness.Network.Await(reading).IsSuccess);
    }

    [Theory]
    [InlineData(0x84)]
    [InlineData(0x85)]
    [InlineData(0xA0)]
    public void An_error_ends_the_observation(byte code)
    {
        (Observation observation, byte[] token) = _device.GrantObserve(_registration, Battery);
        _device.Notify(token, null, "gone", code: new CoapCode(code));
        Assert.Equal(MessageType.Acknowledgement, _device.Receive().Type);
        Assert.False(observation.IsActive);
        Assert.Equal([$"notified /3/0/9 {new CoapCode(code)} gone", "ended /3/0/9"], _harness.Events.Lines);
        Assert.Equal(0, _harness.Registrations.ObservationCount);
        Assert.False(_device.NotifyConfirmable(token, 5, "1"));
    }

    [Fact]
    public void A_device_that_does_not_observe_answers_the_read_and_nothing_else_follows()
    {
        Task<ObserveResult> observing = _harness.BeginObserve(_registration, Battery);
        byte[] token = _device.Serve(CoapCode.Content, "95").Token;
        ObserveResult result = _harness.Network.Await(observing);
        Assert.Equal(("95", null), (result.Response.Diagnostic, result.Observation));
        Assert.Equal(0, _harness.Registrations.ObservationCount);
        Assert.False(_device.NotifyConfirmable(token, 2, "94"));
        Assert.Empty(_harness.Events.Lines);
    }

    [Fact]
    public void A_refused_or_unanswered_observation_leaves_nothing()
    {
        Task<ObserveResult> refused = _harness.BeginObserve(_registration, Battery);
        _device.Serve(CoapCode.MethodNotAllowed, "not readable");
        ObserveResult result = _harness.Network.Await(refused);
        Assert.Equal((CoapCode.MethodNotAllowed, "not readable", null), (result.Response.Code, result.Response.Diagnostic, result.Observation));

        Task<ObserveResult> unanswered = _harness.BeginObserve(_registration, Battery);
        byte[] token = _device.Receive().Token;
        Assert.Throws<CoapExchangeException>(() => _harness.Network.Await(unanswered));
        Assert.Equal(0, _harness.Registrations.ObservationCount);
        _device.Peer.Clear();
        Assert.False(_device.NotifyConfirmable(token, 2, "94"));
        Assert.Empty(_harness.Events.Lines);
    }

    [Fact]
    public void Cancelling_tells_the_device_with_the_same_token()
    {
        // ETS 1.1-int-303.
        (Observation observation, byte[] token) = _device.GrantObserve(_registration, Battery);
        Task<DeviceResponse> cancelling = _harness.BeginCancel(observation);
        WireMessage request = _device.Serve(CoapCode.Content, "95");
        Assert.Equal(token, request.Token);
        Assert.Equal((CoapCode.Get, 1u), (request.Code, request.Options.GetUInt(CoapOptionNumber.Observe)));
        Assert.Equal("95", _harness.Network.Await(cancelling).Diagnostic);
        Assert.Equal(["ended /3/0/9"], _harness.Events.Lines);
        Assert.False(_device.NotifyConfirmable(token, 5, "1"));
    }

    [Theory]
    [InlineData(MessageType.Confirmable)]
    [InlineData(MessageType.NonConfirmable)]
    public void Forgetting_tells_the_device_by_the_Reset_that_its_next_notification_gets(MessageType type)
    {
        // ETS 1.1-int-302.
        (Observation observation, byte[] token) = _device.GrantObserve(_registration, Battery);
        _harness.Server.Forget(observation);
        _device.ReceiveNothing(5);
        ushort messageId = _device.Notify(token, 5, "1", type);
        WireMessage reset = _device.Receive();
        Assert.Equal((MessageType.Reset, messageId), (reset.Type, reset.MessageId));
        Assert.Equal(["ended /3/0/9"], _harness.Events.Lines);
        _harness.Server.Forget(observation);
        Assert.Single(_harness.Events.Lines);
    }

    [Fact]
    public void Cancelling_a_device_that_does_not_answer_ends_the_observation_all_the_same()
    {
        (Observation observation, byte[] token) = _device.GrantObserve(_registration, Battery);
        Task<DeviceResponse> cancelling = _harness.BeginCancel(observation);
        Assert.Throws<CoapExchangeException>(() => _harness.Network.Await(cancelling));
        _device.Peer.Clear();
        Assert.False(_device.NotifyConfirmable(token, 5, "1"));
    }

    [Fact]
    public void A_registration_that_is_replaced_while_the_device_is_asked_leaves_no_observation()
    {
        Task<ObserveResult> observing = _harness.BeginObserve(_registration, Battery);
        WireMessage request = _device.Receive();
        _harness.Add().RegisterAs("a");
        _device.Answer(request, CoapCode.Content, "95", o => o.Add(CoapOptionNumber.Observe, 1u));
        var failure = Assert.Throws<CoapExchangeException>(() => _harness.Network.Await(observing));
        Assert.Equal(ExchangeFailure.Unreachable, failure.Failure);
        Assert.Equal((1, 1, 1, 1, 0), _harness.Registrations.IndexSizes);
        // It never began, and so it has not ended.
        Assert.Equal(["registered a for a"], _harness.Events.Lines);
    }

    [Fact]
    public void A_handler_that_fails_is_told_again()
    {
        (_, byte[] token) = _device.GrantObserve(_registration, Battery);
        bool fails = true;
        _harness.Events.On = line =>
        {
            if (fails && line.StartsWith("notified", StringComparison.Ordinal))
                throw new InvalidOperationException("no");
        };
        var notification = new WireMessage(MessageType.Confirmable, CoapCode.Content, 0x4242) { Token = token, Payload = "5"u8.ToArray() };
        notification.Options.Add(CoapOptionNumber.Observe, 7u);
        _device.Send(notification);
        Assert.Throws<InvalidOperationException>(() => _harness.Run(1));
        Assert.Empty(_device.Peer.Received);
        fails = false;
        _device.Send(notification);
        Assert.Equal(MessageType.Acknowledgement, _device.Receive().Type);
        Assert.Equal(["notified /3/0/9 2.05 5"], _harness.Events.Lines);
    }
}
