using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Pki;

namespace Surety.Device;

/// <summary>Who a device is: its certificate with the private key, and the certificates that lead from it to an authority that servers trust.</summary>
public sealed class DeviceIdentity
{
    private DeviceIdentity(X509Certificate2 certificate, IEnumerable<X509Certificate2> intermediates)
    {
        Certificate = certificate;
        Intermediates = [.. intermediates];
    }

    /// <summary>The certificate, with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Authorities between it and the root, its issuer first; shown to servers along with it.</summary>
    public IReadOnlyList<X509Certificate2> Intermediates { get; }

    /// <summary>The name in the certificate: the endpoint name of a device that is given no other (LwM2M Transport 5.2.9.3). Null when there is none.</summary>
    public string? Name => Certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { Length: > 0 } name ? name : null;

    /// <summary>An identity from a certificate that has its private key.</summary>
    /// <exception cref="ArgumentException">There is no private key.</exception>
    public static DeviceIdentity From(X509Certificate2 certificate, params IEnumerable<X509Certificate2> intermediates)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.HasPrivateKey
            ? new DeviceIdentity(certificate, intermediates)
            : throw new ArgumentException($"The certificate of '{certificate.Subject}' comes without its private key.", nameof(certificate));
    }

    /// <summary>Reads an identity from PEM files.</summary>
    /// <param name="certificatePath">The device's certificate first, then its issuers, if any.</param>
    /// <param name="keyPath">The private key, unencrypted; null: it is in the same file.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="CryptographicException">A file holds something else, or the key is not the certificate's.</exception>
    public static DeviceIdentity FromPem(string certificatePath, string? keyPath = null)
    {
        X509Certificate2Collection chain = PemFiles.ReadCertificates(certificatePath);
        try
        {
            return new DeviceIdentity(ForTls(X509Certificate2.CreateFromPemFile(certificatePath, keyPath)), chain.Skip(1));
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new CryptographicException($"{keyPath ?? certificatePath} does not hold the private key of the certificate in {certificatePath}: {e.Message}", e);
        }
    }

    /// <summary>Reads an identity from a PKCS #12 file.</summary>
    /// <param name="path">The file, <c>.p12</c> or <c>.pfx</c>.</param>
    /// <param name="password">Its password; null for none.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="CryptographicException">The file holds something else, or the password is wrong.</exception>
    public static DeviceIdentity FromPkcs12(string path, string? password = null)
    {
        X509Certificate2Collection all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password, X509KeyStorageFlags.DefaultKeySet);
        X509Certificate2 own = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw new CryptographicException($"There is no certificate with a private key in {path}.");
        return new DeviceIdentity(own, all.Where(certificate => certificate != own && certificate.Subject != certificate.Issuer));
    }

    /// <summary>Reads an identity from the text of a PEM file that has it all: the key, the certificate, its issuers.</summary>
    internal static DeviceIdentity FromPemText(string text)
    {
        X509Certificate2Collection chain = [];
        chain.ImportFromPem(text);
        return new DeviceIdentity(ForTls(X509Certificate2.CreateFromPem(text, text)), chain.Skip(1));
    }

    /// <summary>
    /// By what its owner claims the device: <c>A-</c> and the SHA-256 fingerprint of the certificate in hexadecimal digits, byte by byte, with colons.
    /// For the factory's identity.
    /// </summary>
    public string EnrollmentId => "A-" + string.Join(':', SHA256.HashData(Certificate.RawDataMemory.Span).Select(octet => octet.ToString("X2", CultureInfo.InvariantCulture)));

    internal TlsCertificate ToTls() => new(Certificate, Intermediates);

    // SChannel takes no keys that are in memory alone.
    private static X509Certificate2 ForTls(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
