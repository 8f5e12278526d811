
namespace Surety.Coap.Tests.Tcp;

/// <summary>RFC 8323, 3.3, 5.3; RFC 8974, 2.2.1.</summary>
public sealed class CapabilitiesTests
{
    [Fact]
    public void The_CSM_is_sent_at_once_with_size_blockwise_and_token_length()
    {
        var harness = new TcpSessionHarness();
        // Len 7, TKL 0, 7.01; Max-Message-Size 1049600, Block-Wise-Transfer, Extended-Token-Length 64.
        Assert.Equal("70e1231004002021" + "40", Convert.ToHexStringLower(harness.TakeSentBytes()));
        Assert.False(harness.IsReady);
    }

    [Fact]
    public void An_empty_CSM_of_the_peer_opens_the_connection_with_base_values()
    {
        var harness = new TcpSessionHarness();
        harness.Receive("00e1");

        Assert.True(harness.IsReady);
        Assert.Equal(CoapTcpSessionState.Open, harness.Session.State);
        // RFC 8323, 5.3.1: 1152, of which RFC 7252, 4.6 leaves 1024 for the payload.
        Assert.Equal(1024, harness.Session.InlineBody);
        Assert.Equal(6, harness.Session.SizeExponent);
    }

    [Fact]
    public void Requests_right_behind_the_CSM_are_answered()
    {
        var harness = new TcpSessionHarness();
        harness.TakeSent();
        harness.Receive([0x00, 0xE1, .. TcpSessionHarness.Get("01", "/hello"), .. TcpSessionHarness.Get("02", "/hello")]);
        Assert.Equal(["2.05 01 [12:] \"hello\"", "2.05 02 [12:] \"hello\""], harness.TakeSent());
    }

    [Theory]
    [InlineData("d0a5 01 b5 68656c6c6f")] // a request
    [InlineData("0045")] // a response
    [InlineData("00e2")] // Ping
    [InlineData("00e4")] // Release
    public void Anything_before_the_CSM_aborts_the_connection(string hex)
    {
        var harness = new TcpSessionHarness();
        harness.TakeSent();
        byte[] message = hex.StartsWith("d0", StringComparison.Ordinal) ? TcpSessionHarness.Get("01", "/hello") : Convert.FromHexString(hex);
        harness.Receive(message);

        Assert.StartsWith("7.05 \"the first message must be a CSM", Assert.Single(harness.TakeSent()), StringComparison.Ordinal);
        Assert.NotNull(harness.EndReason);
        Assert.Empty(harness.Handler.Requests);
    }

    [Fact]
    public void Empty_messages_are_ignored_even_before_the_CSM()
    {
        var harness = new TcpSessionHarness();
        harness.TakeSent();
        harness.Receive("0000 00e1 0000 0100ff 0000");
        Assert.True(harness.IsReady);
        Assert.Empty(harness.TakeSent());
        Assert.Null(harness.EndReason);
    }

    [Fact]
    public void A_CSM_that_does_not_come_in_time_aborts_the_connection()
    {
        var harness = new TcpSessionHarness();
        harness.TakeSent();
        harness.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(harness.TakeSent());
        harness.Advance(TimeSpan.FromSeconds(2));
        Assert.StartsWith("7.05 \"no CSM came", Assert.Single(harness.TakeSent()), StringComparison.Ordinal);
        Assert.Equal(0, harness.Handler.Closed);
    }

    [Theory]
    // The options are elective: 1000 is unknown, 2 comes twice, 4 has a value, 2 is five bytes long.
    [InlineData("40e1 e0 02db 20")]
    [InlineData("60e1 22 1000 02 0800")]
    [InlineData("20e1 41 00")]
    [InlineData("60e1 25 0000001000")]
    public void Elective_options_that_are_unknown_or_malformed_are_ignored(string hex)
    {
        var harness = new TcpSessionHarness();
        harness.Receive(hex);
        Assert.True(harness.IsReady);
        Assert.Null(harness.EndReason);
    }

    [Fact]
    public void Of_a_repeated_option_the_first_counts()
    {
        var harness = new TcpSessionHarness();
        harness.Receive("70e1 22 1000 02 0800 20");
        Assert.Equal(4096 - 256, harness.Session.InlineBody);
    }

