using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Surety.Coap;
using Surety.Lwm2m;

namespace Surety.Device;

/// <summary>
/// A record of a buffer's file: four bytes of length, four of CRC-32C, both little-endian, and values with their times as SenML CBOR (RFC 8428).
/// What a power cut has torn has another checksum.
/// </summary>
internal static class MeasurementRecord
{
    public const int HeaderLength = 8;

    public const int MaxLength = 64 * 1024;

    /// <exception cref="ArgumentException">SenML cannot carry the values, or they are too many.</exception>
    public static byte[] Write(IReadOnlyList<ResourceEntry> entries)
    {
        var content = new ArrayBufferWriter<byte>();
        if (entries.Count == 0 || !Lwm2mContent.TryEncode(ContentFormat.SenmlCbor, Lwm2mPath.Root, [.. entries], default, content, out string? reason))
            throw new ArgumentException("There is nothing to record, or nothing that SenML can carry.", nameof(entries));
        if (content.WrittenCount > MaxLength)
            throw new ArgumentException($"A record has at most {MaxLength} bytes: record fewer values at a time.", nameof(entries));
        byte[] record = new byte[HeaderLength + content.WrittenCount];
        content.WrittenSpan.CopyTo(record.AsSpan(HeaderLength));
        BinaryPrimitives.WriteInt32LittleEndian(record, content.WrittenCount);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), Checksum(content.WrittenSpan));
        return record;
    }

    /// <summary>The length of the whole record at the beginning of these bytes; 0 when there is none, or not all of it.</summary>
    public static int Measure(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
            return 0;
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length is <= 0 or > MaxLength || bytes.Length < HeaderLength + length)
            return 0;
        return Checksum(bytes.Slice(HeaderLength, length)) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) ? HeaderLength + length : 0;
    }

    /// <summary>Appends the values of a whole record.</summary>
    public static void Read(ReadOnlySpan<byte> record, List<ResourceEntry> into) =>
        Lwm2mContent.TryDecode(ContentFormat.SenmlCbor, record[HeaderLength..], Lwm2mPath.Root, default, into, out _);

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte octet in bytes)
            crc = BitOperations.Crc32C(crc, octet);
        return ~crc;
    }
}
