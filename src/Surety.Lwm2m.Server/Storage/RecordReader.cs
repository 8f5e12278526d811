using System.Buffers.Binary;
using System.Text;

namespace Surety.Lwm2m.Server;

/// <summary>Reads the fields that <see cref="RecordWriter"/> wrote. Beyond the end every field reads as zero, and <see cref="IsComplete"/> tells.</summary>
/// <param name="record">The record.</param>
public ref struct RecordReader(ReadOnlySpan<byte> record)
{
    private ReadOnlySpan<byte> _rest = record;

    /// <summary>Nothing was missing.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>A byte.</summary>
    public byte Byte() => Take(1) is { Length: 1 } bytes ? bytes[0] : (byte)0;

    /// <summary>32 bits without sign.</summary>
    public uint UInt32() => Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    /// <summary>64 bits without sign.</summary>
    public ulong UInt64() => Take(8) is { Length: 8 } bytes ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;

    /// <summary>64 bits with sign.</summary>
    public long Int64() => (long)UInt64();

    /// <summary>128 bits without sign.</summary>
    public UInt128 UInt128() => Take(16) is { Length: 16 } bytes ? BinaryPrimitives.ReadUInt128LittleEndian(bytes) : 0;

    /// <summary>Bytes that were written with their length, or as a text.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(UInt32());

    /// <summary>A string, or null.</summary>
    public string? Text()
    {
        uint length = UInt32();
        return length == uint.MaxValue ? null : Encoding.UTF8.GetString(Take(length));
    }

    /// <summary>Bytes without a length.</summary>
    public ReadOnlySpan<byte> Take(uint count)
    {
        if (count > _rest.Length)
        {
            IsComplete = false;
            _rest = default;
            return default;
        }

        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
