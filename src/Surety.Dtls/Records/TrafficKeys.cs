using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>The keys of an epoch, as bytes: the key block of RFC 5246, 6.3.</summary>
internal sealed class TrafficKeys(BulkCipher cipher, byte[] block, bool isServer)
{
    public BulkCipher Cipher { get; } = cipher;

    public bool IsServer { get; } = isServer;

    public ReadOnlySpan<byte> Block => block;

    public ReadOnlySpan<byte> WriteMacKey => Part(0, Cipher.MacKeyLength, IsServer);

    public ReadOnlySpan<byte> ReadMacKey => Part(0, Cipher.MacKeyLength, !IsServer);

    public ReadOnlySpan<byte> WriteKey => Part(2 * Cipher.MacKeyLength, Cipher.KeyLength, IsServer);

    public ReadOnlySpan<byte> ReadKey => Part(2 * Cipher.MacKeyLength, Cipher.KeyLength, !IsServer);

    public ReadOnlySpan<byte> WriteIv => Part(2 * (Cipher.MacKeyLength + Cipher.KeyLength), Cipher.FixedIvLength, IsServer);

    public ReadOnlySpan<byte> ReadIv => Part(2 * (Cipher.MacKeyLength + Cipher.KeyLength), Cipher.FixedIvLength, !IsServer);

    /// <summary>The keys are not needed any more.</summary>
    public void Clear() => CryptographicOperations.ZeroMemory(block);

    /// <summary>The client's part comes first, the server's after it.</summary>
    private ReadOnlySpan<byte> Part(int offset, int length, bool second) => block.AsSpan(second ? offset + length : offset, length);
}
