using System.Buffers.Binary;
using System.Text;

namespace Surety.Lwm2m.Server;

/// <summary>Writes the fields of a record for an <see cref="AppendLog"/>, little-endian, into a buffer that grows; one for each thread.</summary>
public sealed class RecordWriter
{
    // A record that was larger than this leaves its buffer to the collector.
    private const int MaxKept = 64 * 1024;
    private const int Initial = 1024;

    private byte[] _buffer = new byte[Initial];
    private int _length;

    /// <summary>The writer of the calling thread.</summary>
    [field: ThreadStatic]
    public static RecordWriter OfThread => field ??= new();

    /// <summary>What was written since the record was begun, valid until the next one is.</summary>
    public ReadOnlySpan<byte> Record => _buffer.AsSpan(0, _length);

    /// <summary>Begins a record.</summary>
    /// <param name="kind">Its first byte.</param>
    public RecordWriter Begin(byte kind)
    {
        _length = 0;
        if (_buffer.Length > MaxKept)
            _buffer = new byte[Initial];
        return Byte(kind);
    }

    /// <summary>A byte.</summary>
    public RecordWriter Byte(byte value)
    {
        Take(1)[0] = value;
        return this;
    }

    /// <summary>32 bits without sign.</summary>
    public RecordWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);
        return this;
    }

    /// <summary>64 bits without sign.</summary>
    public RecordWriter UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);
        return this;
    }

    /// <summary>64 bits with sign.</summary>
    public RecordWriter Int64(long value) => UInt64((ulong)value);

    /// <summary>128 bits without sign.</summary>
    public RecordWriter UInt128(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(Take(16), value);
        return this;
    }

    /// <summary>Bytes, with their length.</summary>
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

    /// <summary>Room for bytes without a length.</summary>
    public Span<byte> Take(int count)
    {
        if (_buffer.Length - _length < count)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        _length += count;
        return _buffer.AsSpan(_length - count, count);
    }

    internal RecordWriter Begin(RecordKind kind) => Begin((byte)kind);
}
