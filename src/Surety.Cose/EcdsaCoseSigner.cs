using System.Security.Cryptography;

namespace Surety.Cose;

/// <summary>A key of this process that signs: P-256 with SHA-256, P-384 with SHA-384, P-521 with SHA-512. The key stays its owner's.</summary>
public sealed class EcdsaCoseSigner : ICoseSigner
{
    private readonly ECDsa _key;

    /// <summary>Takes a key.</summary>
    /// <exception cref="ArgumentException">It is on another curve.</exception>
    public EcdsaCoseSigner(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
        Algorithm = key.KeySize switch
        {
            256 => CoseAlgorithm.ES256,
            384 => CoseAlgorithm.ES384,
            521 => CoseAlgorithm.ES512,
            _ => throw new ArgumentException($"A key of {key.KeySize} bits signs nothing here: P-256, P-384 or P-521 do.", nameof(key)),
        };
    }

    /// <inheritdoc/>
    public CoseAlgorithm Algorithm { get; }

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> toBeSigned) => _key.SignData(toBeSigned, Ecdsa.HashOf(Algorithm), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
