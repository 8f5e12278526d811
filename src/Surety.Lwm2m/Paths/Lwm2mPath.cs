using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Surety.Lwm2m;

/// <summary>
/// A path of the LwM2M resource tree: root, Object, Object Instance, Resource or Resource Instance (Core TS 1.2.2, 7.3).
/// Eight bytes; <c>default</c> is the root. Ids are 0 to 65534: 65535 is reserved by the specification.
/// </summary>
/// <remarks>Order: a path comes before everything below it, then by ids: <c>/ &lt; /3 &lt; /3/0 &lt; /3/0/1 &lt; /3/1</c>.</remarks>
public readonly record struct Lwm2mPath : IComparable<Lwm2mPath>, ISpanFormattable, IUtf8SpanFormattable, IUtf8SpanParsable<Lwm2mPath>, ISpanParsable<Lwm2mPath>
{
    /// <summary>The reserved id MAX_ID, never valid in a path.</summary>
    public const ushort ReservedId = ushort.MaxValue;

    /// <summary>The longest text form, <c>/65534/65534/65534/65534</c>, in characters.</summary>
    public const int MaxTextLength = 4 * 6;

    /// <summary>The deepest level, a Resource Instance.</summary>
    public const int MaxLevel = 4;

    // Four 16-bit fields, the object id in the highest, each holding id + 1, 0 for "absent":
    // number order is path order, and a prefix test is one mask.
    private readonly ulong _packed;

    private Lwm2mPath(ulong packed) => _packed = packed;

    /// <summary>Path of an Object.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is 65535.</exception>
    public Lwm2mPath(ushort objectId) => _packed = Field(objectId, 0);

    /// <summary>Path of an Object Instance.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is 65535.</exception>
    public Lwm2mPath(ushort objectId, ushort instanceId) => _packed = Field(objectId, 0) | Field(instanceId, 1);

    /// <summary>Path of a Resource.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is 65535.</exception>
    public Lwm2mPath(ushort objectId, ushort instanceId, ushort resourceId) =>
        _packed = Field(objectId, 0) | Field(instanceId, 1) | Field(resourceId, 2);

    /// <summary>Path of a Resource Instance.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is 65535.</exception>
    public Lwm2mPath(ushort objectId, ushort instanceId, ushort resourceId, ushort resourceInstanceId) =>
        _packed = Field(objectId, 0) | Field(instanceId, 1) | Field(resourceId, 2) | Field(resourceInstanceId, 3);

    /// <summary>The root, <c>/</c>.</summary>
    public static Lwm2mPath Root => default;

    /// <summary>0 root, 1 Object, 2 Object Instance, 3 Resource, 4 Resource Instance.</summary>
    public int Level => MaxLevel - (BitOperations.TrailingZeroCount(_packed) >> 4);

    /// <summary>Whether this is <c>/</c>.</summary>
    public bool IsRoot => _packed == 0;

    /// <summary>Whether the path names an Object.</summary>
    public bool IsObject => Level == 1;

    /// <summary>Whether the path names an Object Instance.</summary>
    public bool IsInstance => Level == 2;

    /// <summary>Whether the path names a Resource.</summary>
    public bool IsResource => Level == 3;

    /// <summary>Whether the path names a Resource Instance.</summary>
    public bool IsResourceInstance => Level == 4;

    /// <summary>The Object id.</summary>
    /// <exception cref="InvalidOperationException">The path is the root.</exception>
    public ushort ObjectId => this[0];

    /// <summary>The Object Instance id.</summary>
    /// <exception cref="InvalidOperationException">The path has fewer than two levels.</exception>
    public ushort InstanceId => this[1];

    /// <summary>The Resource id.</summary>
    /// <exception cref="InvalidOperationException">The path has fewer than three levels.</exception>
    public ushort ResourceId => this[2];

    /// <summary>The Resource Instance id.</summary>
    /// <exception cref="InvalidOperationException">The path has fewer than four levels.</exception>
    public ushort ResourceInstanceId => this[3];

    /// <summary>The id at a position, 0 (Object) to 3 (Resource Instance).</summary>
    /// <exception cref="InvalidOperationException">The path is shorter.</exception>
    public ushort this[int position]
    {
        get
        {
            ushort field = position is >= 0 and < MaxLevel ? (ushort)(_packed >> Shift(position)) : (ushort)0;
            return field != 0 ? (ushort)(field - 1) : throw new InvalidOperationException($"{this} has no id at position {position}");
        }
    }

    /// <summary>One level up; the root's parent is the root.</summary>
    public Lwm2mPath Parent => Truncate(Math.Max(Level - 1, 0));

    /// <summary>The first <paramref name="level"/> ids of this path, or the whole path when it is shorter.</summary>
    public Lwm2mPath Truncate(int level) => level >= MaxLevel ? this : new(_packed & Mask(Math.Max(level, 0)));

    /// <summary>One level down.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is 65535.</exception>
    /// <exception cref="InvalidOperationException">The path is a Resource Instance already.</exception>
    public Lwm2mPath Append(ushort id) => Level < MaxLevel
        ? new(_packed | Field(id, Level))
        : throw new InvalidOperationException($"{this} is a Resource Instance: nothing lies below it");

    /// <summary>One level down, when the id is valid and there is a level below.</summary>
    public bool TryAppend(int id, out Lwm2mPath path)
    {
        if (Level == MaxLevel || id is < 0 or >= ReservedId)
        {
            path = default;
            return false;
        }

        path = Append((ushort)id);
        return true;
    }

    /// <summary>One level down, by a Uri-Path segment of decimal digits (no sign, no leading zero).</summary>
    public bool TryAppend(ReadOnlySpan<byte> segment, out Lwm2mPath path)
    {
        path = default;
        return PathText.TryReadId(segment, out int id, out int used) && used == segment.Length && TryAppend(id, out path);
    }

    /// <summary>Whether this path is <paramref name="ancestor"/> or lies below it.</summary>
    public bool StartsWith(Lwm2mPath ancestor) => (_packed & Mask(ancestor.Level)) == ancestor._packed;

    /// <summary>Whether <paramref name="other"/> is this path or lies below it.</summary>
    public bool Contains(Lwm2mPath other) => other.StartsWith(this);

    /// <inheritdoc/>
    public int CompareTo(Lwm2mPath other) => _packed.CompareTo(other._packed);

    /// <summary>Tree order.</summary>
    public static bool operator <(Lwm2mPath left, Lwm2mPath right) => left._packed < right._packed;

    /// <summary>Tree order.</summary>
    public static bool operator >(Lwm2mPath left, Lwm2mPath right) => left._packed > right._packed;

    /// <summary>Tree order.</summary>
    public static bool operator <=(Lwm2mPath left, Lwm2mPath right) => left._packed <= right._packed;

    /// <summary>Tree order.</summary>
    public static bool operator >=(Lwm2mPath left, Lwm2mPath right) => left._packed >= right._packed;

    /// <summary>Parses <c>/</c>, <c>/3</c>, <c>/3/0/7/1</c>: a leading slash, decimal ids without leading zeros, no trailing slash.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Lwm2mPath path) => PathText.TryParse(text, out path);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out Lwm2mPath)"/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out Lwm2mPath path) => PathText.TryParse(utf8, out path);

    /// <summary>Parses a path that the program itself wrote.</summary>
    /// <exception cref="FormatException">The text is not a path.</exception>
    public static Lwm2mPath Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out Lwm2mPath path) ? path : throw new FormatException($"'{text}' is not an LwM2M path such as /3/0/1");

    /// <summary>Writes the text form; 24 characters always suffice.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten) => PathText.TryFormat(this, destination, out charsWritten);

    /// <summary>Writes the text form in ASCII; 24 bytes always suffice.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten) => PathText.TryFormat(this, utf8Destination, out bytesWritten);

    /// <summary>The text form, for example <c>/3/0/7/1</c>.</summary>
    public override string ToString()
    {
        Span<char> buffer = stackalloc char[MaxTextLength];
        TryFormat(buffer, out int length);
        return new string(buffer[..length]);
    }

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(destination, out charsWritten);

    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(utf8Destination, out bytesWritten);

    static Lwm2mPath IParsable<Lwm2mPath>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Lwm2mPath>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Lwm2mPath result) =>
        TryParse(s.AsSpan(), out result);

    static Lwm2mPath ISpanParsable<Lwm2mPath>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool ISpanParsable<Lwm2mPath>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Lwm2mPath result) =>
        TryParse(s, out result);

    static Lwm2mPath IUtf8SpanParsable<Lwm2mPath>.Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) =>
        TryParse(utf8Text, out Lwm2mPath path) ? path : throw new FormatException("The text is not an LwM2M path such as /3/0/1");

    static bool IUtf8SpanParsable<Lwm2mPath>.TryParse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out Lwm2mPath result) =>
        TryParse(utf8Text, out result);

    private static int Shift(int position) => 48 - (position << 4);

    private static ulong Mask(int level) => level == 0 ? 0 : ulong.MaxValue << (64 - (level << 4));

    private static ulong Field(ushort id, int position) => id != ReservedId
        ? (ulong)(id + 1) << Shift(position)
        : throw new ArgumentOutOfRangeException(nameof(id), id, "65535 is a reserved id");
}
