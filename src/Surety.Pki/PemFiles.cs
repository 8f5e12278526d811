using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>
/// Certificates and keys in PEM files (RFC 7468). A file is there whole or not at all, also after a crash, and keys can be read by their
/// owner alone.
/// </summary>
public static class PemFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Public = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes certificates, the first one first; replaces what was there.</summary>
    public static void WriteCertificates(string path, IEnumerable<X509Certificate2> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        Write(path, string.Concat(certificates.Select(certificate => certificate.ExportCertificatePem() + "\n")), Public);
    }

    /// <summary>Writes a private key as PKCS #8, mode 0600; replaces what was there.</summary>
    public static void WritePrivateKey(string path, AsymmetricAlgorithm key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Write(path, key.ExportPkcs8PrivateKeyPem() + "\n", OwnerOnly);
    }

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
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="CryptographicException">There is no such key in it.</exception>
    public static ECDsa ReadPrivateKey(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string text = File.ReadAllText(path);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(text);
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CryptographicException($"There is no elliptic-curve private key in {path}; a PEM file with BEGIN PRIVATE KEY is wanted.", e);
        }
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
