using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Surety.Lwm2m;

public readonly partial struct ResourceValue
{
    /// <summary>
    /// The value as text/plain carries it (Core TS 1.2.2, Appendix C): numbers in decimal, Boolean as 0 or 1, Opaque in base64, Time in seconds,
    /// Objlnk as <c>3:0</c>. Empty when there is no value.
    /// </summary>
    public override string ToString() => Type switch
    {
        ResourceType.None => "",
        ResourceType.String or ResourceType.CoreLink => AsString(),
        ResourceType.Integer => AsInteger().ToString(CultureInfo.InvariantCulture),
        ResourceType.UnsignedInteger => AsUnsigned().ToString(CultureInfo.InvariantCulture),
        ResourceType.Float => FloatText.Format(AsFloat()),
        ResourceType.Boolean => AsBoolean() ? "1" : "0",
        ResourceType.Opaque => Convert.ToBase64String(AsOpaque().Span),
        ResourceType.Time => ReferenceEquals(_reference, Marker.Time)
            ? _bits.ToString(CultureInfo.InvariantCulture)
            : FloatText.Format(AsTimeSeconds()),
        _ => AsObjectLink().ToString(),
    };

    /// <summary>Reads the text/plain form of a value of a known type.</summary>
    /// <param name="type">The type; <see cref="ResourceType.None"/> accepts only empty text.</param>
    /// <param name="text">The text.</param>
    /// <param name="value">The value.</param>
    public static bool TryParse(ResourceType type, ReadOnlySpan<char> text, out ResourceValue value)
    {
        value = default;
        switch (type)
        {
            case ResourceType.String:
                value = FromString(text.ToString());
                return true;
            case ResourceType.CoreLink:
                value = FromCoreLink(text.ToString());
                return true;
            default:
                // Everything else is ASCII; what is not cannot be right.
                if (text.Length > TextLimit) return false;
                byte[] utf8 = Encoding.UTF8.GetBytes(text.ToArray());
                return TryParse(type, utf8, out value);
        }
    }

    /// <inheritdoc cref="TryParse(ResourceType, ReadOnlySpan{char}, out ResourceValue)"/>
    public static bool TryParse(ResourceType type, ReadOnlySpan<byte> utf8, out ResourceValue value)
    {
        value = default;
        switch (type)
        {
            case ResourceType.None:
                return utf8.IsEmpty;
            case ResourceType.String:
                return Utf8Text.TryDecode(utf8, out string? text) && Set(FromString(text), out value);
            case ResourceType.CoreLink:
                return Utf8Text.TryDecode(utf8, out string? links) && Set(FromCoreLink(links), out value);
            case ResourceType.Integer:
                return Whole(utf8, out long integer) && Set(FromInteger(integer), out value);
            case ResourceType.UnsignedInteger:
                return Utf8Parser.TryParse(utf8, out ulong unsigned, out int used) && used == utf8.Length && Set(FromUnsigned(unsigned), out value);
            case ResourceType.Float:
                return FloatText.TryParse(utf8, out double number) && Set(FromFloat(number), out value);
            case ResourceType.Boolean:
                if (utf8.Length != 1 || utf8[0] is not ((byte)'0' or (byte)'1')) return false;
                return Set(FromBoolean(utf8[0] == (byte)'1'), out value);
            case ResourceType.Time:
                if (Whole(utf8, out long seconds)) return Set(FromTime(seconds), out value);
                return FloatText.TryParse(utf8, out double time) && double.IsFinite(time) && Set(FromTime(time), out value);
            case ResourceType.ObjectLink:
                return Lwm2m.ObjectLink.TryParse(utf8, out ObjectLink link) && Set(FromObjectLink(link), out value);
            case ResourceType.Opaque:
                return Base64Text.TryDecode(utf8, out byte[] opaque) && Set(FromOpaque(opaque), out value);
            default:
                return false;
        }
    }

    // Base64 of the largest payload that a CoAP exchange is allowed here; longer text is refused before it is copied.
    private const int TextLimit = 4 << 20;

    private static bool Whole(ReadOnlySpan<byte> utf8, out long number) =>
        Utf8Parser.TryParse(utf8, out number, out int used) && used == utf8.Length;

    private static bool Set(ResourceValue source, out ResourceValue target)
    {
        target = source;
        return true;
    }
}
