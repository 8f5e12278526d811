using System.Text;
using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Messages;

/// <summary>RFC 7252, 3: the message format.</summary>
public sealed class MessageParsingTests
{
    // RFC 7252, appendix A, figures 16 and 17, bit by bit; figures 18 to 23 give headers and tokens.
    [Theory]
    [InlineData("40 01 7d34 bb 74656d7065726174757265", MessageType.Confirmable, "0.01", 0x7d34, "", "temperature", "")]
    [InlineData("60 45 7d34 ff 32322e332043", MessageType.Acknowledgement, "2.05", 0x7d34, "", "", "22.3 C")]
    [InlineData("41 01 7d35 20 bb 74656d7065726174757265", MessageType.Confirmable, "0.01", 0x7d35, "20", "temperature", "")]
    [InlineData("61 45 7d35 20 ff 32322e332043", MessageType.Acknowledgement, "2.05", 0x7d35, "20", "", "22.3 C")]
    [InlineData("41 01 7d36 31 bb 74656d7065726174757265", MessageType.Confirmable, "0.01", 0x7d36, "31", "temperature", "")]
    [InlineData("60 00 7d38", MessageType.Acknowledgement, "0.00", 0x7d38, "", "", "")]
    [InlineData("41 45 ad7b 53 ff 32322e332043", MessageType.Confirmable, "2.05", 0xad7b, "53", "", "22.3 C")]
    [InlineData("70 00 ad7c", MessageType.Reset, "0.00", 0xad7c, "", "", "")]
    [InlineData("51 01 7d40 75 bb 74656d7065726174757265", MessageType.NonConfirmable, "0.01", 0x7d40, "75", "temperature", "")]
    [InlineData("51 45 ad7d 75 ff 32322e332043", MessageType.NonConfirmable, "2.05", 0xad7d, "75", "", "22.3 C")]
    [InlineData("51 84 952a 86", MessageType.NonConfirmable, "4.04", 0x952a, "86", "", "")]
    public void Messages_of_the_examples_are_read_and_written(string hex, MessageType type, string code, int messageId, string token, string path, string payload)
    {
        byte[] bytes = Hex.Bytes(hex);
        Assert.Equal(CoapParseResult.Message, CoapMessage.Parse(bytes, out CoapMessage message));
        Assert.Equal(type, message.Type);
        Assert.Equal(code, message.Code.ToString());
        Assert.Equal(messageId, message.MessageId);
        Assert.Equal(token, Hex.Digits(message.Token));
        Assert.Equal(path, string.Join('/', CoapOptions.Read(message.Options).GetStrings(CoapOptionNumber.UriPath)));
        Assert.Equal(payload, Encoding.UTF8.GetString(message.Payload));

        var written = new WireMessage(type, message.Code, message.MessageId) { Token = message.Token.ToArray(), Payload = message.Payload.ToArray() };
        if (path.Length > 0)
            written.Options.Add(CoapOptionNumber.UriPath, path);
        Assert.Equal(Hex.Digits(bytes), Hex.Digits(written.ToBytes()));
    }

