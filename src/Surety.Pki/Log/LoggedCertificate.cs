using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Surety.Pki;

/// <summary>
/// An entry of an <see cref="IssuedCertificateLog"/>, 58 bytes: SHA-256 of the certificate (32), length of the serial number (1), serial number (20, zeros behind it), seconds since 1970
/// (5, big-endian).
/// </summary>
/// <param name="Fingerprint">SHA-256 of the certificate.</param>
/// <param name="Serial">Serial number, big-endian, 1 to 20 bytes.</param>
/// <param name="IssuedAt">When it was issued, in whole seconds.</param>
public readonly record struct LoggedCertificate(ReadOnlyMemory<byte> Fingerprint, ReadOnlyMemory<byte> Serial, DateTimeOffset IssuedAt)
{
    /// <summary>Bytes of an entry.</summary>
    public const int Length = 58;

    /// <summary>The longest serial number, bytes (RFC 5280, 4.1.2.2).</summary>
    public const int MaxSerial = 20;

    internal static void Write(Span<byte> entry, ReadOnlySpan<byte> fingerprint, ReadOnlySpan<byte> serial, DateTimeOffset issuedAt)
    {
        entry.Clear();
        fingerprint.CopyTo(entry);
        entry[32] = (byte)serial.Length;
        serial.CopyTo(entry[33..]);
        Span<byte> seconds = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(seconds, Math.Max(0, issuedAt.ToUnixTimeSeconds()));
        seconds[3..].CopyTo(entry[53..]);
    }

    internal static LoggedCertificate Read(ReadOnlySpan<byte> entry)
    {
        Span<byte> seconds = stackalloc byte[8];
        seconds.Clear();
        entry[53..Length].CopyTo(seconds[3..]);
        return new(entry[..SHA256.HashSizeInBytes].ToArray(), SerialOf(entry).ToArray(), DateTimeOffset.UnixEpoch.AddSeconds(BinaryPrimitives.ReadInt64BigEndian(seconds)));
    }

    internal static ReadOnlySpan<byte> FingerprintOf(ReadOnlySpan<byte> entry) => entry[..SHA256.HashSizeInBytes];

    internal static ReadOnlySpan<byte> SerialOf(ReadOnlySpan<byte> entry) => entry.Slice(33, Math.Min((int)entry[32], MaxSerial));
}
