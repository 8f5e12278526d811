using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Surety.Lwm2m;

/// <summary>Writes the few forms of JSON that contents need, without white space.</summary>
internal static class JsonOutput
{
    public static void WriteString(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        while (!text.IsEmpty)
        {
            int plain = 0;
            while (plain < text.Length && text[plain] is >= ' ' and not '"' and not '\\') plain++;
            Encoding.UTF8.GetBytes(text[..plain], output);
            if (plain == text.Length) break;
            WriteEscape(output, text[plain]);
            text = text[(plain + 1)..];
        }

        output.Write("\""u8);
    }

    /// <summary>Writes text that needs no escapes.</summary>
    public static void WriteAscii(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        output.Write("\""u8);
        output.Write(text);
        output.Write("\""u8);
    }

    public static void WriteInteger(IBufferWriter<byte> output, long value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out int length);
        output.Advance(length);
    }

    public static void WriteUnsigned(IBufferWriter<byte> output, ulong value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out int length);
        output.Advance(length);
    }

    /// <summary>Writes a finite number with a fraction, so that it stays a floating-point number for a reader without definition.</summary>
    public static void WriteFloat(IBufferWriter<byte> output, double value) =>
        output.Advance(FloatText.Format(value, output.GetSpan(FloatText.MaxLength)));

    /// <summary>A number of seconds: an integer when it is whole.</summary>
    public static void WriteSeconds(IBufferWriter<byte> output, double value)
    {
        if (Numbers.TryToInt64(value, out long whole)) WriteInteger(output, whole);
        else WriteFloat(output, value);
    }

    public static void WriteBase64(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        Span<byte> span = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(data.Length) + 2);
        span[0] = (byte)'"';
        Base64.EncodeToUtf8(data, span[1..], out _, out int length);
        span[length + 1] = (byte)'"';
        output.Advance(length + 2);
    }

    /// <summary>Base64 for URLs without padding: <c>vd</c> of SenML (RFC 8428, 5).</summary>
    public static void WriteBase64Url(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        Span<byte> span = output.GetSpan(Base64Url.GetEncodedLength(data.Length) + 2);
        span[0] = (byte)'"';
        Base64Url.EncodeToUtf8(data, span[1..], out _, out int length);
        span[length + 1] = (byte)'"';
        output.Advance(length + 2);
    }

    private static void WriteEscape(IBufferWriter<byte> output, char character)
    {
        Span<byte> span = output.GetSpan(6);
        span[0] = (byte)'\\';
        byte shorthand = character switch
        {
            '"' or '\\' => (byte)character,
            '\b' => (byte)'b',
            '\f' => (byte)'f',
            '\n' => (byte)'n',
            '\r' => (byte)'r',
            '\t' => (byte)'t',
            _ => 0,
        };
        if (shorthand != 0)
        {
            span[1] = shorthand;
            output.Advance(2);
            return;
        }

        "u00"u8.CopyTo(span[1..]);
        span[4] = (byte)(character < 16 ? '0' : '1');
        span[5] = "0123456789abcdef"u8[character & 15];
        output.Advance(6);
    }
}
