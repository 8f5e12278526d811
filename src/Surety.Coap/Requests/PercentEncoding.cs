using System.Buffers;
using System.Globalization;
using System.Text;

namespace Surety.Coap;

/// <summary>Percent-encoding of URIs (RFC 3986, 2.1), byte by byte as CoAP needs it (RFC 7252, 6.4, 6.5).</summary>
internal static class PercentEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /// <summary>sub-delims without the ampersand, which divides a query.</summary>
    private const string Delimiters = "!$'()*+,;=";

    /// <summary>What may stand in a segment of a path.</summary>
    public static readonly SearchValues<char> SegmentChars = SearchValues.Create(Unreserved + Delimiters + "&:@");

    /// <summary>What may stand in one argument of a query.</summary>
    public static readonly SearchValues<char> ArgumentChars = SearchValues.Create(Unreserved + Delimiters + ":@/?");

    /// <summary>What may stand in a registered name.</summary>
    public static readonly SearchValues<char> HostChars = SearchValues.Create(Unreserved + Delimiters + "&");

    /// <summary>What may stand in a path.</summary>
    public static readonly SearchValues<char> PathChars = SearchValues.Create(Unreserved + Delimiters + "&:@/");

    /// <summary>What may stand in a query.</summary>
    public static readonly SearchValues<char> QueryChars = SearchValues.Create(Unreserved + Delimiters + "&:@/?");

    /// <summary>All characters are allowed ones, beyond ASCII, or of whole percent-encodings.</summary>
    public static bool IsValid(ReadOnlySpan<char> text, SearchValues<char> allowed)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '%')
            {
                if (!IsEncoding(text, i))
                    return false;
                i += 2;
            }
            else if (char.IsAscii(c) && !allowed.Contains(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The bytes that a text stands for; a percent sign without two digits behind it stands for itself.</summary>
    public static byte[] Decode(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        int length = 0;
        while (!text.IsEmpty)
        {
            if (IsEncoding(text, 0))
            {
                bytes[length++] = byte.Parse(text.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                text = text[3..];
                continue;
            }

            int next = text[1..].IndexOf('%');
            ReadOnlySpan<char> plain = next < 0 ? text : text[..(next + 1)];
            length += Encoding.UTF8.GetBytes(plain, bytes.AsSpan(length));
            text = text[plain.Length..];
        }

        return bytes[..length];
    }

    /// <summary>Appends a value with everything but the allowed characters encoded, in upper case (RFC 7252, 6.5).</summary>
    public static void Encode(StringBuilder text, ReadOnlySpan<byte> value, SearchValues<char> allowed)
    {
        foreach (byte b in value)
        {
            if (allowed.Contains((char)b))
                text.Append((char)b);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }
    }

    /// <summary>The text with what is beyond ASCII encoded as UTF-8.</summary>
    public static string EncodeBeyondAscii(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
            return text.ToString();
        var result = new StringBuilder();
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
                result.Append((char)rune.Value);
            else
                Encode(result, bytes[..rune.EncodeToUtf8(bytes)], HostChars);
        }

        return result.ToString();
    }

    /// <summary>A registered name as it stands in a URI.</summary>
    public static string EncodeHost(string host)
    {
        var result = new StringBuilder();
        Encode(result, Encoding.UTF8.GetBytes(host), HostChars);
        return result.ToString();
    }

    private static bool IsEncoding(ReadOnlySpan<char> text, int index) =>
        text.Length - index >= 3 && text[index] == '%' && char.IsAsciiHexDigit(text[index + 1]) && char.IsAsciiHexDigit(text[index + 2]);
}
