using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// Certificates that somebody wants to be trusted: from a root down to the authority that issues for devices, or that authority alone. The last
/// one, the leaf of the chain, is what is trusted.
/// </summary>
internal sealed class TrustedChain
{
    /// <summary>Characters of PEM that are read: ten certificates with RSA keys of 8192 bits.</summary>
    public const int MaxPemLength = 64 * 1024;

    /// <summary>Characters of a subject: PostgreSQL indexes rows of at most 2700 bytes.</summary>
    public const int MaxSubjectLength = 600;

    private const int MaxCertificates = 10;

    // NIST SP 800-131A: 112 bits of security.
    private const int MinRsaBits = 2048;

    private static readonly string[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    private readonly IReadOnlyList<X509Certificate2> _certificates;

    private TrustedChain(IReadOnlyList<X509Certificate2> certificates) => _certificates = certificates;

    /// <summary>What is trusted: the last certificate.</summary>
    public X509Certificate2 Trusted => _certificates[^1];

    /// <summary>The chain begins with a root, which has signed itself.</summary>
    public bool IsComplete => CertificateSignature.IsBy(_certificates[0], _certificates[0]);

    /// <summary>Reads and checks the certificates.</summary>
    /// <param name="pem">PEM, from the root to the authority; the other way round is understood, too.</param>
    /// <param name="now">The time.</param>
    /// <param name="chain">The chain, which holds together.</param>
    /// <param name="problem">What is wrong, to be read behind the name of the member.</param>
    public static bool TryParse(string pem, DateTimeOffset now, [NotNullWhen(true)] out TrustedChain? chain, [NotNullWhen(false)] out string? problem)
    {
        chain = null;
        if (!TryRead(pem, out var certificates, out problem))
            return false;
        if (certificates.Count > 1 && !CertificateSignature.IsBy(certificates[1], certificates[0]) && CertificateSignature.IsBy(certificates[0], certificates[1]))
            certificates.Reverse();
        for (var i = 0; i < certificates.Count; i++)
        {
            var subject = certificates[i].Subject;
            if (i > 0 && !CertificateSignature.IsBy(certificates[i], certificates[i - 1]))
                problem = $"is no chain: '{subject}' is not signed by '{certificates[i - 1].Subject}'; give the certificates from the root to the authority of the devices";
            else
                problem = Check(certificates[i], isRoot: i == 0, now) is { } fault ? $"holds '{subject}', which {fault}" : null;
            if (problem is not null)
                return false;
        }

        chain = new TrustedChain(certificates);
        problem = null;
        return true;
    }

    /// <summary>Checks that the owner of the trusted certificate's key has signed an account id, hashed with SHA-256.</summary>
    /// <param name="signature">PKCS #1 for RSA, the DER sequence of RFC 3279 for ECDSA: what <c>openssl dgst -sha256 -sign</c> makes.</param>
    /// <param name="account">The account, whose 32 digits are signed.</param>
    public bool HasSigned(EntityId account, ReadOnlySpan<byte> signature)
    {
        var text = Encoding.ASCII.GetBytes(account.ToString());
        try
        {
            using var ec = Trusted.GetECDsaPublicKey();
            if (ec is not null)
                return ec.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            using var rsa = Trusted.GetRSAPublicKey();
            return rsa?.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) == true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool TryRead(string pem, out List<X509Certificate2> certificates, [NotNullWhen(false)] out string? problem)
    {
        certificates = [];
        problem = null;
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = rest[fields.Label].ToString();
            if (label.Contains("PRIVATE KEY", StringComparison.Ordinal))
                problem = "holds a private key; nobody else may have it: make a new one, and send certificates alone";
            else if (label != "CERTIFICATE")
                problem = $"holds PEM of the type '{Api.ApiException.Shorten(label)}'; BEGIN CERTIFICATE is wanted";
            else if (certificates.Count == MaxCertificates)
                problem = $"has more than {MaxCertificates} certificates";
            if (problem is not null)
                return false;
            try
            {
                var der = new byte[fields.DecodedDataLength];
                Convert.TryFromBase64Chars(rest[fields.Base64Data], der, out _);
                certificates.Add(X509CertificateLoader.LoadCertificate(der));
            }
            catch (CryptographicException)
            {
                problem = string.Create(CultureInfo.InvariantCulture, $"cannot be read: certificate {certificates.Count + 1} is not X.509 in DER");
                return false;
            }

            rest = rest[fields.Location.End..];
        }

        if (certificates.Count == 0)
            problem = "has no certificate; PEM with BEGIN CERTIFICATE is wanted";
        return problem is null;
    }

    private static string? Check(X509Certificate2 certificate, bool isRoot, DateTimeOffset now)
    {
        if (certificate.Version != 3)
            return "is not X.509 version 3";
        if (certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: true })
            return "is not the certificate of an authority (basicConstraints must say CA)";
        if (certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign))
            return "must not sign certificates (keyUsage lacks keyCertSign)";
        if (certificate.Subject.Length is 0 or > MaxSubjectLength)
            return $"has a subject that is empty or longer than {MaxSubjectLength} characters";
        var end = certificate.NotAfter.ToUniversalTime();
        if (end <= now.UtcDateTime)
            return string.Create(CultureInfo.InvariantCulture, $"expired on {end:yyyy-MM-dd}");
        // A root's own signature proves nothing that its place here does not.
        if (!isRoot && CertificateSignature.IsWeak(certificate))
            return "is signed with SHA-1, which can be forged";
        return CheckKey(certificate);
    }

    private static string? CheckKey(X509Certificate2 certificate)
    {
        try
        {
            using var rsa = certificate.GetRSAPublicKey();
            if (rsa is not null)
                return rsa.KeySize >= MinRsaBits ? null : string.Create(CultureInfo.InvariantCulture, $"has an RSA key of {rsa.KeySize} bits; at least {MinRsaBits} are wanted");
            using var ec = certificate.GetECDsaPublicKey();
            if (ec is not null && Curves.Contains(ec.ExportParameters(includePrivateParameters: false).Curve.Oid.Value))
                return null;
        }
        catch (CryptographicException)
        {
            // A curve that the platform does not know.
        }

        return "has a key that is neither RSA nor on one of the curves P-256, P-384, P-521";
    }
}
