using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Surety.Server.Features.Certificates;

/// <summary>Keys of the tables of trust: 128 bits of SHA-256, for which nobody can make two that are the same.</summary>
internal static class TrustKey
{
    private const int StackSize = 512;

    /// <summary>Of bytes: a certificate, a public key, a PSK identity.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>Of a SHA-256 that is there already.</summary>
    public static UInt128 OfHash(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt128BigEndian(hash);

    /// <summary>Of a SHA-256 that is there already, in hexadecimal, with or without colons; null: it is none.</summary>
    public static UInt128? OfHash(string hexadecimal)
    {
        var text = hexadecimal.Contains(':', StringComparison.Ordinal) ? hexadecimal.Replace(":", "", StringComparison.Ordinal) : hexadecimal;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        return text.Length == 2 * SHA256.HashSizeInBytes && Convert.FromHexString(text, hash, out _, out _) == OperationStatus.Done
            ? BinaryPrimitives.ReadUInt128BigEndian(hash) : null;
    }

    /// <summary>Of a device's name in its account.</summary>
    public static UInt128 Of(EntityId account, string endpointName)
    {
        var size = EntityId.Size + Encoding.UTF8.GetMaxByteCount(endpointName.Length);
        Span<byte> bytes = size <= StackSize ? stackalloc byte[size] : new byte[size];
        account.Write(bytes);
        return Of(bytes[..(EntityId.Size + Encoding.UTF8.GetBytes(endpointName, bytes[EntityId.Size..]))]);
    }

    /// <summary>An id as it is: among hashes it meets none.</summary>
    public static UInt128 Of(EntityId id) => new(id.High, id.Low);
}
