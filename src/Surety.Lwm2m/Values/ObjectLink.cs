using System.Globalization;

namespace Surety.Lwm2m;

/// <summary>An Objlnk: a reference to an Object Instance (Core TS 1.2.2, Appendix C).</summary>
/// <param name="ObjectId">Object id; 65535 in a null link.</param>
/// <param name="InstanceId">Object Instance id; 65535 in a null link.</param>
public readonly record struct ObjectLink(ushort ObjectId, ushort InstanceId)
{
    /// <summary>The link that points nowhere, <c>65535:65535</c>.</summary>
    public static readonly ObjectLink Null = new(ushort.MaxValue, ushort.MaxValue);

    /// <summary>The longest text form, <c>65535:65535</c>.</summary>
    public const int MaxTextLength = 11;

    /// <summary>Parses <c>3:0</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ObjectLink link)
    {
        link = default;
        if (text.Length > MaxTextLength) return false;
        Span<byte> utf8 = stackalloc byte[MaxTextLength];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] > 0x7F) return false;
            utf8[i] = (byte)text[i];
        }

        return TryParse(utf8[..text.Length], out link);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out ObjectLink)"/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out ObjectLink link)
    {
        link = default;
        if (!PathText.TryReadId(utf8, out int objectId, out int used) || used >= utf8.Length || utf8[used] != (byte)':') return false;
        ReadOnlySpan<byte> rest = utf8[(used + 1)..];
        if (!PathText.TryReadId(rest, out int instanceId, out used) || used != rest.Length) return false;
        if (objectId > ushort.MaxValue || instanceId > ushort.MaxValue) return false;
        link = new ObjectLink((ushort)objectId, (ushort)instanceId);
        return true;
    }

    /// <summary>Writes <c>3:0</c>; 11 bytes always suffice.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten)
    {
        Span<byte> buffer = stackalloc byte[MaxTextLength];
        int length = PathText.WriteId(ObjectId, buffer);
        buffer[length++] = (byte)':';
        length += PathText.WriteId(InstanceId, buffer[length..]);
        bytesWritten = 0;
        if (!buffer[..length].TryCopyTo(utf8Destination)) return false;
        bytesWritten = length;
        return true;
    }

    /// <summary>The text form, for example <c>3:0</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ObjectId}:{InstanceId}");
}
