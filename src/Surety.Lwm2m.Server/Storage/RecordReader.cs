using System.Buffers.Binary;
using System.Text;

namespace Surety.Lwm2m.Server;

/// <summary>Reads the fields that <see cref="RecordWriter"/> wrote. Beyond the end every field reads as zero, and <see cref="IsComplete"/> tells.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> record)
{
    private ReadOnlySpan<byte> _rest = record;

    /// <summary>Nothing was missing.</summary>
    public bool IsComplete { get; private set; } = true;

    public byte Byte() => Take(1) is { Length: 1 } bytes ? bytes[0] : (byte)0;

    public uint UInt32() => Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    public ulong UInt64() => Take(8) is { Length: 8 } bytes ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;

    public long Int64() => (long)UInt64();

    public UInt128 UInt128() => Take(16) is { Length: 16 } bytes ? BinaryPrimitives.ReadUInt128LittleEndian(bytes) : 0;

    public ReadOnlySpan<byte> Bytes() => Take(UInt32());

    public string? Text()
    {
        uint length = UInt32();
        return length == uint.MaxValue ? null : Encoding.UTF8.GetString(Take(length));
    }

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
