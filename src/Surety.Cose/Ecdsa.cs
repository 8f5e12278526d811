using System.Security.Cryptography;

namespace Surety.Cose;

/// <summary>ECDSA (RFC 9053, 2.1; RFC 9864, 2.1).</summary>
internal static class Ecdsa
{
    public static bool IsSignature(CoseAlgorithm algorithm) => algorithm is
        CoseAlgorithm.ES256 or CoseAlgorithm.ES384 or CoseAlgorithm.ES512 or CoseAlgorithm.Esp256 or CoseAlgorithm.Esp384 or CoseAlgorithm.Esp512;

    public static HashAlgorithmName HashOf(CoseAlgorithm algorithm) => algorithm switch
    {
        CoseAlgorithm.ES256 or CoseAlgorithm.Esp256 => HashAlgorithmName.SHA256,
        CoseAlgorithm.ES384 or CoseAlgorithm.Esp384 => HashAlgorithmName.SHA384,
        CoseAlgorithm.ES512 or CoseAlgorithm.Esp512 => HashAlgorithmName.SHA512,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "It signs nothing."),
    };

    /// <summary>Whether a key may be used with an algorithm: the newer numbers name the curve as well.</summary>
    public static bool Fits(CoseAlgorithm algorithm, int keySize) => algorithm switch
    {
        CoseAlgorithm.ES256 or CoseAlgorithm.ES384 or CoseAlgorithm.ES512 => true,
        CoseAlgorithm.Esp256 => keySize == 256,
        CoseAlgorithm.Esp384 => keySize == 384,
        CoseAlgorithm.Esp512 => keySize == 521,
        _ => false,
    };

    public static bool Verify(ECDsa key, CoseAlgorithm algorithm, ReadOnlySpan<byte> toBeSigned, ReadOnlySpan<byte> signature) =>
        Fits(algorithm, key.KeySize)
        && signature.Length == 2 * ((key.KeySize + 7) / 8)
        && key.VerifyData(toBeSigned, signature, HashOf(algorithm), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
