using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Surety.Server.Hosting;

/// <summary>
/// Encrypts the secrets that the database keeps (pre-shared keys, credentials of issuers), with AES-256-GCM under a key that is a file of the
/// data directory and never in the database: who has the one without the other has nothing. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Layout: version (1 byte), the key's check value (4), nonce (12), ciphertext, tag (16). The purpose is authenticated along, so that what was
/// encrypted for one row cannot be moved to another. Nonces are random: a key is good for 2^32 secrets (NIST SP 800-38D, 8.3).
/// </remarks>
internal sealed class SecretProtector : IDisposable
{
    /// <summary>The file with the key, in the data directory: 64 hexadecimal digits, mode 0600.</summary>
    public const string KeyFile = "secrets.key";

    /// <summary>Bytes that are added to a secret.</summary>
    public const int Overhead = HeaderSize + NonceSize + TagSize;

    private const byte Version = 1;
    private const int KeySize = 32;
    private const int HeaderSize = 5;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key;
    private readonly uint _check;
    private readonly string _path;

    /// <summary>Reads the key, or makes it when there is none.</summary>
    /// <exception cref="StartupException">The file cannot be read, made, or is not a key.</exception>
    public SecretProtector(DataDirectory data)
    {
        _path = data.File(KeyFile);
        try
        {
            _key = File.Exists(_path) ? Read(_path) : Make(_path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The key of the stored secrets, '{_path}', cannot be used: {error.Message}", error);
        }

        _check = BinaryPrimitives.ReadUInt32BigEndian(DeriveKey("check value"));
    }

    /// <summary>The same for the same key, and says nothing about it: nodes of a cluster compare it.</summary>
    public string CheckValue => Convert.ToHexStringLower(DeriveKey("check value of a cluster"));

    /// <summary>A key of 32 bytes for another use; who has it does not have the key of the secrets.</summary>
    public byte[] DeriveKey(string use) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(use));

    /// <summary>Encrypts a secret.</summary>
    /// <param name="purpose">What it is and whose, such as <c>psk/0191.../device-1</c>: the same is needed to decrypt it.</param>
    /// <param name="secret">The secret.</param>
    public byte[] Protect(string purpose, ReadOnlySpan<byte> secret)
    {
        var result = new byte[secret.Length + Overhead];
        result[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(result.AsSpan(1), _check);
        var nonce = result.AsSpan(HeaderSize, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var gcm = new AesGcm(_key, TagSize);
        gcm.Encrypt(nonce, secret, result.AsSpan(HeaderSize + NonceSize, secret.Length), result.AsSpan(result.Length - TagSize), Encoding.UTF8.GetBytes(purpose));
        return result;
    }

    /// <summary>Decrypts what <see cref="Protect"/> has made.</summary>
    /// <param name="purpose">The purpose it was encrypted for.</param>
    /// <param name="sealedSecret">The encrypted secret.</param>
    /// <exception cref="CryptographicException">It was encrypted with another key or for another purpose, or it was altered.</exception>
    public byte[] Unprotect(string purpose, ReadOnlySpan<byte> sealedSecret)
    {
        if (sealedSecret.Length < Overhead || sealedSecret[0] != Version)
            throw new CryptographicException("A stored secret is not in the form that this program writes.");
        if (BinaryPrimitives.ReadUInt32BigEndian(sealedSecret[1..]) != _check)
        {
            throw new CryptographicException(
                $"A stored secret was encrypted with another key than that in '{_path}': put the file back that belongs to this database, or set the secret anew.");
        }

        var secret = new byte[sealedSecret.Length - Overhead];
        using var gcm = new AesGcm(_key, TagSize);
        gcm.Decrypt(
            sealedSecret.Slice(HeaderSize, NonceSize), sealedSecret[(HeaderSize + NonceSize)..^TagSize], sealedSecret[^TagSize..], secret, Encoding.UTF8.GetBytes(purpose));
        return secret;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private static byte[] Read(string path)
    {
        var text = File.ReadAllText(path).Trim();
        if (text.Length != KeySize * 2 || !text.All(char.IsAsciiHexDigit))
            throw new StartupException($"'{path}' does not hold a key of {KeySize * 2} hexadecimal digits. It was not written by this program, or is damaged: restore it from the backup.");
        return Convert.FromHexString(text);
    }

    /// <summary>There whole or not at all, also after a power cut: a key that is lost takes every secret with it.</summary>
    private static byte[] Make(string path)
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key) + "\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: false);
        return key;
    }
}
