using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>Signatures of handshake messages.</summary>
internal static class Signatures
{
    /// <summary>The schemes offered and accepted, best first.</summary>
    public static ushort[] Schemes => [(ushort)SignatureScheme.EcdsaSecp256r1Sha256, (ushort)SignatureScheme.EcdsaSecp384r1Sha384];

    /// <summary>Verifies a signature with the key of a certificate or of a SubjectPublicKeyInfo.</summary>
    public static bool Verify(CryptoBackend crypto, ReadOnlySpan<byte> subjectPublicKeyInfo, SignatureScheme scheme, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (scheme is not (SignatureScheme.EcdsaSecp256r1Sha256 or SignatureScheme.EcdsaSecp384r1Sha384) || !EcPublicKey.TryRead(subjectPublicKeyInfo, out EcPublicKey key))
            return false;
        Span<byte> hash = stackalloc byte[SHA384.HashSizeInBytes];
        // In TLS 1.2 the scheme names the hash; the curve is the key's own (RFC 5246, 7.4.1.4.1).
        hash = hash[..CryptoBackend.Hash(scheme == SignatureScheme.EcdsaSecp256r1Sha256 ? PrfHash.Sha256 : PrfHash.Sha384, data, hash)];
        return crypto.Verify(key.Curve, key.Point, hash, signature);
    }

    /// <summary>The key that a Certificate message shows.</summary>
    public static byte[] GetPublicKey(byte[] shown, CertificateType type) => type == CertificateType.RawPublicKey
        ? shown
        : CertificateFields.TryRead(shown, out CertificateFields fields)
            ? fields.SubjectPublicKeyInfo.ToArray()
            : throw new DtlsAlertException(AlertDescription.BadCertificate, "the peer's certificate cannot be decoded");
}
