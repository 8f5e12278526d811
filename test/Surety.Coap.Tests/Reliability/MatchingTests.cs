using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Reliability;

/// <summary>RFC 7252, 4.4, 5.2, 5.3.2: what belongs to what.</summary>
public sealed class MatchingTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly RecordingHandler _handler = new();
    private readonly SimulatedEndpoint _client;
    private readonly RawPeer _server;

    public MatchingTests()
    {
        _client = _network.Add(_handler);
        _server = _network.AddRaw();
    }

    [Fact]
    public void A_response_before_its_acknowledgement_acknowledges_the_request()
    {
        (ProbeMessage request, WireMessage get) = Ask();
        Assert.Equal(Hex.Bytes("60 00 0500"), _server.Exchange(_client, new WireMessage(MessageType.Confirmable, CoapCode.Content, 0x500) { Token = get.Token }).ToBytes());
        Assert.Single(request.Responses);
        _server.Send(_client, new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, get.MessageId));
        _network.Run(TimeSpan.FromMinutes(2));
        Assert.Empty(_server.Received);
        Assert.Equal(0, _client.Statistics.Retransmissions);
    }

    [Theory]
    [InlineData(MessageType.Confirmable)]
    [InlineData(MessageType.NonConfirmable)]
    public void A_confirmable_request_may_get_a_separate_response_of_either_type(MessageType type)
    {
        (ProbeMessage request, WireMessage get) = Ask();
        _server.Send(_client, new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, get.MessageId));
        _network.Run(TimeSpan.FromSeconds(100));
        Assert.Empty(_server.Received);
        _server.Send(_client, new WireMessage(type, CoapCode.Content, 0x500) { Token = get.Token });
        _network.RunUntil(() => request.IsOver);
        Assert.Single(request.Responses);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(type == MessageType.Confirmable ? 1 : 0, _server.Received.Count);
    }

    [Theory]
    [InlineData(MessageType.Confirmable)]
    [InlineData(MessageType.NonConfirmable)]
    public void A_non_confirmable_request_may_get_a_response_of_either_type(MessageType type)
    {
        (ProbeMessage request, WireMessage get) = Ask(confirmable: false);
        Assert.Equal(MessageType.NonConfirmable, get.Type);
        _server.Send(_client, new WireMessage(type, CoapCode.Content, 0x500) { Token = get.Token });
        _network.RunUntil(() => request.IsOver);
        Assert.Single(request.Responses);
    }

    [Fact]
    public void A_non_confirmable_response_preceded_by_an_acknowledgement_is_taken()
    {
        (ProbeMessage request, WireMessage get) = Ask(confirmable: false);
        _server.Send(_client, new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, get.MessageId));
        _server.Send(_client, new WireMessage(MessageType.NonConfirmable, CoapCode.Content, 0x500) { Token = get.Token });
        _network.RunUntil(() => request.IsOver);
        Assert.Single(request.Responses);
    }

    [Fact]
    public void An_acknowledgement_with_another_token_is_ignored()
    {
        (ProbeMessage request, WireMessage get) = Ask();
        byte[] other = [.. get.Token];
        other[^1] ^= 1;
        _server.Send(_client, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, get.MessageId) { Token = other });
        _server.Send(_client, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, get.MessageId));
        WireMessage again = _server.Receive();
        Assert.Equal(get.ToBytes(), again.ToBytes());
        Assert.False(request.IsOver);
    }

    [Fact]
    public void An_acknowledgement_with_another_message_id_is_ignored()
    {
        (ProbeMessage request, WireMessage get) = Ask();
        _server.Send(_client, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, (ushort)(get.MessageId + 1)) { Token = get.Token });
        _server.Send(_client, new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, (ushort)(get.MessageId + 1)));
        _server.Send(_client, new WireMessage(MessageType.Reset, CoapCode.Empty, (ushort)(get.MessageId + 1)));
        Assert.Equal(get.ToBytes(), _server.Receive().ToBytes());
        Assert.False(request.IsOver);
    }

    [Fact]
    public void What_another_peer_sends_does_not_match()
    {
        (ProbeMessage request, WireMessage get) = Ask();
        RawPeer other = _network.AddRaw();
        other.Send(_client, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, get.MessageId) { Token = get.Token });
        other.Send(_client, new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, get.MessageId));
        other.Send(_client, new WireMessage(MessageType.Reset, CoapCode.Empty, get.MessageId));
        Assert.Equal(Hex.Bytes("70 00 0500"), other.Exchange(_client, new WireMessage(MessageType.Confirmable, CoapCode.Content, 0x500) { Token = get.Token }).ToBytes());
        Assert.Equal(get.ToBytes(), _server.Receive().ToBytes());
        Assert.False(request.IsOver);
    }

    [Fact]
    public void The_same_token_may_be_used_with_several_peers()
    {
        RawPeer[] servers = [_network.AddRaw(), _network.AddRaw(), _network.AddRaw()];
        var token = new CoapToken([0x4a]);
        ProbeMessage[] requests = [.. servers.Select(server =>
        {
            var request = new ProbeMessage { Token = token };
            _client.Send(server.SeenBy(_client).Key, request);
            return request;
        })];
        foreach (RawPeer server in servers)
        {
            WireMessage get = server.Receive();
            Assert.Equal([0x4a], get.Token);
            server.Send(_client, new WireMessage(MessageType.NonConfirmable, CoapCode.Content, 1) { Token = [0x4a], Payload = [(byte)Array.IndexOf(servers, server)] });
        }

        _network.RunUntil(() => requests.All(r => r.IsOver));
        Assert.Equal([0, 1, 2], requests.Select(r => (int)r.Responses[0].Payload.Span[0]));
    }

    [Fact]
    public void A_token_is_matched_whatever_its_length()
    {
        foreach (int length in new[] { 0, 1, 8, 9, 13, 300 })
        {
            byte[] bytes = new byte[length];
            new Random(length).NextBytes(bytes);
            var request = new ProbeMessage { Token = new CoapToken(bytes) };
            _client.Send(_server.SeenBy(_client).Key, request);
            WireMessage get = _server.Receive();
            Assert.Equal(bytes, get.Token);
            _server.Send(_client, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, get.MessageId) { Token = bytes });
            _network.RunUntil(() => request.IsOver);
            Assert.Single(request.Responses);
        }
    }

    [Fact]
    public void A_reset_fails_the_request()
    {
        (ProbeMessage request, WireMessage get) = Ask();
        _server.Send(_client, new WireMessage(MessageType.Reset, CoapCode.Empty, get.MessageId));
        _network.RunUntil(() => request.IsOver);
        Assert.Equal(ExchangeFailure.Reset, request.Failure);
        Assert.Empty(_handler.Resets);
    }

    [Fact]
    public void A_reset_fails_a_non_confirmable_request_too()
    {
        (ProbeMessage request, WireMessage get) = Ask(confirmable: false);
        _server.Send(_client, new WireMessage(MessageType.Reset, CoapCode.Empty, get.MessageId));
        _network.RunUntil(() => request.IsOver);
        Assert.Equal(ExchangeFailure.Reset, request.Failure);
    }

    [Fact]
    public void A_reset_of_nothing_in_hand_is_told_to_the_handler()
    {
        _server.Send(_client, new WireMessage(MessageType.Reset, CoapCode.Empty, 0x1234));
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal([0x1234], _handler.Resets.Select(id => (int)id));
    }

    [Theory]
    [InlineData("70 45 {0}")] // a Reset with a code
    [InlineData("60 01 {0}")] // an acknowledgement with a request
    [InlineData("60 20 {0}")] // reserved classes
    [InlineData("60 60 {0}")]
    [InlineData("60 c0 {0}")]
    [InlineData("60 e1 {0}")]
    [InlineData("60 00 {0} ff 00")] // format errors
    [InlineData("61 45 {0}")]
    [InlineData("70 00 {0} 01")]
    public void Acknowledgements_and_resets_that_make_no_sense_are_silently_ignored(string hex)
    {
        (ProbeMessage request, WireMessage get) = Ask();
        _server.SendHex(_client, string.Format(System.Globalization.CultureInfo.InvariantCulture, hex, get.MessageId.ToString("x4", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(get.ToBytes(), _server.Receive().ToBytes());
        Assert.False(request.IsOver);
    }

    [Fact]
    public void A_response_that_never_comes_after_the_acknowledgement_fails_after_its_time()
    {
        (ProbeMessage request, WireMessage get) = Ask();
        _server.Send(_client, new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, get.MessageId));
        _network.Run(TimeSpan.FromSeconds(246));
        Assert.False(request.IsOver);
        _network.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(ExchangeFailure.Timeout, request.Failure);
        Assert.Equal(1, _client.Statistics.Sent);
    }

    [Fact]
    public void A_non_confirmable_request_waits_for_its_response_for_NON_LIFETIME()
    {
        (ProbeMessage request, WireMessage get) = Ask(confirmable: false);
        _network.Run(TimeSpan.FromSeconds(144));
        Assert.False(request.IsOver);
        _network.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(ExchangeFailure.Timeout, request.Failure);
        Assert.Equal(1, _client.Statistics.Sent);
        Assert.NotEmpty(get.Token);
    }

    [Fact]
    public void Tokens_of_ours_have_40_random_bits_and_never_repeat_while_in_use()
    {
        var tokens = new HashSet<string>();
        for (int i = 0; i < 300; i++)
        {
            RawPeer server = _network.AddRaw();
            _client.Send(server.SeenBy(_client).Key, new ProbeMessage());
            WireMessage get = server.Receive();
            Assert.Equal(8, get.Token.Length);
            Assert.True(tokens.Add(Hex.Digits(get.Token)));
        }

        // Every bit of the random part is set about half of the time.
        for (int bit = 24; bit < 64; bit++)
            Assert.InRange(tokens.Count(token => (Convert.FromHexString(token)[bit / 8] & (0x80 >> (bit % 8))) != 0), 80, 220);
    }

    private (ProbeMessage Request, WireMessage Sent) Ask(bool confirmable = true)
    {
        var request = new ProbeMessage { IsConfirmable = confirmable };
        _client.Send(_server.SeenBy(_client).Key, request);
        return (request, _server.Receive());
    }
}
