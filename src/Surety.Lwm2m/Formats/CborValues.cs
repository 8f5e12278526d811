using System.Globalization;
using System.Text;

namespace Surety.Lwm2m;

/// <summary>Values of resources in CBOR (Core TS 1.2.2, Table C-2): in CBOR (60), LwM2M CBOR and SenML CBOR.</summary>
internal static class CborValues
{
    private const ulong DateTimeText = 0;
    private const ulong EpochTime = 1;
    private const ulong DecimalFraction = 4;

    // Powers of ten up to this one are exact in a double.
    private const int MaxExponent = 22;

    /// <summary>Reads one value of any type that a resource can have; a number keeps whether it was an integer.</summary>
    public static bool TryReadValue(ref CborReader reader, out ResourceValue value)
    {
        value = default;
        byte initial = reader.Peek();
        switch (initial >> 5)
        {
            case CborOutput.Bytes:
                if (!reader.TryReadItem(out CborItem bytes) || !reader.TryReadString(bytes, out ReadOnlySpan<byte> octets)) return false;
                value = ResourceValue.FromOpaque(octets.ToArray());
                return true;
            case CborOutput.Text:
                if (!reader.TryReadItem(out CborItem item) || !reader.TryReadString(item, out ReadOnlySpan<byte> utf8)) return false;
                if (!Utf8Text.TryDecode(utf8, out string? text)) return false;
                value = ResourceValue.FromString(text);
                return true;
            case 6:
                return TryReadTagged(ref reader, out value);
            case 7 when initial is CborItem.True or CborItem.False:
                reader.TryReadItem(out _);
                value = ResourceValue.FromBoolean(initial == CborItem.True);
                return true;
            default:
                return TryReadNumberOrNull(ref reader, out value);
        }
    }

    /// <summary>Reads an integer, a float, a decimal fraction or null.</summary>
    public static bool TryReadNumberOrNull(ref CborReader reader, out ResourceValue value)
    {
        value = default;
        if (!reader.TryReadItem(out CborItem item)) return false;
        switch (item.MajorType)
        {
            case CborOutput.Unsigned:
                value = item.Argument <= long.MaxValue
                    ? ResourceValue.FromInteger((long)item.Argument)
                    : ResourceValue.FromUnsigned(item.Argument);
                return true;
            case CborOutput.Negative when item.Argument <= long.MaxValue:
                value = ResourceValue.FromInteger(~(long)item.Argument);
                return true;
            case 6 when item.Argument == DecimalFraction:
                if (!TryReadDecimalFraction(ref reader, out double fraction)) return false;
                value = ResourceValue.FromFloat(fraction);
                return true;
            case 7 when item.Initial == CborItem.Null:
                value = ResourceValue.Null;
                return true;
            default:
                if (!item.TryGetFloat(out double number)) return false;
                value = ResourceValue.FromFloat(number);
                return true;
        }
    }

    /// <summary>Reads a number as a double.</summary>
    public static bool TryReadNumber(ref CborReader reader, out double number)
    {
        number = 0;
        return TryReadNumberOrNull(ref reader, out ResourceValue value) && value.TryGetNumber(out number);
    }

    private static bool TryReadTagged(ref CborReader reader, out ResourceValue value)
    {
        value = default;
        CborReader tagged = reader;
        if (!tagged.TryReadItem(out CborItem tag)) return false;
        switch (tag.Argument)
        {
            case DateTimeText:
                reader = tagged;
                if (!reader.TryReadItem(out CborItem item) || item.MajorType != CborOutput.Text) return false;
                if (!reader.TryReadContent(item, out ReadOnlySpan<byte> utf8) || utf8.Length > 40) return false;
                if (!TryParseDateTime(utf8, out DateTimeOffset time)) return false;
                value = ResourceValue.FromTime(time);
                return true;
            case EpochTime:
                reader = tagged;
                if (!TryReadNumberOrNull(ref reader, out ResourceValue seconds) || seconds.IsNull) return false;
                return seconds.TryConvert(ResourceType.Time, out value);
            case DecimalFraction:
                return TryReadNumberOrNull(ref reader, out value);
            default:
                return false;
        }
    }

    private static bool TryParseDateTime(ReadOnlySpan<byte> utf8, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        Encoding.ASCII.GetString(utf8),
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal,
        out time);

    // RFC 8949, 3.4.4: [exponent, mantissa].
    private static bool TryReadDecimalFraction(ref CborReader reader, out double number)
    {
        number = 0;
        if (!reader.TryReadItem(out CborItem array) || array.MajorType != CborOutput.Array || array.IsIndefinite || array.Argument != 2) return false;
        if (!TryReadInteger(ref reader, out long exponent) || !TryReadInteger(ref reader, out long mantissa)) return false;
        if (exponent is < -308 or > 308) return false;
        number = exponent switch
        {
            >= 0 => mantissa * Math.Pow(10, exponent),
            >= -MaxExponent => mantissa / Math.Pow(10, -exponent),
            _ => mantissa * Math.Pow(10, exponent),
        };
        return double.IsFinite(number);
    }

    private static bool TryReadInteger(ref CborReader reader, out long number)
    {
        number = 0;
        if (!reader.TryReadItem(out CborItem item) || item.MajorType > CborOutput.Negative || item.Argument > long.MaxValue) return false;
        number = item.MajorType == CborOutput.Unsigned ? (long)item.Argument : ~(long)item.Argument;
        return true;
    }
}
