
namespace Surety.Coap.Tests.Tcp;

public sealed class CoapTcpFrameTests
{
    private const int MaxLength = 200_000;

    [Theory]
    [InlineData("01437f", 67, "7f")] // RFC 8323, figure 5: 2.03
    [InlineData("01e242", 226, "42")] // RFC 8323, figure 11: 7.02 Ping
    [InlineData("01e342", 227, "42")] // RFC 8323, figure 12: 7.03 Pong
    public void Reads_the_examples_of_the_RFC(string hex, int code, string token)
    {
        byte[] bytes = Convert.FromHexString(hex);
        CoapTcpFrameStatus status = CoapTcpFrame.TryRead(bytes, MaxLength, 8, out int length, out CoapMessage message);

        Assert.Equal(CoapTcpFrameStatus.Message, status);
        Assert.Equal(bytes.Length, length);
        Assert.Equal(code, message.Code.Value);
        Assert.Equal(token, Convert.ToHexStringLower(message.Token));
        Assert.True(message.Options.GetEnumerator().MoveNext() is false && message.Payload.IsEmpty);
    }

    [Theory]
    [InlineData("01437f", 67, "7f")]
    [InlineData("01e242", 226, "42")]
    public void Writes_the_examples_of_the_RFC(string hex, int code, string token)
    {
        byte[] buffer = new byte[20];
        int start = CoapTcpFrame.WriteHeader(buffer, 20, 0, new CoapCode((byte)code), Convert.FromHexString(token));
        Assert.Equal(hex, Convert.ToHexStringLower(buffer[start..]));
    }

    // RFC 8323, 3.2: Len 13, 14, 15 with 8, 16 and 32 bits of extended length, less 13, 269 and 65805.
    [Theory]
    [InlineData(0, "0045")]
    [InlineData(12, "c045")]
    [InlineData(13, "d00045")]
    [InlineData(268, "d0ff45")]
    [InlineData(269, "e0000045")]
    [InlineData(65804, "e0ffff45")]
    [InlineData(65805, "f00000000045")]
    [InlineData(100000, "f00000859345")]
    public void The_length_takes_the_form_that_its_size_needs(int bodyLength, string header)
    {
        byte[] buffer = new byte[6 + bodyLength];
        Payload(bodyLength).CopyTo(buffer, 6);
        int start = CoapTcpFrame.WriteHeader(buffer, 6, bodyLength, CoapCode.Content, default);
        Assert.Equal(header, Convert.ToHexStringLower(buffer[start..6]));

        CoapTcpFrameStatus status = CoapTcpFrame.TryRead(buffer.AsSpan(start), MaxLength, 8, out int length, out CoapMessage message);
        Assert.Equal(CoapTcpFrameStatus.Message, status);
        Assert.Equal(buffer.Length - start, length);
        Assert.Equal(Math.Max(bodyLength - 1, 0), message.Payload.Length);
    }

    // RFC 8974, 2.1 and A.2: the extended token length stands between code and token, and does not count in Len.
    [Theory]
    [InlineData(8, "0845")]
    [InlineData(12, "0c45")]
    [InlineData(13, "0d4500")]
    [InlineData(268, "0d45ff")]
    [InlineData(269, "0e450000")]
    [InlineData(65804, "0e45ffff")]
    public void Long_tokens_have_an_extended_length_behind_the_code(int tokenLength, string head)
    {
        byte[] token = new byte[tokenLength];
        Array.Fill(token, (byte)0xA5);
        byte[] buffer = new byte[CoapTcpFrame.MaxHeaderLength(tokenLength)];
        int start = CoapTcpFrame.WriteHeader(buffer, buffer.Length, 0, CoapCode.Content, token);
        Assert.Equal(head + Convert.ToHexStringLower(token), Convert.ToHexStringLower(buffer[start..]));

        CoapTcpFrameStatus status = CoapTcpFrame.TryRead(buffer.AsSpan(start), MaxLength, tokenLength, out int length, out CoapMessage message);
        Assert.Equal(CoapTcpFrameStatus.Message, status);
        Assert.Equal(buffer.Length - start, length);
        Assert.True(message.Token.SequenceEqual(token));
        Assert.Equal(CoapTcpFrameStatus.FormatError, CoapTcpFrame.TryRead(buffer.AsSpan(start), MaxLength, tokenLength - 1, out _, out _));
    }

