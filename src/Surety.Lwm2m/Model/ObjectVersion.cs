using System.Globalization;

namespace Surety.Lwm2m;

/// <summary>Version of an Object, or of LwM2M itself: <c>major.minor</c> (Core TS 1.2.2, 7.2).</summary>
/// <param name="Major">Changes when the change is not backward compatible.</param>
/// <param name="Minor">Changes when the change is backward compatible.</param>
public readonly record struct ObjectVersion(byte Major, byte Minor) : IComparable<ObjectVersion>
{
    /// <summary>The version an Object has when a registration names none.</summary>
    public static readonly ObjectVersion Default = new(1, 0);

    /// <summary>Parses <c>1.1</c>; each part 0 to 255.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out ObjectVersion version)
    {
        version = default;
        if (!PathText.TryReadId(utf8, out int major, out int used) || major > byte.MaxValue) return false;
        if (used >= utf8.Length || utf8[used] != (byte)'.') return false;
        ReadOnlySpan<byte> rest = utf8[(used + 1)..];
        if (!PathText.TryReadId(rest, out int minor, out used) || used != rest.Length || minor > byte.MaxValue) return false;
        version = new ObjectVersion((byte)major, (byte)minor);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out ObjectVersion)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out ObjectVersion version)
    {
        version = default;
        Span<byte> utf8 = stackalloc byte[8];
        if (text.Length > utf8.Length) return false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] > 0x7F) return false;
            utf8[i] = (byte)text[i];
        }

        return TryParse(utf8[..text.Length], out version);
    }

    /// <inheritdoc/>
    public int CompareTo(ObjectVersion other) => ((Major << 8) | Minor).CompareTo((other.Major << 8) | other.Minor);

    /// <summary>Older.</summary>
    public static bool operator <(ObjectVersion left, ObjectVersion right) => left.CompareTo(right) < 0;

    /// <summary>Newer.</summary>
    public static bool operator >(ObjectVersion left, ObjectVersion right) => left.CompareTo(right) > 0;

    /// <summary>Older or the same.</summary>
    public static bool operator <=(ObjectVersion left, ObjectVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Newer or the same.</summary>
    public static bool operator >=(ObjectVersion left, ObjectVersion right) => left.CompareTo(right) >= 0;

    /// <summary>The text form, for example <c>1.1</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
