namespace Surety.Dtls;

/// <summary>How records are protected.</summary>
internal enum BulkCipher : byte
{
    /// <summary>RFC 6655: a tag of 8 bytes.</summary>
    Aes128Ccm8,

    /// <summary>RFC 6655: a tag of 16 bytes.</summary>
    Aes128Ccm,

    /// <summary>RFC 5288.</summary>
    Aes128Gcm,

    /// <summary>RFC 5288.</summary>
    Aes256Gcm,

    /// <summary>RFC 7905.</summary>
    ChaCha20Poly1305,

    /// <summary>RFC 5246, 6.2.3.2 with encrypt-then-MAC (RFC 7366), and in no other way.</summary>
    Aes128CbcSha256,
}
