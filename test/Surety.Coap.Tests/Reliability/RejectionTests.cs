using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Reliability;

/// <summary>RFC 7252, 4.2, 4.3: what cannot be processed is rejected.</summary>
public sealed class RejectionTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly RecordingHandler _handler = new();
    private readonly SimulatedEndpoint _server;
    private readonly RawPeer _peer;

    public RejectionTests()
    {
        _server = _network.Add(_handler);
        _peer = _network.AddRaw();
    }

    [Theory]
    [InlineData("40 00 1234")] // a ping
    [InlineData("41 00 1234")] // format errors of every kind
    [InlineData("40 00 1234 ff")]
    [InlineData("4f 01 1234")]
    [InlineData("48 01 1234 00")]
    [InlineData("40 01 1234 ff")]
    [InlineData("40 01 1234 f1 00")]
    [InlineData("40 01 1234 1f")]
    [InlineData("40 01 1234 e0")]
    [InlineData("40 45 1234 ff")]
    [InlineData("40 20 1234")] // reserved classes 1, 3, 6, 7
    [InlineData("40 60 1234")]
    [InlineData("40 c0 1234")]
    [InlineData("40 e1 1234")]
    [InlineData("44 e2 1234 01020304")]
    public void A_confirmable_message_without_meaning_gets_a_reset(string hex)
    {
        _peer.SendHex(_server, hex);
        Assert.Equal(Hex.Bytes("70 00 1234"), _peer.Receive().ToBytes());
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [InlineData("")] // not even a header
    [InlineData("40 01 12")]
    [InlineData("00 01 1234")] // other versions
    [InlineData("80 01 1234")]
    [InlineData("c0 00 1234")]
    [InlineData("50 00 1234")] // Empty, Non-confirmable
    [InlineData("51 00 1234 00")] // format errors of what is not Confirmable
    [InlineData("50 01 1234 ff")]
    [InlineData("5f 01 1234")]
    [InlineData("50 20 1234")] // reserved classes
    [InlineData("50 e1 1234")]
    [InlineData("60 00 1234")] // acknowledgements and resets of nothing
    [InlineData("60 45 1234")]
    [InlineData("60 01 1234")]
    [InlineData("61 00 1234")]
    [InlineData("70 00 1234")]
    [InlineData("70 45 1234")]
    public void Other_messages_without_meaning_are_silently_ignored(string hex)
    {
        _peer.SendHex(_server, hex);
        _network.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(_peer.Received);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void Malformed_messages_are_counted()
    {
        _peer.SendHex(_server, "40 01 1234 ff");
        _peer.SendHex(_server, "80 01 1234");
        _peer.SendHex(_server, "40 00 1234");
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal((3, 2), (_server.Statistics.Received, _server.Statistics.Malformed));
    }

    [Fact]
    public void A_ping_of_ours_succeeds_with_the_reset_it_gets()
    {
        Task<TimeSpan> ping = _peer.SeenBy(_server).PingAsync(_network.Time);
        WireMessage empty = _peer.Receive();
        Assert.Equal(Hex.Bytes($"40 00 {empty.MessageId:x4}"), empty.ToBytes());
        _peer.Send(_server, new WireMessage(MessageType.Reset, CoapCode.Empty, empty.MessageId));
        Assert.Equal(TimeSpan.FromMilliseconds(20), _network.Await(ping));
        Assert.Equal(0, _server.Statistics.Failures);
    }

    [Fact]
    public void A_ping_of_ours_succeeds_with_an_acknowledgement_too()
    {
        Task<TimeSpan> ping = _peer.SeenBy(_server).PingAsync(_network.Time);
        _peer.Send(_server, new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, _peer.Receive().MessageId));
        _network.Await(ping);
    }

    [Fact]
    public void A_ping_that_nobody_answers_fails_in_the_end()
    {
        Task<TimeSpan> ping = _peer.SeenBy(_server).PingAsync(_network.Time);
        var failure = Assert.Throws<CoapExchangeException>(() => _network.Await(ping));
        Assert.Equal(ExchangeFailure.Timeout, failure.Failure);
        Assert.Equal(5, _network.Sent.Count);
    }

    [Fact]
    public void A_ping_that_is_given_up_is_not_retransmitted()
    {
        using var cancellation = new CancellationTokenSource();
        Task<TimeSpan> ping = _peer.SeenBy(_server).PingAsync(_network.Time, cancellation.Token);
        _peer.Receive();
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _network.Await(ping));
        _network.Run(TimeSpan.FromMinutes(2));
        Assert.Empty(_peer.Received);
    }

    // RFC 8974, 2.2.2
    [Theory]
    [InlineData(MessageType.Confirmable, 65)]
    [InlineData(MessageType.Confirmable, 269)]
    [InlineData(MessageType.Confirmable, 15_000)]
    [InlineData(MessageType.NonConfirmable, 300)]
    public void A_token_that_is_too_long_gets_4_00_with_the_token(MessageType type, int length)
    {
        byte[] token = new byte[length];
        new Random(length).NextBytes(token);
        WireMessage answer = _peer.Exchange(_server, new WireMessage(type, CoapCode.Get, 9) { Token = token });
        Assert.Equal(CoapCode.BadRequest, answer.Code);
        Assert.Equal(token, answer.Token);
        Assert.Equal(type == MessageType.Confirmable ? (MessageType.Acknowledgement, 9) : (MessageType.NonConfirmable, answer.MessageId), (answer.Type, answer.MessageId));
        Assert.Empty(_handler.Requests);
    }

    // RFC 8974, 2.2.2: the request it gives as an example for finding out; conditions are checked after the token.
    [Fact]
    public void A_client_that_tries_extended_tokens_finds_them_supported()
    {
        byte[] token = new byte[64];
        var probe = new WireMessage(MessageType.Confirmable, CoapCode.Get, 9) { Token = token };
        probe.Options.Add(CoapOptionNumber.IfNoneMatch, ReadOnlyMemory<byte>.Empty);
        WireMessage answer = _peer.Exchange(_server, probe);
        Assert.Equal(MessageType.Acknowledgement, answer.Type);
        Assert.Equal(token, answer.Token);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(13)]
    [InlineData(64)]
    public void A_token_up_to_the_limit_is_echoed(int length)
    {
        byte[] token = new byte[length];
        new Random(length).NextBytes(token);
        foreach (MessageType type in new[] { MessageType.Confirmable, MessageType.NonConfirmable })
        {
            WireMessage answer = _peer.Exchange(_server, new WireMessage(type, CoapCode.Get, (ushort)type) { Token = token });
            Assert.Equal(CoapCode.Content, answer.Code);
            Assert.Equal(token, answer.Token);
        }
    }

    [Fact]
    public void A_truncated_confirmable_request_gets_4_13_with_what_the_server_takes()
    {
        _server.ReceiveTruncated(_peer.LocalEndPoint, new WireMessage(MessageType.Confirmable, CoapCode.Put, 5) { Token = [7], Path = "/x", Payload = new byte[9000] }.ToBytes());
        WireMessage answer = _peer.Receive();
        Assert.Equal((MessageType.Acknowledgement, CoapCode.RequestEntityTooLarge, 5), (answer.Type, answer.Code, answer.MessageId));
        Assert.Equal([7], answer.Token);
        Assert.Equal((uint)_server.Options.MaxRequestBody, answer.Options.GetUInt(CoapOptionNumber.Size1));
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void A_truncated_non_confirmable_request_gets_4_13_in_a_non_confirmable_message()
    {
        _server.ReceiveTruncated(_peer.LocalEndPoint, new WireMessage(MessageType.NonConfirmable, CoapCode.Put, 5) { Payload = new byte[9000] }.ToBytes());
        WireMessage answer = _peer.Receive();
        Assert.Equal((MessageType.NonConfirmable, CoapCode.RequestEntityTooLarge), (answer.Type, answer.Code));
    }

    [Fact]
    public void A_truncated_message_that_cannot_be_answered_is_reset_when_confirmable()
    {
        _server.ReceiveTruncated(_peer.LocalEndPoint, new WireMessage(MessageType.Confirmable, CoapCode.Content, 5) { Payload = new byte[9000] }.ToBytes());
        Assert.Equal(Hex.Bytes("70 00 0005"), _peer.Receive().ToBytes());
        // Cut within an option.
        _server.ReceiveTruncated(_peer.LocalEndPoint, new WireMessage(MessageType.Confirmable, CoapCode.Get, 6) { Path = "/" + new string('a', 255) }.ToBytes()[..100]);
        Assert.Equal(Hex.Bytes("70 00 0006"), _peer.Receive().ToBytes());
        _server.ReceiveTruncated(_peer.LocalEndPoint, new WireMessage(MessageType.NonConfirmable, CoapCode.Content, 7) { Payload = new byte[9000] }.ToBytes());
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Empty(_peer.Received);
        Assert.Equal(3, _server.Statistics.Malformed);
    }
}
