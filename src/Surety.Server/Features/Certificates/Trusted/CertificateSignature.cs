using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Server.Features.Certificates;

/// <summary>The signature of one certificate by another's key (RFC 5280, 4.1.1.3), without dates and purposes, which are asked apart.</summary>
internal static class CertificateSignature
{
    private const string Sha1WithRsa = "1.2.840.113549.1.1.5";
    private const string Sha1WithEcdsa = "1.2.840.10045.4.1";

    /// <summary>The signature is made over SHA-1.</summary>
    public static bool IsWeak(X509Certificate2 certificate) => certificate.SignatureAlgorithm.Value is Sha1WithRsa or Sha1WithEcdsa;

    /// <summary>
    /// <paramref name="issuer"/> has the name that the certificate gives its issuer, and its key made the signature. False also for signatures
    /// other than RSA (PKCS #1) and ECDSA with SHA-1 to SHA-512.
    /// </summary>
    public static bool IsBy(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        if (!certificate.IssuerName.RawData.AsSpan().SequenceEqual(issuer.SubjectName.RawData) || Hash(certificate) is not { } hash)
            return false;
        try
        {
            // Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING }
            var reader = new AsnReader(certificate.RawDataMemory, AsnEncodingRules.DER).ReadSequence();
            var signed = reader.ReadEncodedValue();
            reader.ReadEncodedValue();
            var signature = reader.ReadBitString(out _);
            using var ec = issuer.GetECDsaPublicKey();
            if (ec is not null)
                return ec.VerifyData(signed.Span, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
            using var rsa = issuer.GetRSAPublicKey();
            return rsa?.VerifyData(signed.Span, signature, hash, RSASignaturePadding.Pkcs1) == true;
        }
        catch (Exception error) when (error is CryptographicException or AsnContentException)
        {
            return false;
        }
    }

    private static HashAlgorithmName? Hash(X509Certificate2 certificate) => certificate.SignatureAlgorithm.Value switch
    {
        Sha1WithRsa or Sha1WithEcdsa => HashAlgorithmName.SHA1,
        "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" => HashAlgorithmName.SHA256,
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => HashAlgorithmName.SHA384,
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
