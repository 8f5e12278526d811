using System.Buffers.Binary;

namespace Surety.Dtls;

/// <summary>The head of a record (RFC 6347, 4.1; RFC 9146, 4).</summary>
internal readonly record struct RecordHeader(ContentType Type, ushort Epoch, ulong SequenceNumber, int CidLength, int Length)
{
    /// <summary>The head of a record without Connection ID, bytes.</summary>
    public const int Size = 13;

    /// <summary>The longest ciphertext, bytes (RFC 6347, 4.1).</summary>
    public const int MaxLength = (1 << 14) + 2048;

    public const ulong MaxSequenceNumber = (1UL << 48) - 1;

    /// <summary>Where <see cref="Length"/> bytes of the record's fragment begin.</summary>
    public int HeaderLength => Size + CidLength;

    /// <summary>Reads the head of the record at the beginning of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The rest of a datagram.</param>
    /// <param name="cidLength">The length of the Connection IDs that we gave out.</param>
    /// <param name="header">The head; the whole record is there.</param>
    /// <returns>False: the rest of the datagram is to be ignored (RFC 6347, 4.1.2.7).</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int cidLength, out RecordHeader header)
    {
        header = default;
        if (bytes.Length < Size)
            return false;
        var type = (ContentType)bytes[0];
        int cid = type == ContentType.Tls12Cid ? cidLength : 0;
        // Clients put FE FF, FE FD and even FE 00 there; the epoch and the tag tell more than the version.
        if (type is not ((>= ContentType.ChangeCipherSpec and <= ContentType.ApplicationData) or ContentType.Tls12Cid or ContentType.ReturnRoutabilityCheck) || bytes[1] != 0xFE || (type == ContentType.Tls12Cid && cid == 0)
            || bytes.Length < Size + cid)
            return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(11 + cid)..]);
        if (length > MaxLength || bytes.Length - Size - cid < length)
            return false;
        ulong number = BinaryPrimitives.ReadUInt64BigEndian(bytes[3..]);
        header = new(type, (ushort)(number >> 48), number & MaxSequenceNumber, cid, length);
        return true;
    }

    /// <summary>Writes a head without Connection ID.</summary>
    public static void Write(Span<byte> destination, ContentType type, ushort version, ushort epoch, ulong sequenceNumber, int length)
    {
        destination[0] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], version);
        BinaryPrimitives.WriteUInt64BigEndian(destination[3..], (ulong)epoch << 48 | sequenceNumber);
        BinaryPrimitives.WriteUInt16BigEndian(destination[11..], (ushort)length);
    }
}
