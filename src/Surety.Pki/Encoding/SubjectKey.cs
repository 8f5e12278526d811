using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;

namespace Surety.Pki;

/// <summary>A SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) and what is signed with its key.</summary>
internal static class SubjectKey
{
    private const int MinRsaBits = 2048, MaxRsaBits = 8192;

    /// <summary>Why no certificate is made for, and none believed with such a key; null: it is acceptable.</summary>
    public static string? Refuse(ReadOnlyMemory<byte> keyInfo, bool allowRsa)
    {
        AsnReader reader = new AsnReader(keyInfo, AsnEncodingRules.DER).ReadSequence();
        AsnReader algorithm = reader.ReadSequence();
        string oid = algorithm.ReadObjectIdentifier();
        if (oid == Oids.EcPublicKey)
        {
            // RFC 5480, 2.1.1: namedCurve alone.
            string? curve = algorithm.PeekTag() == Asn1Tag.ObjectIdentifier ? algorithm.ReadObjectIdentifier() : null;
            return curve is Oids.P256 or Oids.P384 ? null : $"the key is neither on the curve P-256 nor on P-384, but on {curve ?? "one that it describes itself"}";
        }

        if (oid != Oids.Rsa)
            return $"the key is neither on the curve P-256 nor on P-384: its algorithm {oid} is not known";
        AsnReader key = new AsnReader(reader.ReadBitString(out _), AsnEncodingRules.DER).ReadSequence();
        ReadOnlySpan<byte> modulus = key.ReadIntegerBytes().Span.TrimStart((byte)0);
        long bits = modulus.IsEmpty ? 0 : (modulus.Length * 8L) - byte.LeadingZeroCount(modulus[0]);
        if (bits is < MinRsaBits or > MaxRsaBits)
            return $"the key is RSA with {bits.ToString(CultureInfo.InvariantCulture)} bits, where {MinRsaBits} to {MaxRsaBits} are wanted; best is a key on the curve P-256";
        return allowRsa ? null : "the key is RSA; a key on the curve P-256 or P-384 is wanted";
    }

    /// <summary>Whether a signature is that of the key; false for algorithms that are not believed, SHA-1 and MD5 among them.</summary>
    /// <param name="keyInfo">One that <see cref="Refuse"/> accepts.</param>
    /// <param name="algorithm">AlgorithmIdentifier.</param>
    /// <param name="data">What is signed.</param>
    /// <param name="signature">Its signature.</param>
    public static bool Verify(ReadOnlyMemory<byte> keyInfo, ReadOnlyMemory<byte> algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        AsnReader identifier = new AsnReader(algorithm, AsnEncodingRules.DER).ReadSequence();
        string oid = identifier.ReadObjectIdentifier();
        if (HashOf(oid) is not { } hash)
            return false;
        bool isEcdsa = IsEcdsa(oid);
        // RFC 5758, 3.2: no parameters; RFC 4055, 5: NULL, which some leave out.
        if (identifier.HasData && !isEcdsa)
            identifier.ReadNull();
        identifier.ThrowIfNotEmpty();
        try
        {
            if (!isEcdsa)
            {
                using var rsa = RSA.Create();
                rsa.ImportSubjectPublicKeyInfo(keyInfo.Span, out _);
                return rsa.VerifyData(data, signature, hash, RSASignaturePadding.Pkcs1);
            }

            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(keyInfo.Span, out _);
            return key.VerifyData(data, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            // A point that is not on the curve, or a key of the other kind.
            return false;
        }
    }

    private static bool IsEcdsa(string oid) => oid is Oids.EcdsaWithSha256 or Oids.EcdsaWithSha384 or Oids.EcdsaWithSha512;

    private static HashAlgorithmName? HashOf(string oid) => oid switch
    {
        Oids.EcdsaWithSha256 or Oids.Sha256WithRsa => HashAlgorithmName.SHA256,
        Oids.EcdsaWithSha384 or Oids.Sha384WithRsa => HashAlgorithmName.SHA384,
        Oids.EcdsaWithSha512 or Oids.Sha512WithRsa => HashAlgorithmName.SHA512,
        _ => null,
    };
}
