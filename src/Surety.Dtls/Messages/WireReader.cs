using System.Buffers.Binary;

namespace Surety.Dtls;

/// <summary>
/// Reads the presentation language of RFC 5246, 4. After the first failure everything reads as empty, and <see cref="IsValid"/> tells.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;
    private bool _failed;

    /// <summary>Everything was there so far.</summary>
    public readonly bool IsValid => !_failed;

    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>Everything was there, and nothing more.</summary>
    public readonly bool IsComplete => !_failed && _rest.IsEmpty;

    public byte UInt8() => Bytes(1) is [byte value] ? value : (byte)0;

    public ushort UInt16() => Bytes(2) is { Length: 2 } value ? BinaryPrimitives.ReadUInt16BigEndian(value) : (ushort)0;

    public int UInt24() => Bytes(3) is [byte a, byte b, byte c] ? a << 16 | b << 8 | c : 0;

    public ulong UInt64() => Bytes(8) is { Length: 8 } value ? BinaryPrimitives.ReadUInt64BigEndian(value) : 0;

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (_failed || count > _rest.Length)
        {
            _failed = true;
            _rest = default;
            return default;
        }

        ReadOnlySpan<byte> value = _rest[..count];
        _rest = _rest[count..];
        return value;
    }

    /// <summary>All that is left.</summary>
    public ReadOnlySpan<byte> Rest() => Bytes(_rest.Length);

    /// <summary>A vector whose length is one byte.</summary>
    public ReadOnlySpan<byte> Vector8() => Bytes(UInt8());

    /// <summary>A vector whose length is two bytes.</summary>
    public ReadOnlySpan<byte> Vector16() => Bytes(UInt16());

    /// <summary>A vector of 16-bit numbers whose length, in bytes, is two bytes.</summary>
    public ushort[] UInt16s()
    {
        ReadOnlySpan<byte> bytes = Vector16();
        _failed |= bytes.Length % sizeof(ushort) != 0;
        ushort[] values = new ushort[bytes.Length / sizeof(ushort)];
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(i * sizeof(ushort))..]);
        return values;
    }

    /// <summary>A vector whose length is three bytes.</summary>
    public ReadOnlySpan<byte> Vector24() => Bytes(UInt24());
}
