
namespace Surety.Coap.Tests.Tcp;

/// <summary>RFC 8323, 6.</summary>
public sealed class SessionBlockwiseTests
{
    // Max-Message-Size 3328, Block-Wise-Transfer: three blocks of 1024 bytes in a message.
    private const string BertOfThree = "40e1 22 0d00 20";

    [Fact]
    public void A_large_response_goes_in_BERT_blocks_to_a_peer_that_can_BERT()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(csm: BertOfThree);
        harness.Handler.LargeLength = 7000;
        byte[] body = [];
        uint number = 0;
        // RFC 8323, figure 13: the number goes on by the blocks received.
        foreach ((int size, bool more) in ((int, bool)[])[(3072, true), (3072, true), (856, false)])
        {
            harness.Receive(TcpSessionHarness.Message(CoapCode.Get, "01", options =>
            {
                options.Add(CoapOptionNumber.UriPath, "large");
                if (number > 0)
                    options.Add(CoapOptionNumber.Block2, new BlockValue(number, false, 7).ToUInt());
            }));
            byte[] sent = harness.TakeSentBytes();
            Assert.True(sent.Length <= 3328);
            Assert.Equal(CoapTcpFrameStatus.Message, CoapTcpFrame.TryRead(sent, 3328, 8, out int length, out CoapMessage message));
            Assert.Equal(sent.Length, length);
            Assert.Equal(new BlockValue(number, more, 7).ToUInt(), message.GetUIntOption(CoapOptionNumber.Block2));
            Assert.Equal(size, message.Payload.Length);
            body = [.. body, .. message.Payload];
            number += (uint)size / 1024;
        }

        Assert.Equal(ScriptedHandler.Body(7000), body);
    }

    [Fact]
    public void A_response_that_fits_goes_in_one_message_without_blocks()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(csm: "60e1 24 00200000 20");
        harness.Handler.LargeLength = 1_000_000;
        harness.Receive(TcpSessionHarness.Get("01", "/large"));
        Assert.Equal(["2.05 01 [12:2a] (1000000 bytes)"], harness.TakeSent());
    }

    [Fact]
    public void A_peer_without_BERT_gets_blocks_of_1024_bytes()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Handler.LargeLength = 3000;
        harness.Receive(TcpSessionHarness.Get("01", "/large"));
        byte[] sent = harness.TakeSentBytes();
        Assert.True(sent.Length <= 1152);
        Assert.Equal(CoapTcpFrameStatus.Message, CoapTcpFrame.TryRead(sent, 1152, 8, out _, out CoapMessage message));
        Assert.Equal(new BlockValue(0, true, 6).ToUInt(), message.GetUIntOption(CoapOptionNumber.Block2));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(64)]
    public void A_peer_that_takes_little_never_gets_more(int maxMessageSize)
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive(TcpSessionHarness.Message(CoapCode.Csm, "", options => options.Add((CoapOptionNumber)2, (uint)maxMessageSize)));
        harness.Handler.LargeLength = 3000;
        harness.Receive(TcpSessionHarness.Message(CoapCode.Get, "0102030405060708", options => options.Add(CoapOptionNumber.UriPath, "large").Add(CoapOptionNumber.Block2, 6u)));
        byte[] sent = harness.TakeSentBytes();
        Assert.InRange(sent.Length, 20, maxMessageSize);
    }

    [Theory]
    [InlineData(BertOfThree, 7)]
    [InlineData("00e1", 6)] // the peer may send BERT since we said that we can, and need not receive it
    public void A_body_in_BERT_blocks_is_put_together(string csm, int echoed)
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(csm: csm);
        byte[] body = ScriptedHandler.Body(30_259);
        // RFC 8323, figure 14: blocks of 8192, 16384 and 5683 bytes.
        (uint Number, int Length, bool More, string Code)[] steps = [(0, 8192, true, "2.31"), (8, 16384, true, "2.31"), (24, 5683, false, "2.04")];
        foreach ((uint number, int length, bool more, string code) in steps)
        {
            harness.Receive(TcpSessionHarness.Message(
                CoapCode.Put, "01",
                options => options.Add(CoapOptionNumber.UriPath, "store").Add(CoapOptionNumber.Block1, new BlockValue(number, more, 7).ToUInt()),
                body.AsSpan((int)number * 1024, length)));
            string expected = $"[27:{new BlockValue(number, more, echoed).ToUInt():x4}]".Replace("[27:00", "[27:", StringComparison.Ordinal);
            string answer = Assert.Single(harness.TakeSent());
            Assert.StartsWith(code, answer, StringComparison.Ordinal);
            Assert.Contains(expected, answer, StringComparison.Ordinal);
        }

        Assert.Equal(body, harness.Handler.Stored);
    }

    [Fact]
    public void A_BERT_block_that_is_not_whole_is_refused()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(csm: BertOfThree);
        harness.Receive(TcpSessionHarness.Message(
            CoapCode.Put, "01",
            options => options.Add(CoapOptionNumber.UriPath, "store").Add(CoapOptionNumber.Block1, new BlockValue(0, true, 7).ToUInt()), new byte[1500]));
        Assert.StartsWith("4.00 01", Assert.Single(harness.TakeSent()), StringComparison.Ordinal);
        Assert.Null(harness.EndReason);
    }

    [Fact]
    public void A_body_in_one_large_message_is_taken()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(csm: BertOfThree);
        byte[] body = ScriptedHandler.Body(1_000_000);
        harness.Receive(TcpSessionHarness.Message(CoapCode.Put, "01", options => options.Add(CoapOptionNumber.UriPath, "store"), body));
        Assert.Equal(["2.04 01 [12:] \"1000000\""], harness.TakeSent());
        Assert.Equal(body, harness.Handler.Stored);
    }
}
