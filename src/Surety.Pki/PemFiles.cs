using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Surety.Pki;

/// <summary>
/// Certificates and keys in PEM files (RFC 7468). A file is there whole or not at all, also after a crash, and keys can be read by their
/// owner alone.
/// </summary>
public static class PemFiles
{
    // OWASP's figure for PBKDF2 with HMAC-SHA-256: a tenth of a second for the owner, centuries for who guesses a good passphrase.
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 600_000);

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Public = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes certificates, the first one first; replaces what was there.</summary>
    public static void WriteCertificates(string path, IEnumerable<X509Certificate2> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        Write(path, string.Concat(certificates.Select(certificate => certificate.ExportCertificatePem() + "\n")), Public);
    }

    /// <summary>Writes a private key as PKCS #8, mode 0600; replaces what was there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key.</param>
    /// <param name="passphrase">Encrypts the key with AES-256 (PBES2; RFC 8018, 6.2); null: not encrypted.</param>
    public static void WritePrivateKey(string path, AsymmetricAlgorithm key, string? passphrase = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        Write(path, (passphrase is null ? key.ExportPkcs8PrivateKeyPem() : key.ExportEncryptedPkcs8PrivateKeyPem(passphrase, Encryption)) + "\n", OwnerOnly);
    }

    /// <summary>Writes a text whole or not at all; replaces what was there.</summary>
    public static void WriteText(string path, string text) => Write(path, text, Public);

    /// <summary>Reads all certificates of a file, at least one.</summary>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="CryptographicException">There is no certificate in it.</exception>
    public static X509Certificate2Collection ReadCertificates(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPem(File.ReadAllText(path));
        }
        catch (CryptographicException e)
        {
            throw new CryptographicException($"{path} holds a certificate that cannot be read: {e.Message}", e);
        }

        if (certificates.Count == 0)
            throw new CryptographicException($"There is no certificate in {path}; a PEM file with BEGIN CERTIFICATE is wanted.");
        return certificates;
    }

    /// <summary>Reads an elliptic-curve private key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="passphrase">Of an encrypted one; it is not used for others.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="CryptographicException">There is no such key in it, or the passphrase is missing or wrong.</exception>
    public static ECDsa ReadPrivateKey(string path, string? passphrase = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        string text = File.ReadAllText(path);
        bool isEncrypted = text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        if (isEncrypted && passphrase is null)
            throw new CryptographicException($"The private key in {path} is encrypted; its passphrase is wanted.");
        var key = ECDsa.Create();
        try
        {
            if (isEncrypted)
                key.ImportFromEncryptedPem(text, passphrase);
            else
                key.ImportFromPem(text);
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CryptographicException(
                isEncrypted
                    ? $"The private key in {path} cannot be decrypted: the passphrase is wrong, or it is no elliptic-curve key."
                    : $"There is no elliptic-curve private key in {path}; a PEM file with BEGIN PRIVATE KEY is wanted.",
                e);
        }
    }

    /// <summary>Reads what is DER or PEM, a PKCS #10 request for instance.</summary>
    /// <returns>The bytes of the file or, when it is PEM, those of its first part.</returns>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static byte[] ReadEncoded(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] bytes = File.ReadAllBytes(path);
        string text = Encoding.Latin1.GetString(bytes);
        return PemEncoding.TryFind(text, out PemFields fields) ? Convert.FromBase64String(text[fields.Base64Data]) : bytes;
    }

    private static void Write(string path, string text, UnixFileMode mode)
    {
        ArgumentNullException.ThrowIfNull(path);
        string temporary = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.WriteThrough };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        try
        {
            using (var file = new StreamWriter(new FileStream(temporary, options)))
            {
                file.Write(text);
                file.Flush();
                ((FileStream)file.BaseStream).Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
