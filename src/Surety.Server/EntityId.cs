using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Surety.Server;

/// <summary>
/// The identity of an entity of the Service API: 128 bits, written as 32 lower-case hexadecimal digits. The first 48 bits are milliseconds
/// since 1970, so ids sort by creation. The default value is no id. (Pelion conventions, "Ids".)
/// </summary>
internal readonly record struct EntityId(ulong High, ulong Low) : IComparable<EntityId>
{
    /// <summary>Digits in the text form.</summary>
    public const int TextLength = 32;

    /// <summary>Bytes in the binary form.</summary>
    public const int Size = 16;

    /// <summary>True for the default value, which identifies nothing.</summary>
    public bool IsNone => (High | Low) == 0;

    /// <summary>Reads 32 hexadecimal digits of either case; nothing else is an id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out EntityId id) => TryParse(text.AsSpan(), out id);

    /// <inheritdoc cref="TryParse(string?, out EntityId)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out EntityId id)
    {
        // HexNumber alone admits digits only: no sign, no white space.
        if (text.Length == TextLength
            && ulong.TryParse(text[..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            && ulong.TryParse(text[16..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
        {
            id = new EntityId(high, low);
            return true;
        }

        id = default;
        return false;
    }

    /// <summary>Reads the 16 bytes that <see cref="Write"/> wrote.</summary>
    public static EntityId Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]));

    /// <summary>Writes 16 bytes, big-endian, so that they sort as the id does.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>The 16 bytes of the id, in a new array.</summary>
    public byte[] ToByteArray()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <summary>The same 128 bits as a UUID whose text has the same digits.</summary>
    public Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The id whose digits are those of <paramref name="value"/>.</summary>
    public static EntityId FromGuid(Guid value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Read(bytes);
    }

    /// <inheritdoc/>
    public int CompareTo(EntityId other)
    {
        var high = High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => string.Create(TextLength, this, static (span, id) => id.Format(span));

    /// <summary>Writes the 32 digits.</summary>
    /// <param name="destination">At least <see cref="TextLength"/> characters.</param>
    /// <returns>What was written.</returns>
    public ReadOnlySpan<char> Format(Span<char> destination)
    {
        High.TryFormat(destination, out _, "x16", CultureInfo.InvariantCulture);
        Low.TryFormat(destination[16..], out _, "x16", CultureInfo.InvariantCulture);
        return destination[..TextLength];
    }

    public static bool operator <(EntityId left, EntityId right) => left.CompareTo(right) < 0;

    public static bool operator >(EntityId left, EntityId right) => left.CompareTo(right) > 0;

    public static bool operator <=(EntityId left, EntityId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EntityId left, EntityId right) => left.CompareTo(right) >= 0;
}
