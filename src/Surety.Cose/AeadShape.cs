namespace Surety.Cose;

/// <summary>Lengths of an authenticated encryption, bytes (RFC 9053, 4.1 and 4.2).</summary>
internal readonly record struct AeadShape(bool IsGcm, int KeyLength, int NonceLength, int TagLength)
{
    /// <summary>Those of an algorithm; null: it encrypts nothing.</summary>
    public static AeadShape? Of(CoseAlgorithm algorithm) => algorithm switch
    {
        CoseAlgorithm.A128Gcm => new(true, 16, 12, 16),
        CoseAlgorithm.A192Gcm => new(true, 24, 12, 16),
        CoseAlgorithm.A256Gcm => new(true, 32, 12, 16),
        CoseAlgorithm.AesCcm16With64And128 => new(false, 16, 13, 8),
        CoseAlgorithm.AesCcm16With64And256 => new(false, 32, 13, 8),
        CoseAlgorithm.AesCcm16With128And128 => new(false, 16, 13, 16),
        CoseAlgorithm.AesCcm16With128And256 => new(false, 32, 13, 16),
        _ => null,
    };
}
