using System.Buffers.Binary;
using System.Text;

namespace Surety.Lwm2m.Server;

/// <summary>Writes the fields of a record, little-endian, into a buffer that grows; kept per thread.</summary>
internal sealed class RecordWriter
{
    private byte[] _buffer = new byte[1024];
    private int _length;

    [field: ThreadStatic]
    public static RecordWriter OfThread => field ??= new();

    public ReadOnlySpan<byte> Record => _buffer.AsSpan(0, _length);

    public RecordWriter Begin(RecordKind kind)
    {
        _length = 0;
        return Byte((byte)kind);
    }

    public RecordWriter Byte(byte value)
    {
        Take(1)[0] = value;
        return this;
    }

    public RecordWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);
        return this;
    }

    public RecordWriter UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);
        return this;
    }

    public RecordWriter Int64(long value) => UInt64((ulong)value);

    public RecordWriter UInt128(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(Take(16), value);
        return this;
    }

    public RecordWriter Bytes(ReadOnlySpan<byte> value)
    {
        UInt32((uint)value.Length);
        value.CopyTo(Take(value.Length));
        return this;
    }

    /// <summary>A string, or null.</summary>
    public RecordWriter Text(string? value)
    {
        if (value is null)
            return UInt32(uint.MaxValue);
        int length = Encoding.UTF8.GetByteCount(value);
        UInt32((uint)length);
        Encoding.UTF8.GetBytes(value, Take(length));
        return this;
    }

    public Span<byte> Take(int count)
    {
        if (_buffer.Length - _length < count)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        _length += count;
        return _buffer.AsSpan(_length - count, count);
    }
}
