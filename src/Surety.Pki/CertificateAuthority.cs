using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>Issues certificates with a <see cref="SigningKey"/>. Safe to use from any thread.</summary>
public sealed partial class CertificateAuthority : IDisposable
{
    // 128 random bits are unguessable, unique without a counter, and within the 20 bytes of RFC 5280, 4.1.2.2.
    private const int SerialLength = 16;

    private readonly SigningKey _key;
    private readonly byte[] _name;
    private readonly byte[] _keyIdentifier;
    private readonly DateTimeOffset _end;

    /// <summary>An authority.</summary>
    /// <param name="certificate">The authority's certificate.</param>
    /// <param name="key">The key of that certificate; it is disposed of with the authority.</param>
    /// <exception cref="ArgumentException">The certificate is no authority's, or has another key.</exception>
    public CertificateAuthority(X509Certificate2 certificate, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(key);
        if (certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: true })
            throw new ArgumentException($"The certificate of '{certificate.Subject}' is not that of a certificate authority.", nameof(certificate));
        if (!key.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo()))
            throw new ArgumentException($"The key does not belong to the certificate of '{certificate.Subject}'.", nameof(key));
        Certificate = certificate;
        _key = key;
        _name = certificate.SubjectName.RawData;
        _keyIdentifier = certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes.ToArray()
            ?? CertificateWriter.ComputeKeyIdentifier(key.PublicKey);
        _end = certificate.NotAfter.ToUniversalTime();
    }

    /// <summary>The authority's certificate, without its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>What it signs with.</summary>
    public SigningKey Key => _key;

    /// <summary>Makes a root: a fresh key in this process, and a certificate that it signs itself.</summary>
    /// <param name="profile">See <see cref="CertificateProfile.Root"/>.</param>
    /// <param name="curve">Of the key.</param>
    public static CertificateAuthority CreateRoot(CertificateProfile profile, KeyCurve curve = KeyCurve.P256) => CreateRoot(profile, SigningKey.Generate(curve));

    /// <summary>Makes a root with a key that is there: a certificate that the key signs itself.</summary>
    /// <param name="profile">See <see cref="CertificateProfile.Root"/>.</param>
    /// <param name="key">It is disposed of with the authority.</param>
    /// <exception cref="SigningKeyException">The key is out of reach.</exception>
    public static CertificateAuthority CreateRoot(CertificateProfile profile, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(key);
        byte[] name = profile.Subject.ToDistinguishedName().RawData;
        byte[] identifier = CertificateWriter.ComputeKeyIdentifier(key.PublicKey);
        // RFC 5280, 4.2.1.1: a self-signed certificate may leave the authority's key identifier out, or names its own key.
        byte[] certificate = CertificateWriter.Write(key, new(
            NewSerial(), name, name, profile.Validity, key.PublicKey.ExportSubjectPublicKeyInfo(), identifier, identifier, profile.NameConstraints?.Encode(), profile));
        return new CertificateAuthority(X509CertificateLoader.LoadCertificate(certificate), key);
    }

    /// <summary>Reads an authority.</summary>
    /// <param name="certificatePath">PEM; the first certificate counts.</param>
    /// <param name="key">A PEM file, or the URI of a key in a token (<see cref="SigningKey.Open"/>).</param>
    /// <param name="passphrase">Of an encrypted key, or the PIN of a token.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="CryptographicException">A file holds something else, or the key cannot be opened or is not the certificate's.</exception>
    public static CertificateAuthority Load(string certificatePath, string key, string? passphrase = null)
    {
        X509Certificate2 certificate = PemFiles.ReadCertificates(certificatePath)[0];
        SigningKey? signingKey = null;
        try
        {
            signingKey = SigningKey.Open(key, passphrase);
            return new CertificateAuthority(certificate, signingKey);
        }
        catch (ArgumentException e)
        {
            signingKey?.Dispose();
            certificate.Dispose();
            throw new CryptographicException($"{certificatePath} and {Pkcs11Uri.WithoutSecrets(key)} make no certificate authority: {e.Message}", e);
        }
        catch
        {
            certificate.Dispose();
            throw;
        }
    }

    /// <summary>Writes certificate and key as PEM, the key for the owner's eyes alone.</summary>
    /// <param name="certificatePath">The certificate's file.</param>
    /// <param name="keyPath">The key's file.</param>
    /// <param name="passphrase">Encrypts the key; null: not encrypted.</param>
    /// <exception cref="InvalidOperationException">The key is not in this process.</exception>
    public void Save(string certificatePath, string keyPath, string? passphrase = null)
    {
        if (_key is not SoftwareKey)
            throw new InvalidOperationException("The key of this authority is not in this process.");
        // The key first: a certificate without its key would be taken for a finished authority.
        _key.Save(keyPath, passphrase);
        PemFiles.WriteCertificates(certificatePath, [Certificate]);
    }

    /// <summary>Issues a certificate.</summary>
    /// <param name="key">The subject's public key; that the subject has the private one is for the caller to check (<see cref="CertificationRequest"/>).</param>
    /// <param name="profile">What it says. It ends with the authority's own certificate at the latest.</param>
    /// <exception cref="SigningKeyException">The authority's key is out of reach.</exception>
    public X509Certificate2 Issue(PublicKey key, CertificateProfile profile) => X509CertificateLoader.LoadCertificate(IssueEncoded(key, profile));

    /// <summary>Issues a certificate, as <see cref="Issue"/> does, in its encoded form: to load it takes longer than to make it.</summary>
    /// <returns>DER.</returns>
    public byte[] IssueEncoded(PublicKey key, CertificateProfile profile)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(profile);
        return CertificateWriter.Write(_key, new(
            NewSerial(), _name, profile.Subject.ToDistinguishedName().RawData, Within(profile.Validity), key.ExportSubjectPublicKeyInfo(), CertificateWriter.ComputeKeyIdentifier(key),
            _keyIdentifier, profile.NameConstraints?.Encode(), profile));
    }

    /// <summary>Issues a certificate for a fresh P-256 key, which comes with it.</summary>
    public X509Certificate2 IssueWithNewKey(CertificateProfile profile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = Issue(new PublicKey(key), profile);
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>Makes an authority under this one, with a fresh key in this process.</summary>
    /// <param name="profile">See <see cref="CertificateProfile.Intermediate"/>.</param>
    /// <param name="curve">Of the key.</param>
    public CertificateAuthority IssueAuthority(CertificateProfile profile, KeyCurve curve = KeyCurve.P256) => IssueAuthority(profile, SigningKey.Generate(curve));

    /// <summary>Makes an authority under this one, with a key that is there.</summary>
    /// <param name="profile">See <see cref="CertificateProfile.Intermediate"/>.</param>
    /// <param name="key">It is disposed of with the new authority.</param>
    public CertificateAuthority IssueAuthority(CertificateProfile profile, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new CertificateAuthority(Issue(key.PublicKey, profile), key);
    }

    /// <summary>
    /// Certifies another authority's key under its name: who trusts this authority then believes what the other one issued, and its chains need not change.
    /// The path length and the name constraints of its own certificate are kept.
    /// </summary>
    /// <param name="other">The other authority's certificate.</param>
    /// <param name="validity">Of the new certificate; it ends with this authority's and with the other's own one at the latest.</param>
    /// <exception cref="ArgumentException">The other certificate is no authority's, or is this authority's own.</exception>
    public X509Certificate2 CrossSign(X509Certificate2 other, ValidityPeriod validity)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: true } constraints)
            throw new ArgumentException($"'{other.Subject}' is no certificate authority; there is nothing to cross-sign.", nameof(other));
        byte[] name = other.SubjectName.RawData, key = other.PublicKey.ExportSubjectPublicKeyInfo();
        if (name.AsSpan().SequenceEqual(_name) && key.AsSpan().SequenceEqual(_key.PublicKey.ExportSubjectPublicKeyInfo()))
            throw new ArgumentException($"'{other.Subject}' is this authority itself.", nameof(other));
        var end = new DateTimeOffset(other.NotAfter.ToUniversalTime());
        if (validity.NotAfter > end)
            validity = validity with { NotAfter = end };
        CertificateProfile profile = CertificateProfile.Authority(new CertificateSubject("-"), validity, constraints.HasPathLengthConstraint ? constraints.PathLengthConstraint : null);
        // The same key identifier: the certificates that the other authority has issued name it.
        ReadOnlyMemory<byte> identifier = other.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes
            ?? CertificateWriter.ComputeKeyIdentifier(other.PublicKey);
        return X509CertificateLoader.LoadCertificate(CertificateWriter.Write(_key, new(
            NewSerial(), _name, name, Within(validity), key, identifier, _keyIdentifier, other.Extensions[Oids.NameConstraints]?.RawData, profile)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private ValidityPeriod Within(ValidityPeriod validity) => validity.NotAfter > _end ? validity with { NotAfter = _end } : validity;

    private static byte[] NewSerial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(SerialLength);
        // Positive, and of the same length always.
        serial[0] = (byte)(serial[0] & 0x7F | 0x40);
        return serial;
    }
}
