using System.Buffers;
using System.Globalization;
using System.Text;

namespace Surety.Lwm2m;

/// <summary>Decimal text of floating-point numbers: the shortest digits that read back as the same double.</summary>
internal static class FloatText
{
    /// <summary>Room for any finite double without exponent: 309 digits before the point, 324 places after it.</summary>
    public const int MaxLength = 352;

    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE"u8);

    /// <summary>Text without exponent and with a fraction, as 3.0 or -0.00012; NaN and infinities by name.</summary>
    public static string Format(double value)
    {
        Span<byte> utf8 = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(utf8[..Format(value, utf8)]);
    }

    /// <summary>Text without exponent and with a fraction; <see cref="MaxLength"/> octets suffice.</summary>
    public static int Format(double value, Span<byte> utf8)
    {
        int length = FormatPlain(value, utf8);
        if (!double.IsFinite(value) || utf8[..length].Contains((byte)'.')) return length;
        ".0"u8.CopyTo(utf8[length..]);
        return length + 2;
    }

    /// <summary>Text without exponent and without an empty fraction, as 3 or 0.5, for attributes (Core TS 1.2.2, 7.3.2).</summary>
    public static int FormatPlain(double value, Span<byte> utf8)
    {
        Span<byte> digits = stackalloc byte[32];
        value.TryFormat(digits, out int length, "R", CultureInfo.InvariantCulture);
        digits = digits[..length];
        int exponentAt = digits.IndexOf((byte)'E');
        if (exponentAt < 0 || !double.IsFinite(value))
        {
            digits.CopyTo(utf8);
            return length;
        }

        int exponent = int.Parse(digits[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return Expand(digits[..exponentAt], exponent, utf8);
    }

    /// <summary>Reads digits with an optional sign, fraction and exponent; nothing else, no white space.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out double value)
    {
        value = 0;
        if (utf8.Length is 0 or > MaxLength || utf8.ContainsAnyExcept(NumberBytes)) return false;
        // Not Utf8Parser, which is one bit off where there are many digits.
        return double.TryParse(utf8, Number, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    // Moves the point: "-1.25" and 3 to "-1250", "1.25" and -3 to "0.00125".
    private static int Expand(ReadOnlySpan<byte> mantissa, int exponent, Span<byte> utf8)
    {
        int length = 0;
        if (mantissa[0] == (byte)'-')
        {
            utf8[length++] = (byte)'-';
            mantissa = mantissa[1..];
        }

        ReadOnlySpan<byte> fraction = mantissa.Length > 2 ? mantissa[2..] : default;
        if (exponent < 0)
        {
            "0."u8.CopyTo(utf8[length..]);
            length += 2;
            utf8.Slice(length, -exponent - 1).Fill((byte)'0');
            length += -exponent - 1;
            utf8[length++] = mantissa[0];
            fraction.CopyTo(utf8[length..]);
            return length + fraction.Length;
        }

        // The point may fall inside the fraction: "1.2345E2" does not come from "R", but costs nothing to get right.
        utf8[length++] = mantissa[0];
        int moved = Math.Min(exponent, fraction.Length);
        fraction[..moved].CopyTo(utf8[length..]);
        length += moved;
        utf8.Slice(length, exponent - moved).Fill((byte)'0');
        length += exponent - moved;
        if (moved == fraction.Length) return length;
        utf8[length++] = (byte)'.';
        fraction[moved..].CopyTo(utf8[length..]);
        return length + fraction.Length - moved;
    }
}
