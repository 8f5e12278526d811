using System.Buffers.Binary;

namespace Surety.Dtls;

/// <summary>Encrypts and decrypts records, in place.</summary>
internal static class RecordProtection
{
    private const int MaxAdditionalData = 8 + 3 + 10 + 255 + 2;

    /// <summary>Where the content of a record begins that is to be sealed.</summary>
    public static int GetContentOffset(BulkCipher cipher, int cidLength) => RecordHeader.Size + cidLength + cipher.RecordIvLength;

    /// <summary>What the longest record has behind its content: the inner type, padding, tag.</summary>
    public static int GetTrailer(BulkCipher cipher, int cidLength) => (cidLength > 0 ? 1 : 0) + cipher.TagLength + (cipher.IsAead ? 0 : 16);

    /// <summary>Makes a record of the content that stands in it at <see cref="GetContentOffset"/>.</summary>
    /// <param name="crypto">The primitives.</param>
    /// <param name="keys">The epoch's keys.</param>
    /// <param name="type">What the content is.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="number">The sequence number, never used before with these keys.</param>
    /// <param name="cid">The peer's Connection ID; empty for a record without.</param>
    /// <param name="form">What the Connection ID was negotiated with.</param>
    /// <param name="record">Room for the record, with the content in place.</param>
    /// <param name="length">The content's length.</param>
    /// <returns>The record's length.</returns>
    public static int Seal(
        CryptoBackend crypto, TrafficKeys keys, ContentType type, ushort epoch, ulong number, ReadOnlySpan<byte> cid, ConnectionIdForm form, Span<byte> record, int length)
    {
        BulkCipher cipher = keys.Cipher;
        int offset = GetContentOffset(cipher, cid.Length), head = RecordHeader.Size + cid.Length;
        if (!cid.IsEmpty)
        {
            record[offset + length++] = (byte)type;
            type = ContentType.Tls12Cid;
        }

        RecordHeader.Write(record, type, ProtocolVersion.Dtls12, epoch, number, 0);
        cid.CopyTo(record[11..]);
        int fragment;
        if (cipher.IsAead)
        {
            ulong explicitNonce = (ulong)epoch << 48 | number;
            if (cipher.RecordIvLength > 0)
                BinaryPrimitives.WriteUInt64BigEndian(record[head..], explicitNonce);
            Span<byte> nonce = stackalloc byte[12];
            WriteNonce(cipher, keys.WriteIv, explicitNonce, nonce);
            Span<byte> additional = stackalloc byte[MaxAdditionalData];
            additional = additional[..WriteAdditionalData(record, cid, form, length, additional)];
            crypto.Seal(cipher, keys.WriteKey, nonce, additional, record.Slice(offset, length), record.Slice(offset + length, cipher.TagLength));
            fragment = cipher.RecordIvLength + length + cipher.TagLength;
        }
        else
        {
            fragment = CbcProtection.Seal(keys, record, cid, form, length);
        }

        BinaryPrimitives.WriteUInt16BigEndian(record[(11 + cid.Length)..], (ushort)fragment);
        return head + fragment;
    }

    /// <summary>Verifies and decrypts a record.</summary>
    /// <param name="crypto">The primitives.</param>
    /// <param name="keys">The epoch's keys.</param>
    /// <param name="header">The record's head.</param>
    /// <param name="record">The whole record; its content is decrypted in place, and worth nothing after a failure.</param>
    /// <param name="form">What the Connection ID was negotiated with.</param>
    /// <param name="type">What the content is.</param>
    /// <param name="content">The content.</param>
    public static bool TryOpen(
        CryptoBackend crypto, TrafficKeys keys, in RecordHeader header, Span<byte> record, ConnectionIdForm form, out ContentType type, out Span<byte> content)
    {
        BulkCipher cipher = keys.Cipher;
        type = header.Type;
        content = default;
        int offset = header.HeaderLength + cipher.RecordIvLength, length = header.Length - cipher.RecordIvLength - cipher.TagLength;
        if (length < 0)
            return false;
        ReadOnlySpan<byte> cid = record.Slice(11, header.CidLength);
        content = record.Slice(offset, length);
        if (cipher.IsAead)
        {
            ulong explicitNonce = cipher.RecordIvLength > 0
                ? BinaryPrimitives.ReadUInt64BigEndian(record[header.HeaderLength..])
                : (ulong)header.Epoch << 48 | header.SequenceNumber;
            Span<byte> nonce = stackalloc byte[12];
            WriteNonce(cipher, keys.ReadIv, explicitNonce, nonce);
            Span<byte> additional = stackalloc byte[MaxAdditionalData];
            additional = additional[..WriteAdditionalData(record, cid, form, length, additional)];
            if (!crypto.Open(cipher, keys.ReadKey, nonce, additional, content, record.Slice(offset + length, cipher.TagLength)))
                return false;
        }
        else if (!CbcProtection.TryOpen(keys, header, record, cid, form, out content))
        {
            return false;
        }

        if (header.Type != ContentType.Tls12Cid)
            return content.Length <= 1 << 14;
        // RFC 9146, 4: padding is zeros behind the type, so the type is the last byte that is not.
        int last = content.LastIndexOfAnyExcept((byte)0);
        if (last < 0 || content.Length > 1 << 14)
            return false;
        type = (ContentType)content[last];
        content = content[..last];
        return type is (>= ContentType.ChangeCipherSpec and <= ContentType.ApplicationData) or ContentType.ReturnRoutabilityCheck;
    }

    /// <summary>RFC 6347, 4.1.2.1 and RFC 5246, 6.2.3.3 without Connection ID; RFC 9146, 5.3 with one.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int WriteAdditionalData(ReadOnlySpan<byte> record, ReadOnlySpan<byte> cid, ConnectionIdForm form, int length, Span<byte> destination)
    {
        int at;
        if (cid.IsEmpty)
        {
            record.Slice(3, 8).CopyTo(destination);
            record[..3].CopyTo(destination[8..]);
            at = 11;
        }
        else if (form == ConnectionIdForm.Draft05)
        {
            record.Slice(3, 8).CopyTo(destination);
            record[..3].CopyTo(destination[8..]);
            cid.CopyTo(destination[11..]);
            at = 11 + cid.Length;
            destination[at++] = (byte)cid.Length;
        }
        else
        {
            destination[..8].Fill(0xFF);
            destination[8] = (byte)ContentType.Tls12Cid;
            destination[9] = (byte)cid.Length;
            record[..11].CopyTo(destination[10..]);
            cid.CopyTo(destination[21..]);
            at = 21 + cid.Length;
        }

        BinaryPrimitives.WriteUInt16BigEndian(destination[at..], (ushort)length);
        return at + 2;
    }

    private static void WriteNonce(BulkCipher cipher, ReadOnlySpan<byte> iv, ulong explicitNonce, Span<byte> nonce)
    {
        iv.CopyTo(nonce);
        Span<byte> rest = nonce[4..];
        // RFC 7905, 2 combines the two; RFC 5288, 3 and RFC 6655, 3 put one behind the other.
        BinaryPrimitives.WriteUInt64BigEndian(rest, cipher == BulkCipher.ChaCha20Poly1305 ? BinaryPrimitives.ReadUInt64BigEndian(rest) ^ explicitNonce : explicitNonce);
    }
}