    [Fact]
    public void Lengths_of_the_examples_are_16_11_17_and_12_bytes()
    {
        var get = new WireMessage(MessageType.Confirmable, CoapCode.Get, 0x7d34) { Path = "/temperature" };
        var content = new WireMessage(MessageType.Acknowledgement, CoapCode.Content, 0x7d34) { Payload = "22.3 C"u8.ToArray() };
        var getWithToken = new WireMessage(MessageType.Confirmable, CoapCode.Get, 0x7d35) { Token = [0x20], Path = "/temperature" };
        var contentWithToken = new WireMessage(MessageType.Acknowledgement, CoapCode.Content, 0x7d35) { Token = [0x20], Payload = "22.3 C"u8.ToArray() };
        Assert.Equal([16, 11, 17, 12], [get.ToBytes().Length, content.ToBytes().Length, getWithToken.ToBytes().Length, contentWithToken.ToBytes().Length]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("40")]
    [InlineData("40 01 00")]
    [InlineData("00 01 0001")] // version 0
    [InlineData("80 01 0001")] // version 2
    [InlineData("c0 01 0001")] // version 3
    [InlineData("c0 00 0001 ff")]
    public void What_has_no_header_or_another_version_is_ignored(string hex) =>
        Assert.Equal(CoapParseResult.Ignore, CoapMessage.Parse(Hex.Bytes(hex), out _));

    [Theory]
    [InlineData("41 01 0001")] // token beyond the end
    [InlineData("48 01 0001 01020304050607")] // the same, by one byte
    [InlineData("4f 01 0001 000000000000000000000000000000")] // TKL 15
    [InlineData("40 01 0001 ff")] // payload marker without payload
    [InlineData("40 01 0001 b1 61 ff")]
    [InlineData("41 00 0001 aa")] // Empty, with token
    [InlineData("40 00 0001 00")] // Empty, with bytes behind
    [InlineData("40 00 0001 ff 61")] // Empty, with payload
    [InlineData("41 00 0001")] // Empty, with token length
    [InlineData("40 01 0001 f0")] // option delta 15 that is no marker
    [InlineData("40 01 0001 f1 61")]
    [InlineData("40 01 0001 0f")] // option length 15
    [InlineData("40 01 0001 bf 61")]
    [InlineData("40 01 0001 b2 61")] // value beyond the end
    [InlineData("40 01 0001 d0")] // extended delta beyond the end
    [InlineData("40 01 0001 e0 00")]
    [InlineData("40 01 0001 0d")] // extended length beyond the end
    [InlineData("40 01 0001 0e 00")]
    [InlineData("40 01 0001 dd 00")]
    [InlineData("40 01 0001 bd 00 616263646566676869706161")] // 13 bytes wanted, 12 there
    [InlineData("40 01 0001 e0 fef3")] // option number 269 + 65267 = 65536
    [InlineData("40 01 0001 e0 fef2 10")] // 65535, and one more
    public void What_breaks_the_format_is_a_format_error_with_type_and_message_id(string hex)
    {
        Assert.Equal(CoapParseResult.FormatError, CoapMessage.Parse(Hex.Bytes(hex), out CoapMessage message));
        Assert.Equal(MessageType.Confirmable, message.Type);
        Assert.Equal(1, message.MessageId);
    }

    [Fact]
    public void Every_prefix_of_a_message_is_read_or_refused_without_a_fault()
    {
        var message = new WireMessage(MessageType.Confirmable, CoapCode.Post, 7)
        {
            Token = new byte[300],
            Path = $"/{new string('a', 13)}/{new string('b', 255)}?{new string('c', 12)}",
            Payload = new byte[20],
        };
        message.Options.Add(CoapOptionNumber.ProxyUri, new byte[1034]).Add((CoapOptionNumber)65000, new byte[1]);
        byte[] bytes = message.ToBytes();
        for (int length = 0; length < bytes.Length; length++)
        {
            CoapParseResult result = CoapMessage.Parse(bytes.AsSpan(0, length), out CoapMessage prefix);
            if (result == CoapParseResult.Message)
                Assert.True(prefix.Payload.Length < message.Payload.Length);
        }
    }

    [Fact]
    public void An_option_is_found_by_its_number_and_absent_ones_have_no_value()
    {
        CoapMessage.Parse(new WireMessage(MessageType.Confirmable, CoapCode.Get, 1) { Path = "/a/b?c" }.ToBytes(), out CoapMessage message);
        Assert.True(message.TryGetOption(CoapOptionNumber.UriPath, out ReadOnlySpan<byte> first));
        Assert.Equal("a", Encoding.UTF8.GetString(first));
        Assert.False(message.TryGetOption(CoapOptionNumber.UriHost, out ReadOnlySpan<byte> host));
        Assert.True(host.IsEmpty);
        Assert.False(message.TryGetOption(CoapOptionNumber.Block1, out _));
        Assert.Null(message.GetUIntOption(CoapOptionNumber.Accept));
        Assert.Null(message.ContentFormat);
    }

    [Fact]
    public void A_content_format_is_read_from_zero_to_two_bytes()
    {
        Assert.Equal(ContentFormat.TextPlain, Read([]));
        Assert.Equal(ContentFormat.LinkFormat, Read([40]));
        Assert.Equal(ContentFormat.Lwm2mTlv, Read([0x2d, 0x16]));
        Assert.Equal(ContentFormat.LinkFormat, Read([0, 40]));
        Assert.Null(Read([0, 0, 40]));

        static ContentFormat? Read(byte[] value)
        {
            var wire = new WireMessage(MessageType.Confirmable, CoapCode.Put, 1);
            wire.Options.Add(CoapOptionNumber.ContentFormat, value);
            CoapMessage.Parse(wire.ToBytes(), out CoapMessage message);
            return message.ContentFormat;
        }
    }
}
