using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>
/// CBC with encrypt-then-MAC (RFC 7366; RFC 9146, 5.2), for devices that can do nothing better. The MAC is verified before anything is
/// decrypted, so that padding tells nobody anything.
/// </summary>
internal static class CbcProtection
{
    private const int Block = 16;
    private const int MacLength = 32;

    /// <returns>The length of the record's fragment.</returns>
    public static int Seal(TrafficKeys keys, Span<byte> record, ReadOnlySpan<byte> cid, ConnectionIdForm form, int length)
    {
        int head = RecordHeader.Size + cid.Length, offset = head + Block;
        RandomNumberGenerator.Fill(record.Slice(head, Block));
        int padding = Block - length % Block;
        record.Slice(offset + length, padding).Fill((byte)(padding - 1));
        int padded = length + padding;
        using (var aes = Aes.Create())
        {
            aes.SetKey(keys.WriteKey);
            Span<byte> text = record.Slice(offset, padded);
            aes.EncryptCbc(text, record.Slice(head, Block), text, PaddingMode.None);
        }

        Mac(keys.WriteMacKey, record, cid, form, record.Slice(head, Block + padded), record.Slice(offset + padded, MacLength));
        return Block + padded + MacLength;
    }

    public static bool TryOpen(TrafficKeys keys, in RecordHeader header, Span<byte> record, ReadOnlySpan<byte> cid, ConnectionIdForm form, out Span<byte> content)
    {
        content = default;
        Span<byte> fragment = record.Slice(header.HeaderLength, header.Length);
        int length = fragment.Length - MacLength;
        if (length < 2 * Block || length % Block != 0)
            return false;
        Span<byte> mac = stackalloc byte[MacLength];
        Mac(keys.ReadMacKey, record, cid, form, fragment[..length], mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, fragment[length..]))
            return false;
        Span<byte> text = fragment[Block..length];
        using (var aes = Aes.Create())
        {
            aes.SetKey(keys.ReadKey);
            aes.DecryptCbc(text, fragment[..Block], text, PaddingMode.None);
        }

        int padding = text[^1];
        if (padding >= text.Length || text[^(padding + 1)..].ContainsAnyExcept((byte)padding))
            return false;
        content = text[..^(padding + 1)];
        return true;
    }

    private static void Mac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record, ReadOnlySpan<byte> cid, ConnectionIdForm form, ReadOnlySpan<byte> ciphertext, Span<byte> mac)
    {
        Span<byte> head = stackalloc byte[300];
        head = head[..RecordProtection.WriteAdditionalData(record, cid, form, ciphertext.Length, head)];
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(head);
        hmac.AppendData(ciphertext);
        hmac.GetHashAndReset(mac);
    }
}
