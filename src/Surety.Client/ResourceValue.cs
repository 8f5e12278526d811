using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Surety.Client;

/// <summary>What a device has answered or reported, as it came: of a resource, or of all below an instance or an object.</summary>
/// <param name="Device">The device's id.</param>
/// <param name="Path">The path, such as <c>/3303/0/5700</c>.</param>
/// <param name="ContentType">The media type of <paramref name="Payload"/>, such as <c>text/plain</c> or <c>application/vnd.oma.lwm2m+tlv</c>.</param>
/// <param name="Payload">The bytes.</param>
/// <param name="ReceivedAt">When it reached this client.</param>
public sealed record ResourceValue(string Device, string Path, string? ContentType, ReadOnlyMemory<byte> Payload, DateTimeOffset ReceivedAt)
{
    private const string Tlv = "application/vnd.oma.lwm2m+tlv";

    private bool IsTlv => string.Equals(ContentType, Tlv, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value as a type: <c>double</c>, <c>long</c>, <c>bool</c>, <c>string</c>, <c>DateTimeOffset</c> and all others that are read from text.</summary>
    /// <exception cref="FormatException">It is not of that type, or not the value of one resource.</exception>
    public T As<T>()
        where T : IParsable<T>
    {
        if (typeof(T) == typeof(bool))
            return (T)(object)(AsText() switch { "1" or "true" => true, "0" or "false" => false, _ => throw Wrong<T>() });
        if (typeof(T) == typeof(DateTimeOffset) && long.TryParse(NumberText(isFloat: false), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds) && seconds is > -62_135_596_800 and < 253_402_300_800)
            return (T)(object)DateTimeOffset.FromUnixTimeSeconds(seconds);
        bool isFloat = typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(decimal);
        string text = typeof(T) == typeof(string) ? AsText(isTextResource: true) : NumberText(isFloat);
        return T.TryParse(text, CultureInfo.InvariantCulture, out T? value) ? value : throw Wrong<T>();
    }

    /// <summary>The value as text, as a person reads it: text as it is; integers of TLV as numbers; bytes in hexadecimal.</summary>
    public string AsText() => AsText(isTextResource: false);

    /// <summary>The same as <see cref="AsText()"/>.</summary>
    public override string ToString() => AsText();

    private string AsText(bool isTextResource)
    {
        if (IsTlv && TryReadTlv(Payload.Span, out ReadOnlySpan<byte> value))
        {
            if (isTextResource || value.Length is not (1 or 2 or 4 or 8) || IsPrintable(value))
                return IsPrintable(value) ? Encoding.UTF8.GetString(value) : Convert.ToHexString(value);
            return NumberText(isFloat: value.Length is 4 or 8 && !IsSmall(value));
        }

        return IsPrintable(Payload.Span) ? Encoding.UTF8.GetString(Payload.Span) : Convert.ToHexString(Payload.Span);
    }

    /// <summary>Numbers of TLV are big-endian; the type decides how they are read. (LwM2M Core 1.2, C)</summary>
    private string NumberText(bool isFloat)
    {
        if (!IsTlv)
            return Encoding.UTF8.GetString(Payload.Span).Trim();
        if (!TryReadTlv(Payload.Span, out ReadOnlySpan<byte> value))
            throw new FormatException($"{Path} is not the value of one resource.");
        return (value.Length, isFloat) switch
        {
            (4, true) => BinaryPrimitives.ReadSingleBigEndian(value).ToString("R", CultureInfo.InvariantCulture),
            (8, true) => BinaryPrimitives.ReadDoubleBigEndian(value).ToString("R", CultureInfo.InvariantCulture),
            (1, _) => ((sbyte)value[0]).ToString(CultureInfo.InvariantCulture),
            (2, _) => BinaryPrimitives.ReadInt16BigEndian(value).ToString(CultureInfo.InvariantCulture),
            (4, _) => BinaryPrimitives.ReadInt32BigEndian(value).ToString(CultureInfo.InvariantCulture),
            (8, _) => BinaryPrimitives.ReadInt64BigEndian(value).ToString(CultureInfo.InvariantCulture),
            _ => Encoding.UTF8.GetString(value),
        };
    }

    private static bool IsSmall(ReadOnlySpan<byte> number) => number.Length == 4
        ? Math.Abs((long)BinaryPrimitives.ReadInt32BigEndian(number)) < 1 << 24
        : BinaryPrimitives.ReadInt64BigEndian(number) is > -(1L << 40) and < 1L << 40;

    /// <summary>The value of a payload that is exactly one resource.</summary>
    private static bool TryReadTlv(ReadOnlySpan<byte> tlv, out ReadOnlySpan<byte> value)
    {
        value = default;
        // Bits 7-6: 3 is a resource with a value. Bit 5: length of the id. Bits 4-3: length of the length. (LwM2M Core 1.2, table C-1)
        if (tlv.Length < 2 || tlv[0] >> 6 != 3)
            return false;
        int at = (tlv[0] & 0x20) != 0 ? 3 : 2, lengthBytes = (tlv[0] >> 3) & 3, length = lengthBytes == 0 ? tlv[0] & 7 : 0;
        if (tlv.Length < at + lengthBytes)
            return false;
        for (int i = 0; i < lengthBytes; i++)
            length = (length << 8) | tlv[at++];
        if (tlv.Length - at != length)
            return false;
        value = tlv[at..];
        return true;
    }

    private static bool IsPrintable(ReadOnlySpan<byte> bytes)
    {
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
            return false;
        foreach (byte b in bytes)
        {
            if (b is < 0x20 and not ((byte)'\n' or (byte)'\r' or (byte)'\t') or 0x7f)
                return false;
        }

        return true;
    }

    private FormatException Wrong<T>() => new($"{Path} is '{AsText()}' ({ContentType}), which is no {typeof(T).Name}.");
}
