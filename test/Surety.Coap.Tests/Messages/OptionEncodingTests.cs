using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Messages;

/// <summary>RFC 7252, 3.1, 3.2: option deltas, lengths and values.</summary>
public sealed class OptionEncodingTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(12, "c0")]
    [InlineData(13, "d0 00")]
    [InlineData(14, "d0 01")]
    [InlineData(268, "d0 ff")]
    [InlineData(269, "e0 0000")]
    [InlineData(270, "e0 0001")]
    [InlineData(65535, "e0 fef2")]
    public void A_delta_is_encoded_at_its_bounds(int number, string expected)
    {
        byte[] buffer = new byte[16];
        var writer = new CoapMessageWriter(buffer);
        writer.Option((CoapOptionNumber)number, default(ReadOnlySpan<byte>));
        Assert.Equal(Hex.Bytes(expected), buffer[..writer.Length]);

        var reader = new CoapOptionReader(buffer.AsSpan(0, writer.Length));
        Assert.True(reader.MoveNext());
        Assert.Equal(number, (int)reader.Number);
        Assert.False(reader.MoveNext());
        Assert.False(reader.IsMalformed);
    }

    [Theory]
    [InlineData(0, "b0")]
    [InlineData(12, "bc")]
    [InlineData(13, "bd 00")]
    [InlineData(268, "bd ff")]
    [InlineData(269, "be 0000")]
    [InlineData(65534, "be fef1")]
    [InlineData(65535, "be fef2")]
    [InlineData(65803, "be fffe")]
    [InlineData(65804, "be ffff")]
    public void A_length_is_encoded_at_its_bounds(int length, string expected)
    {
        byte[] value = new byte[length];
        new Random(length).NextBytes(value);
        byte[] buffer = new byte[70_000];
        var writer = new CoapMessageWriter(buffer);
        writer.Option(CoapOptionNumber.UriPath, value);
        byte[] head = Hex.Bytes(expected);
        Assert.Equal(head, buffer[..head.Length]);
        Assert.Equal(head.Length + length, writer.Length);

        var reader = new CoapOptionReader(buffer.AsSpan(0, writer.Length));
        Assert.True(reader.MoveNext());
        Assert.Equal(value, reader.Value.ToArray());
        Assert.False(reader.MoveNext());
        Assert.False(reader.IsMalformed);
    }

    [Fact]
    public void Delta_and_length_can_both_be_extended()
    {
        byte[] buffer = new byte[1024];
        var writer = new CoapMessageWriter(buffer);
        writer.Option((CoapOptionNumber)300, new byte[300]);
        Assert.Equal(Hex.Bytes("ee 001f 001f"), buffer[..5]);
        var reader = new CoapOptionReader(buffer.AsSpan(0, writer.Length));
        Assert.True(reader.MoveNext());
        Assert.Equal((300, 300), ((int)reader.Number, reader.Value.Length));
    }

    // RFC 7252, 3.2: as few bytes as possible; 0 is an empty value.
    [Theory]
    [InlineData(0u, "")]
    [InlineData(1u, "01")]
    [InlineData(255u, "ff")]
    [InlineData(256u, "0100")]
    [InlineData(65535u, "ffff")]
    [InlineData(65536u, "010000")]
    [InlineData(0xFF_FFFFu, "ffffff")]
    [InlineData(0x100_0000u, "01000000")]
    [InlineData(uint.MaxValue, "ffffffff")]
    public void An_unsigned_integer_takes_as_few_bytes_as_it_needs(uint value, string expected)
    {
        byte[] buffer = new byte[16];
        var writer = new CoapMessageWriter(buffer);
        writer.Option(CoapOptionNumber.MaxAge, value);
        Assert.Equal($"d{expected.Length / 2}01{expected}", Hex.Digits(buffer.AsSpan(0, writer.Length)));

        var options = new CoapOptions().Add(CoapOptionNumber.MaxAge, value);
        Assert.True(options.TryGet(CoapOptionNumber.MaxAge, out ReadOnlyMemory<byte> bytes));
        Assert.Equal(expected, Hex.Digits(bytes.Span));
        Assert.Equal(value, options.GetUInt(CoapOptionNumber.MaxAge));
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("00", 0u)]
    [InlineData("0001", 1u)]
    [InlineData("00000001", 1u)]
    [InlineData("00ff", 255u)]
    public void Leading_zeros_of_an_unsigned_integer_are_understood(string hex, uint expected)
    {
        var wire = new WireMessage(MessageType.Confirmable, CoapCode.Get, 1);
        wire.Options.Add(CoapOptionNumber.MaxAge, Hex.Bytes(hex));
        CoapMessage.Parse(wire.ToBytes(), out CoapMessage message);
        Assert.Equal(expected, message.GetUIntOption(CoapOptionNumber.MaxAge));
        foreach (CoapOption option in message.Options)
            Assert.Equal(expected, option.UInt);
    }

    [Fact]
    public void A_string_is_encoded_as_utf8_of_any_length()
    {
        byte[] buffer = new byte[1024];
        var writer = new CoapMessageWriter(buffer);
        writer.Option(CoapOptionNumber.UriPath, "こんにちは");
        writer.Option(CoapOptionNumber.ProxyUri, new string('x', 300));
        var reader = new CoapOptionReader(buffer.AsSpan(0, writer.Length));
        Assert.True(reader.MoveNext());
        Assert.Equal("e38193e38293e381abe381a1e381af", Hex.Digits(reader.Value));
        Assert.Equal("こんにちは", reader.Current.Text);
        Assert.True(reader.MoveNext());
        Assert.Equal(300, reader.Value.Length);
    }

    [Fact]
    public void Random_options_survive_writing_and_reading()
    {
        var random = new Random(7252);
        for (int round = 0; round < 2000; round++)
        {
            var options = new CoapOptions();
            for (int i = random.Next(20); i > 0; i--)
            {
                byte[] value = new byte[random.Next(4) switch { 0 => random.Next(14), 1 => 13, 2 => random.Next(260, 280), _ => random.Next(2000) }];
                random.NextBytes(value);
                options.Add((CoapOptionNumber)random.Next(round % 2 == 0 ? 300 : 65536), value);
            }

            byte[] payload = new byte[random.Next(100)];
            random.NextBytes(payload);
            byte[] bytes = new WireMessage((MessageType)random.Next(4), new CoapCode((byte)random.Next(1, 256)), (ushort)random.Next(65536)) { Options = options, Payload = payload }.ToBytes();
            WireMessage read = WireMessage.Parse(bytes);
            Assert.Equal(options.Select(o => (o.Key, Hex.Digits(o.Value.Span))), read.Options.Select(o => (o.Key, Hex.Digits(o.Value.Span))));
            Assert.Equal(payload, read.Payload);
            Assert.Equal(bytes, read.ToBytes());
        }
    }
}
