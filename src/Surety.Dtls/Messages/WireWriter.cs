using System.Buffers;
using System.Buffers.Binary;

namespace Surety.Dtls;

/// <summary>Writes the presentation language of RFC 5246, 4; for handshakes, not for records.</summary>
internal sealed class WireWriter(int capacity = 256)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(capacity);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public int Length => _bytes.WrittenCount;

    public void UInt8(int value) => Take(1)[0] = (byte)value;

    public void UInt16(int value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), (ushort)value);

    public void UInt24(int value)
    {
        Span<byte> bytes = Take(3);
        bytes[0] = (byte)(value >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[1..], (ushort)value);
    }

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(8), value);

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    public void Vector8(ReadOnlySpan<byte> value)
    {
        UInt8(value.Length);
        Bytes(value);
    }

    public void Vector16(ReadOnlySpan<byte> value)
    {
        UInt16(value.Length);
        Bytes(value);
    }

    /// <summary>A vector of 16-bit numbers whose length, in bytes, is two bytes.</summary>
    public void UInt16s(ReadOnlySpan<ushort> values)
    {
        UInt16(values.Length * sizeof(ushort));
        foreach (ushort value in values)
            UInt16(value);
    }

    public void Vector24(ReadOnlySpan<byte> value)
    {
        UInt24(value.Length);
        Bytes(value);
    }

    /// <summary>Exactly so many bytes, to be filled in.</summary>
    public Span<byte> Take(int count)
    {
        Span<byte> bytes = _bytes.GetSpan(count)[..count];
        _bytes.Advance(count);
        return bytes;
    }

    public void Clear() => _bytes.Clear();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
