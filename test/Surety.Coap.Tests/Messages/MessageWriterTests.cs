namespace Surety.Coap.Tests.Messages;

public sealed class MessageWriterTests
{
    [Fact]
    public void Options_out_of_order_are_refused()
    {
        byte[] buffer = new byte[64];
        Assert.Throws<InvalidOperationException>(() =>
        {
            var writer = new CoapMessageWriter(buffer);
            writer.Option(CoapOptionNumber.UriQuery, "b");
            writer.Option(CoapOptionNumber.UriPath, "a");
        });
    }

    [Fact]
    public void Nothing_follows_the_payload()
    {
        byte[] buffer = new byte[64];
        Assert.Throws<InvalidOperationException>(() =>
        {
            var writer = new CoapMessageWriter(buffer);
            writer.Payload("a"u8);
            writer.Option((CoapOptionNumber)65535, "b");
        });
        Assert.Throws<InvalidOperationException>(() =>
        {
            var writer = new CoapMessageWriter(buffer);
            writer.Payload("a"u8);
            writer.Payload("b"u8);
        });
    }

    [Fact]
    public void An_empty_payload_has_no_marker()
    {
        byte[] buffer = new byte[64];
        var writer = new CoapMessageWriter(buffer);
        writer.Option(CoapOptionNumber.UriPath, "a");
        writer.Payload([]);
        Assert.Equal(Hex.Bytes("b1 61"), buffer[..writer.Length]);
    }

    [Fact]
    public void What_does_not_fit_is_left_out_and_noted_and_nothing_is_written_beyond_the_end()
    {
        for (int size = 0; size < 60; size++)
        {
            byte[] buffer = new byte[80];
            buffer.AsSpan(size).Fill(0xA5);
            var writer = new CoapMessageWriter(buffer.AsSpan(0, size));
            writer.Option(CoapOptionNumber.UriPath, new byte[20]);
            writer.Option(CoapOptionNumber.Size1, 1000u);
            writer.Option((CoapOptionNumber)1000, new byte[3]);
            writer.Payload(new byte[15]);
            int length = writer.Finish();
            Assert.True(length <= size);
            Assert.Equal(size < 22 + 4 + 6 + 16, writer.Overflowed);
            Assert.All(buffer[size..], b => Assert.Equal(0xA5, b));
            var reader = new CoapOptionReader(buffer.AsSpan(0, length));
            while (reader.MoveNext())
            {
            }

            Assert.False(reader.IsMalformed);
        }
    }

    [Fact]
    public void A_message_that_fits_exactly_has_not_overflowed()
    {
        byte[] buffer = new byte[2 + 1 + 3];
        var writer = new CoapMessageWriter(buffer);
        writer.Option(CoapOptionNumber.UriPath, "a");
        writer.Payload("abc"u8);
        Assert.False(writer.Overflowed);
        Assert.Equal(buffer.Length, writer.Length);
        Assert.Equal(0, writer.Remaining);
    }

    [Fact]
    public void A_header_beyond_the_buffer_is_an_overflow() => Assert.True(new CoapMessageWriter(new byte[4], 5).Overflowed);

    [Theory]
    [InlineData(new int[0], new[] { 27 })]
    [InlineData(new[] { 12 }, new[] { 12, 27 })]
    [InlineData(new[] { 28 }, new[] { 27, 28 })]
    [InlineData(new[] { 4, 60 }, new[] { 4, 27, 60 })]
    [InlineData(new[] { 12, 23 }, new[] { 12, 23, 27 })]
    public void An_inserted_option_takes_its_place(int[] written, int[] expected)
    {
        byte[] buffer = new byte[64];
        var writer = new CoapMessageWriter(buffer);
        writer.Insert(CoapOptionNumber.Block1, 6);
        foreach (int number in written)
            writer.Option((CoapOptionNumber)number, 1u);
        writer.Payload("x"u8);
        var numbers = new List<int>();
        foreach (CoapOption option in new CoapOptionReader(buffer.AsSpan(0, writer.Finish())))
            numbers.Add((int)option.Number);
        Assert.Equal(expected, numbers);
    }
}
