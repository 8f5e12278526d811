using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Messages;

/// <summary>RFC 7252, 3, 5.3.1 and RFC 8974, 2.1: tokens and their length.</summary>
public sealed class TokenTests
{
    // RFC 8974, 2.1 and appendix A.1: TKL, then its extension, then the token.
    [Theory]
    [InlineData(0, "40 01 0001")]
    [InlineData(1, "41 01 0001")]
    [InlineData(8, "48 01 0001")]
    [InlineData(9, "49 01 0001")]
    [InlineData(12, "4c 01 0001")]
    [InlineData(13, "4d 01 0001 00")]
    [InlineData(14, "4d 01 0001 01")]
    [InlineData(268, "4d 01 0001 ff")]
    [InlineData(269, "4e 01 0001 0000")]
    [InlineData(270, "4e 01 0001 0001")]
    [InlineData(65804, "4e 01 0001 ffff")]
    public void A_token_length_is_encoded_at_its_bounds(int length, string expected)
    {
        byte[] token = new byte[length];
        new Random(8974).NextBytes(token);
        byte[] bytes = new WireMessage(MessageType.Confirmable, CoapCode.Get, 1) { Token = token, Path = "/x", Payload = [1] }.ToBytes();
        byte[] head = Hex.Bytes(expected);
        Assert.Equal(head, bytes[..head.Length]);
        Assert.Equal(token, bytes[head.Length..(head.Length + length)]);

        Assert.Equal(CoapParseResult.Message, CoapMessage.Parse(bytes, out CoapMessage message));
        Assert.Equal(token, message.Token.ToArray());
        Assert.Equal(1, message.Payload.Length);
        if (length > 0)
            Assert.Equal(CoapParseResult.FormatError, CoapMessage.Parse(bytes.AsSpan(0, head.Length + length - 1), out _));
    }

    [Theory]
    [InlineData("4d 01 0001")]
    [InlineData("4e 01 0001")]
    [InlineData("4e 01 0001 00")]
    [InlineData("4f 01 0001 00000000000000000000")]
    public void A_token_length_that_is_cut_off_or_reserved_is_a_format_error(string hex) =>
        Assert.Equal(CoapParseResult.FormatError, CoapMessage.Parse(Hex.Bytes(hex), out _));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(65804)]
    public void A_token_keeps_its_bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var token = new CoapToken(bytes);
        Assert.Equal(length, token.Length);
        byte[] copy = new byte[length];
        token.CopyTo(copy);
        Assert.Equal(bytes, copy);
        Assert.Equal(Hex.Digits(bytes), token.ToString());
        Assert.Equal(token, new CoapToken(bytes));
        Assert.Equal(token.GetHashCode(), new CoapToken(bytes).GetHashCode());
        if (length > 0)
        {
            bytes[^1] ^= 1;
            Assert.NotEqual(token, new CoapToken(bytes));
        }
    }

    [Fact]
    public void Tokens_of_different_length_differ_even_when_padded_alike()
    {
        Assert.NotEqual(new CoapToken([1]), new CoapToken([1, 0]));
        Assert.NotEqual(new CoapToken([]), new CoapToken([0]));
        Assert.True(new CoapToken([]) == default);
        Assert.True(new CoapToken([0, 0, 0, 0, 0, 0, 0, 1]) == new CoapToken(1UL));
        Assert.True(new CoapToken([1, 2]) != new CoapToken([2, 1]));
    }

    [Fact]
    public void A_token_beyond_the_longest_is_refused() => Assert.Throws<ArgumentException>(() => new CoapToken(new byte[65805]));
}
