using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Reliability;

/// <summary>RFC 7252, 5.4, 5.7.2; RFC 8768, 3; RFC 7959, 2.2: what options forbid.</summary>
public sealed class OptionRulesTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly RecordingHandler _handler = new() { Condition = true };
    private readonly SimulatedEndpoint _server;
    private readonly RawPeer _client;

    public OptionRulesTests()
    {
        _server = _network.Add(_handler);
        _client = _network.AddRaw();
    }

    // Unknown, or of a length that its definition does not have.
    public static TheoryData<int, string> BadCriticalOptions => new()
    {
        { 9, "" }, // OSCORE is not supported
        { 13, "01" },
        { 65001, "" },
        { 65535, "" },
        { 1, "000102030405060708" }, // If-Match
        { 3, "" }, // Uri-Host
        { 5, "00" }, // If-None-Match
        { 7, "000001" }, // Uri-Port
        { 11, new string('0', 512) }, // Uri-Path
        { 15, new string('0', 512) }, // Uri-Query
        { 17, "000000" }, // Accept
        { 23, "00000000" }, // Block2
        { 27, "00000000" }, // Block1
        { 35, "" }, // Proxy-Uri
        { 39, "" }, // Proxy-Scheme
    };

    [Theory]
    [MemberData(nameof(BadCriticalOptions))]
    public void A_critical_option_that_is_not_understood_gets_4_02_with_its_number(int number, string value)
    {
        WireMessage answer = Ask(MessageType.Confirmable, options => options.Add((CoapOptionNumber)number, Hex.Bytes(value)));
        Assert.Equal((MessageType.Acknowledgement, CoapCode.BadOption), (answer.Type, answer.Code));
        Assert.Contains($"option {number} ", answer.Text, StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [MemberData(nameof(BadCriticalOptions))]
    public void In_a_non_confirmable_request_it_leads_to_silence(int number, string value)
    {
        var request = new WireMessage(MessageType.NonConfirmable, CoapCode.Get, 3);
        request.Options.Add((CoapOptionNumber)number, Hex.Bytes(value));
        _client.Send(_server, request);
        _network.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(_client.Received);
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [InlineData(3, "61")] // Uri-Host
    [InlineData(5, "")]
    [InlineData(7, "01")]
    [InlineData(17, "")]
    [InlineData(23, "")]
    [InlineData(27, "")]
    [InlineData(35, "61")]
    [InlineData(39, "61")]
    public void A_critical_option_that_may_not_be_repeated_gets_4_02_when_it_is(int number, string value)
    {
        WireMessage answer = Ask(MessageType.Confirmable, options => options.Add((CoapOptionNumber)number, Hex.Bytes(value)).Add((CoapOptionNumber)number, Hex.Bytes(value)));
        Assert.Equal(CoapCode.BadOption, answer.Code);
        Assert.Contains($"option {number} ", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "01")] // reserved numbers, even
    [InlineData(2, "")]
    [InlineData(65000, "0102")]
    [InlineData(4, "")] // ETag, too short
    [InlineData(4, "000102030405060708")]
    [InlineData(6, "00000000")] // Observe, too long
    [InlineData(12, "000000")] // Content-Format
    [InlineData(14, "0000000000")] // Max-Age
    [InlineData(28, "0000000000")]
    [InlineData(60, "0000000000")]
    [InlineData(252, "")] // Echo
    [InlineData(258, "0000")] // No-Response
    [InlineData(292, "000102030405060708")]
    public void An_elective_option_that_is_not_understood_is_ignored(int number, string value)
    {
        WireMessage answer = Ask(MessageType.Confirmable, options => options.Add((CoapOptionNumber)number, Hex.Bytes(value)));
        Assert.Equal(CoapCode.Content, answer.Code);
        // Whoever looks at the options does not see what must be ignored, but what may be unknown to us alone.
        Assert.Equal(!Enum.IsDefined((CoapOptionNumber)number), _handler.Requests[0].Options.Contains((CoapOptionNumber)number));
    }

    [Fact]
    public void Of_an_elective_option_that_may_not_be_repeated_the_first_counts()
    {
        _handler.Answer = (ref request) => request.Respond(CoapCode.Content).Payload([(byte)request.Observe!.Value, (byte)request.ContentFormat!.Value.Value]);
        WireMessage answer = Ask(MessageType.Confirmable, options => options
            .Add(CoapOptionNumber.Observe, 1u).Add(CoapOptionNumber.Observe, 0u)
            .Add(CoapOptionNumber.ContentFormat, 40u).Add(CoapOptionNumber.ContentFormat, 50u));
        Assert.Equal([1, 40], answer.Payload);
        Assert.Equal(2, _handler.Requests[0].Options.Count);
    }

    [Fact]
    public void Repeatable_options_may_be_repeated()
    {
        WireMessage answer = Ask(MessageType.Confirmable, options => options
            .Add(CoapOptionNumber.IfMatch, new byte[1]).Add(CoapOptionNumber.IfMatch, new byte[2])
            .Add(CoapOptionNumber.ETag, new byte[1]).Add(CoapOptionNumber.ETag, new byte[8])
            .Add(CoapOptionNumber.UriPath, "a").Add(CoapOptionNumber.UriPath, "").Add(CoapOptionNumber.UriPath, "b")
            .Add(CoapOptionNumber.UriQuery, "a").Add(CoapOptionNumber.UriQuery, "a")
            .Add(CoapOptionNumber.RequestTag, new byte[1]).Add(CoapOptionNumber.RequestTag, new byte[1]));
        Assert.Equal(CoapCode.Content, answer.Code);
        Assert.Equal("/a//b", _handler.Requests[0].Path);
    }

    [Theory]
    [InlineData(CoapOptionNumber.ProxyUri, "coap://example.net/x")]
    [InlineData(CoapOptionNumber.ProxyScheme, "coap")]
    public void Proxy_options_get_5_05(CoapOptionNumber number, string value)
    {
        foreach (MessageType type in new[] { MessageType.Confirmable, MessageType.NonConfirmable })
        {
            WireMessage answer = Ask(type, options => options.Add(number, value));
            Assert.Equal(CoapCode.ProxyingNotSupported, answer.Code);
        }

        Assert.Empty(_handler.Requests);
    }

    // RFC 8768, 3: one byte, 1 to 255.
    [Theory]
    [InlineData("01", "2.05")]
    [InlineData("10", "2.05")]
    [InlineData("ff", "2.05")]
    [InlineData("00", "4.00")]
    [InlineData("", "4.00")]
    [InlineData("0100", "4.00")]
    [InlineData("ffffffffff", "4.00")]
    [InlineData("0010", "2.05")] // of a wrong length, though in range: ignored
    public void Hop_limit_is_1_to_255(string value, string code) =>
        Assert.Equal(code, Ask(MessageType.Confirmable, options => options.Add(CoapOptionNumber.HopLimit, Hex.Bytes(value))).Code.ToString());

    [Fact]
    public void A_second_hop_limit_is_ignored() =>
        Assert.Equal(CoapCode.Content, Ask(MessageType.Confirmable, options => options.Add(CoapOptionNumber.HopLimit, new byte[] { 16 }).Add(CoapOptionNumber.HopLimit, new byte[1])).Code);

    // RFC 7959, 2.2
    [Theory]
    [InlineData(CoapOptionNumber.Block1)]
    [InlineData(CoapOptionNumber.Block2)]
    public void The_reserved_block_size_gets_4_00(CoapOptionNumber number)
    {
        Assert.Equal(CoapCode.BadRequest, Ask(MessageType.Confirmable, options => options.Add(number, 7u)).Code);
        Assert.Equal(CoapCode.BadRequest, Ask(MessageType.Confirmable, options => options.Add(number, 15u)).Code);
        Assert.Equal(CoapCode.BadRequest, Ask(MessageType.Confirmable, options => options.Add(number, 0x17u)).Code);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void A_diagnostic_payload_is_cut_between_characters()
    {
        _handler.Answer = (ref _) => throw new CoapException(CoapCode.Forbidden, new string('é', 200));
        WireMessage answer = Ask(MessageType.Confirmable, _ => { });
        Assert.Equal(CoapCode.Forbidden, answer.Code);
        Assert.Equal(new string('é', 128), answer.Text);
        _handler.Answer = (ref _) => throw new CoapException(CoapCode.Forbidden, "x" + new string('é', 200));
        Assert.Equal("x" + new string('é', 127), Ask(MessageType.Confirmable, _ => { }).Text);
    }

    // A response must be rejected: critical and unknown, of a wrong length, repeated, or not defined for responses (5.4, 5.4.1).
    public static TheoryData<string> BadResponseOptions => ["91 00", "d0 00 d000", "d4 0a 00000000", "d0 0a 00", "b1 61", "50", "d1 04 00"];

    [Theory]
    [MemberData(nameof(BadResponseOptions))]
    public void A_separate_response_with_a_bad_critical_option_is_reset_and_fails_the_request(string options)
    {
        var request = new ProbeMessage();
        _server.Send(_client.SeenBy(_server).Key, request);
        WireMessage get = _client.Receive();
        _client.SendHex(_server, $"48 45 0042 {Hex.Digits(get.Token)} {options}");
        Assert.Equal(Hex.Bytes("70 00 0042"), _client.Receive().ToBytes());
        Assert.Equal(ExchangeFailure.BadResponse, request.Failure);
    }

    [Theory]
    [MemberData(nameof(BadResponseOptions))]
    public void A_piggybacked_response_with_a_bad_critical_option_fails_the_request(string options)
    {
        var request = new ProbeMessage();
        _server.Send(_client.SeenBy(_server).Key, request);
        WireMessage get = _client.Receive();
        _client.SendHex(_server, $"68 45 {get.MessageId:x4} {Hex.Digits(get.Token)} {options}");
        _network.RunUntil(() => request.IsOver);
        Assert.Equal(ExchangeFailure.BadResponse, request.Failure);
        _network.Run(TimeSpan.FromMinutes(2));
        Assert.Empty(_client.Received);
    }

    [Theory]
    [MemberData(nameof(BadResponseOptions))]
    public void A_notification_with_a_bad_critical_option_is_reset_unseen(string options)
    {
        _handler.AcceptsNotifications = true;
        _client.SendHex(_server, $"41 45 0042 4a {options}");
        Assert.Equal(Hex.Bytes("70 00 0042"), _client.Receive().ToBytes());
        Assert.Empty(_handler.Notifications);
    }

    [Fact]
    public void Elective_options_of_a_response_that_must_be_ignored_are_not_seen()
    {
        var request = new ProbeMessage();
        _server.Send(_client.SeenBy(_server).Key, request);
        WireMessage get = _client.Receive();
        var response = new WireMessage(MessageType.Acknowledgement, CoapCode.Content, get.MessageId) { Token = get.Token };
        response.Options.Add(CoapOptionNumber.ETag, new byte[9]).Add(CoapOptionNumber.ContentFormat, new byte[3]).Add(CoapOptionNumber.MaxAge, 5u).Add((CoapOptionNumber)65000, 1u);
        _client.Send(_server, response);
        _network.RunUntil(() => request.IsOver);
        Assert.Equal([CoapOptionNumber.MaxAge, (CoapOptionNumber)65000], request.Responses[0].Options.Select(o => o.Key));
        Assert.Equal(TimeSpan.FromSeconds(5), request.Responses[0].MaxAge);
        Assert.Null(request.Responses[0].ContentFormat);
    }

    private WireMessage Ask(MessageType type, Action<CoapOptions> add)
    {
        var request = new WireMessage(type, CoapCode.Get, _client.NextMessageId());
        add(request.Options);
        return _client.Exchange(_server, request);
    }
}
