using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>Issues certificates with a P-256 key, or with any key behind an <see cref="X509SignatureGenerator"/>. Safe to use from any thread.</summary>
public sealed class CertificateAuthority : IDisposable
{
    // 128 random bits are unguessable, unique without a counter, and within the 20 bytes of RFC 5280, 4.1.2.2.
    private const int SerialLength = 16;

    private readonly Lock _lock = new();
    private readonly X509SignatureGenerator _signer;
    private readonly ECDsa? _key;

    /// <summary>An authority whose key is elsewhere, in a hardware module for instance.</summary>
    /// <param name="certificate">The authority's certificate.</param>
    /// <param name="signer">Signs with the key of that certificate.</param>
    /// <exception cref="ArgumentException">The certificate is no authority's, or has another key.</exception>
    public CertificateAuthority(X509Certificate2 certificate, X509SignatureGenerator signer)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(signer);
        if (certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: true })
            throw new ArgumentException($"The certificate of '{certificate.Subject}' is not that of a certificate authority.", nameof(certificate));
        if (!signer.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo()))
            throw new ArgumentException($"The key does not belong to the certificate of '{certificate.Subject}'.", nameof(signer));
        Certificate = certificate;
        _signer = signer;
    }

    private CertificateAuthority(X509Certificate2 certificate, ECDsa key)
        : this(certificate, X509SignatureGenerator.CreateForECDsa(key)) => _key = key;

    /// <summary>The authority's certificate, without its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Makes a root: a fresh key, and a certificate that it signs itself.</summary>
    /// <param name="profile">See <see cref="CertificateProfile.Authority"/>.</param>
    public static CertificateAuthority CreateRoot(CertificateProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signer = X509SignatureGenerator.CreateForECDsa(key);
        CertificateRequest request = profile.ToRequest(signer.PublicKey, issuerKey: null);
        X509Certificate2 certificate = request.Create(request.SubjectName, signer, profile.Validity.NotBefore, profile.Validity.NotAfter, NewSerial());
        return new CertificateAuthority(certificate, key);
    }

    /// <summary>Reads an authority from PEM files.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="CryptographicException">A file holds something else, or the key is not the certificate's.</exception>
    public static CertificateAuthority Load(string certificatePath, string keyPath)
    {
        X509Certificate2 certificate = PemFiles.ReadCertificates(certificatePath)[0];
        ECDsa key = PemFiles.ReadPrivateKey(keyPath);
        try
        {
            return new CertificateAuthority(certificate, key);
        }
        catch (ArgumentException e)
        {
            key.Dispose();
            certificate.Dispose();
            throw new CryptographicException($"{certificatePath} and {keyPath} make no certificate authority: {e.Message}", e);
        }
    }

    /// <summary>Writes certificate and key as PEM, the key for the owner's eyes alone.</summary>
    /// <exception cref="InvalidOperationException">The key is not in this process.</exception>
    public void Save(string certificatePath, string keyPath)
    {
        if (_key is null)
            throw new InvalidOperationException("The key of this authority is not in this process.");
        // The key first: a certificate without its key would be taken for a finished authority.
        PemFiles.WritePrivateKey(keyPath, _key);
        PemFiles.WriteCertificates(certificatePath, [Certificate]);
    }

    /// <summary>Issues a certificate.</summary>
    /// <param name="key">The subject's public key; that the subject has the private one is for the caller to check (<see cref="CertificationRequest"/>).</param>
    /// <param name="profile">What it says. It ends with the authority's own certificate at the latest.</param>
    public X509Certificate2 Issue(PublicKey key, CertificateProfile profile)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(profile);
        CertificateRequest request = profile.ToRequest(key, Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault());
        DateTimeOffset end = Certificate.NotAfter.ToUniversalTime();
        if (profile.Validity.NotAfter < end)
            end = profile.Validity.NotAfter;
        lock (_lock)
            return request.Create(Certificate.SubjectName, _signer, profile.Validity.NotBefore, end, NewSerial());
    }

    /// <summary>Issues a certificate for a fresh P-256 key, which comes with it.</summary>
    public X509Certificate2 IssueWithNewKey(CertificateProfile profile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = Issue(new PublicKey(key), profile);
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>Makes an authority under this one.</summary>
    /// <param name="profile">See <see cref="CertificateProfile.Authority"/>.</param>
    public CertificateAuthority IssueAuthority(CertificateProfile profile)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateAuthority(Issue(new PublicKey(key), profile), key);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        _key?.Dispose();
    }

    private static byte[] NewSerial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(SerialLength);
        // Positive, and of the same length always.
        serial[0] = (byte)(serial[0] & 0x7F | 0x40);
        return serial;
    }
}
