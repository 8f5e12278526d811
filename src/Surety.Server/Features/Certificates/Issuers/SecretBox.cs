using System.Security.Cryptography;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// Encrypts what the database must hold and not show: credentials of external issuers, keys of developer certificates. AES-256-GCM under a key
/// in the data directory (<c>secrets.key</c>, mode 0600), so that a copy of the database alone tells nothing.
/// </summary>
internal sealed class SecretBox(DataDirectory data) : IDisposable
{
    /// <summary>The file with the key, 64 hexadecimal digits.</summary>
    public const string KeyFile = "secrets.key";

    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly SemaphoreSlim _making = new(1, 1);
    private byte[]? _key;

    /// <summary>Encrypts <paramref name="secret"/> for the row <paramref name="owner"/>; in another row it cannot be read.</summary>
    /// <returns>Nonce, ciphertext, tag.</returns>
    public async Task<byte[]> ProtectAsync(EntityId owner, ReadOnlyMemory<byte> secret, CancellationToken cancellationToken)
    {
        var key = await GetKeyAsync(canMake: true, cancellationToken);
        var box = new byte[NonceLength + secret.Length + TagLength];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var gcm = new AesGcm(key, TagLength);
        gcm.Encrypt(box.AsSpan(0, NonceLength), secret.Span, box.AsSpan(NonceLength, secret.Length), box.AsSpan(NonceLength + secret.Length), owner.ToByteArray());
        return box;
    }

    /// <summary>Decrypts what <see cref="ProtectAsync"/> made for the same row.</summary>
    /// <exception cref="CryptographicException">It was changed, is another row's, or the key is another one.</exception>
    public async Task<byte[]> UnprotectAsync(EntityId owner, ReadOnlyMemory<byte> box, CancellationToken cancellationToken)
    {
        var key = await GetKeyAsync(canMake: false, cancellationToken);
        if (box.Length < NonceLength + TagLength)
            throw new CryptographicException("The secret in the database is damaged.");
        var secret = new byte[box.Length - NonceLength - TagLength];
        using var gcm = new AesGcm(key, TagLength);
        gcm.Decrypt(box.Span[..NonceLength], box.Span[NonceLength..^TagLength], box.Span[^TagLength..], secret, owner.ToByteArray());
        return secret;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        _making.Dispose();
    }

    private async Task<byte[]> GetKeyAsync(bool canMake, CancellationToken cancellationToken)
    {
        if (_key is { } known)
            return known;
        await _making.WaitAsync(cancellationToken);
        try
        {
            if (_key is not null)
                return _key;
            var path = data.File(KeyFile);
            if (!File.Exists(path))
            {
                if (!canMake)
                    throw new CryptographicException($"{path}, the key of the secrets in the database, is missing; put it back.");
                await data.WriteSecretAsync(KeyFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyLength)), cancellationToken);
            }

            var key = Convert.FromHexString((await File.ReadAllTextAsync(path, cancellationToken)).Trim());
            return _key = key.Length == KeyLength ? key : throw new CryptographicException($"{path} is damaged; put back the file that was there.");
        }
        catch (FormatException error)
        {
            throw new CryptographicException($"{data.File(KeyFile)} is damaged; put back the file that was there.", error);
        }
        finally
        {
            _making.Release();
        }
    }
}
