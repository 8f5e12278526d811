using System.Security.Cryptography;
using System.Text;

namespace Surety.Server.Features.ApiKeys;

/// <summary>
/// What is stored of a key's secret: SHA-256 over the key's id and the secret. One round suffices, unlike for a password, because the
/// secret is 190 random bits that nobody can guess from the hash; and it keeps authentication at a microsecond. The id in front is the
/// salt.
/// </summary>
internal static class ApiKeySecret
{
    /// <summary>32 bytes.</summary>
    public static byte[] Hash(EntityId keyId, string secret)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        Hash(keyId, secret, hash);
        return hash;
    }

    /// <summary>Compares in constant time.</summary>
    public static bool Matches(EntityId keyId, string secret, ReadOnlySpan<byte> storedHash)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(keyId, secret, hash);
        return CryptographicOperations.FixedTimeEquals(hash, storedHash);
    }

    private static void Hash(EntityId keyId, string secret, Span<byte> destination)
    {
        Span<byte> input = stackalloc byte[EntityId.Size + 128];
        keyId.Write(input);
        var length = Encoding.UTF8.GetBytes(secret, input[EntityId.Size..]);
        SHA256.HashData(input[..(EntityId.Size + length)], destination);
        CryptographicOperations.ZeroMemory(input);
    }
}