    [Theory]
    [InlineData("01437f")]
    [InlineData("d00045")]
    [InlineData("d70045")]
    [InlineData("ed000145")]
    [InlineData("fe0000000045")]
    public void Of_every_beginning_it_is_known_that_more_must_come(string hex)
    {
        byte[] whole = [.. Convert.FromHexString(hex), .. new byte[70_000]];
        // Zero bytes are empty If-Match options, and an extended token length of its least value.
        Assert.Equal(CoapTcpFrameStatus.Message, CoapTcpFrame.TryRead(whole, MaxLength, 400, out int length, out _));

        int least = 0;
        for (int count = 0; count < length; count++)
        {
            CoapTcpFrameStatus status = CoapTcpFrame.TryRead(whole.AsSpan(0, count), MaxLength, 400, out int known, out _);
            Assert.Equal(CoapTcpFrameStatus.Incomplete, status);
            Assert.InRange(known, Math.Max(least, count + 1), length);
            least = known;
        }

        Assert.Equal(length, least);
    }

    [Theory]
    [InlineData("e0ffff", 65000)] // 65804 + 4
    [InlineData("f000000000", 65810)] // 65805 + 6
    [InlineData("f0ffffffff", int.MaxValue)]
    [InlineData("d0ff", 200)]
    [InlineData("f0ffffffff450000", 100_000)]
    public void A_message_that_is_too_long_is_refused_by_its_header(string hex, int maxLength) =>
        Assert.Equal(CoapTcpFrameStatus.TooLong, CoapTcpFrame.TryRead(Convert.FromHexString(hex), maxLength, 8, out _, out _));

    [Fact]
    public void A_message_of_exactly_the_limit_is_taken()
    {
        byte[] bytes = [.. Convert.FromHexString("e0000045"), .. Payload(269)];
        Assert.Equal(CoapTcpFrameStatus.Message, CoapTcpFrame.TryRead(bytes, bytes.Length, 8, out _, out _));
        Assert.Equal(CoapTcpFrameStatus.TooLong, CoapTcpFrame.TryRead(bytes, bytes.Length - 1, 8, out _, out _));
        Assert.Equal(CoapTcpFrameStatus.TooLong, CoapTcpFrame.TryRead(bytes.AsSpan(0, 3), bytes.Length - 1, 8, out _, out _));
    }

    [Theory]
    [InlineData("0f")] // RFC 8974, 2.1: a TKL of 15 is reserved
    [InlineData("0900000000000000000000")] // longer than the eight bytes allowed here
    [InlineData("0d450000")] // the same, extended
    [InlineData("1045ff")] // RFC 7252, 3: a payload marker without payload
    [InlineData("1045f0")] // RFC 7252, 3.1: reserved option delta
    [InlineData("20450f00")] // reserved option length
    [InlineData("104503")] // an option that goes beyond the message
    [InlineData("2045e0ff")] // an extended delta that goes beyond the message
    public void Broken_bytes_are_a_format_error(string hex) =>
        Assert.Equal(CoapTcpFrameStatus.FormatError, CoapTcpFrame.TryRead(Convert.FromHexString(hex), MaxLength, 8, out _, out _));

    /// <summary>A payload marker and a payload; nothing for length 0.</summary>
    private static byte[] Payload(int length)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, (byte)'x');
        if (length > 0)
            bytes[0] = 0xFF;
        return bytes;
    }
}