    [Theory]
    [InlineData("10e1 10", "7.05 [2:01]")] // option 1
    [InlineData("20e1 50 20", "7.05 [2:05]")] // option 5
    [InlineData("30e1 e0 02dc", "7.05 [2:03e9]")] // option 1001
    public void A_critical_option_that_is_unknown_aborts_the_connection_and_is_named(string hex, string abort)
    {
        var harness = new TcpSessionHarness();
        harness.TakeSent();
        harness.Receive(hex);
        Assert.StartsWith(abort + " \"option", Assert.Single(harness.TakeSent()), StringComparison.Ordinal);
        Assert.NotNull(harness.EndReason);
    }

    [Fact]
    public void A_message_size_that_is_useless_is_refused_by_name()
    {
        var harness = new TcpSessionHarness();
        harness.TakeSent();
        harness.Receive("20e1 21 10");
        Assert.StartsWith("7.05 [2:02] \"a Max-Message-Size of 16", Assert.Single(harness.TakeSent()), StringComparison.Ordinal);
    }

    [Theory]
    // Max-Message-Size, Block-Wise-Transfer: SZX and body of a message. BERT needs both, and more than 1152 (RFC 8323, 5.3.2).
    [InlineData("30e1 22 0480", 6, 1024)] // 1152
    [InlineData("40e1 22 0480 20", 6, 1024)] // 1152, blockwise
    [InlineData("40e1 22 0481 20", 7, 1025)] // 1153, blockwise
    [InlineData("30e1 22 2100", 6, 8192)] // 8448 alone
    [InlineData("40e1 22 2100 20", 7, 8192)] // 8448, blockwise
    [InlineData("60e1 24 ffffffff 20", 7, 1049600 - 256)] // Anjay: our own limit counts
    [InlineData("30e1 22 0100", 3, 128)] // 256
    [InlineData("10e1 40", 6, 1024)] // blockwise alone
    public void What_the_peer_can_decides_the_size_of_messages_and_blocks(string csm, int sizeExponent, int inlineBody)
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(csm: csm);
        Assert.Equal(sizeExponent, harness.Session.SizeExponent);
        Assert.Equal(inlineBody, harness.Session.InlineBody);
    }

    [Fact]
    public void Capabilities_accumulate_and_a_later_value_replaces_an_earlier_one()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(csm: "30e1 22 2100");
        harness.Receive("10e1 40");
        Assert.Equal(7, harness.Session.SizeExponent);
        Assert.Equal(8192, harness.Session.InlineBody);
        harness.Receive("30e1 22 0480");
        Assert.Equal(6, harness.Session.SizeExponent);
        harness.Receive("00e1");
        Assert.Equal(1024, harness.Session.InlineBody);
        Assert.Null(harness.EndReason);
    }

    [Fact]
    public void A_request_with_a_token_longer_than_we_said_is_a_format_error()
    {
        var options = new CoapEndpointOptions { MaxTokenLength = 20 };
        TcpSessionHarness harness = TcpSessionHarness.Open(options: options);
        harness.Receive(TcpSessionHarness.Get(new string('a', 40), "/hello"));
        Assert.Equal($"2.05 {new string('a', 40)} [12:] \"hello\"", Assert.Single(harness.TakeSent()));
        harness.Receive(TcpSessionHarness.Get(new string('a', 42), "/hello"));
        Assert.StartsWith("7.05 ", Assert.Single(harness.TakeSent()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00e1", 8, "sent")]
    [InlineData("00e1", 9, "TooLarge")]
    [InlineData("20e1 61 14", 20, "sent")] // Extended-Token-Length 20
    [InlineData("20e1 61 14", 21, "TooLarge")]
    [InlineData("20e1 61 07", 8, "sent")] // less than 8 is ignored
    [InlineData("40e1 63 ffffff", 21, "sent")] // more than 65804 is 65804
    public void Requests_of_ours_keep_to_the_token_length_of_the_peer(string csm, int tokenLength, string outcome)
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(csm: csm);
        var request = new RecordingMessage(CoapCode.Get) { Token = new CoapToken(new byte[tokenLength]) };
        harness.Send(request);
        Assert.Equal([outcome], request.Events);
    }

    [Fact]
    public void An_abort_in_place_of_the_CSM_is_understood()
    {
        var harness = new TcpSessionHarness();
        harness.TakeSent();
        harness.Receive(TcpSessionHarness.Message(CoapCode.Abort, "", payload: "go away"u8));
        Assert.Equal("the peer aborted the connection: go away", harness.EndReason);
        Assert.Empty(harness.TakeSent());
    }
}
