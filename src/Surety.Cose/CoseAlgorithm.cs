namespace Surety.Cose;

/// <summary>Algorithms that are implemented here, by their numbers in the registry "COSE Algorithms" (RFC 9053, RFC 9864).</summary>
public enum CoseAlgorithm
{
    /// <summary>None was named, or one that is not known here.</summary>
    None = 0,

    /// <summary>AES-GCM, 128-bit key, 128-bit tag.</summary>
    A128Gcm = 1,

    /// <summary>AES-GCM, 192-bit key, 128-bit tag.</summary>
    A192Gcm = 2,

    /// <summary>AES-GCM, 256-bit key, 128-bit tag.</summary>
    A256Gcm = 3,

    /// <summary>HMAC with SHA-256, cut to 64 bits.</summary>
    Hmac256With64 = 4,

    /// <summary>HMAC with SHA-256.</summary>
    Hmac256 = 5,

    /// <summary>HMAC with SHA-384.</summary>
    Hmac384 = 6,

    /// <summary>HMAC with SHA-512.</summary>
    Hmac512 = 7,

    /// <summary>AES-CCM, 128-bit key, 64-bit tag, nonce of 13 bytes.</summary>
    AesCcm16With64And128 = 10,

    /// <summary>AES-CCM, 256-bit key, 64-bit tag, nonce of 13 bytes.</summary>
    AesCcm16With64And256 = 11,

    /// <summary>AES-CCM, 128-bit key, 128-bit tag, nonce of 13 bytes.</summary>
    AesCcm16With128And128 = 30,

    /// <summary>AES-CCM, 256-bit key, 128-bit tag, nonce of 13 bytes.</summary>
    AesCcm16With128And256 = 31,

    /// <summary>ECDSA with SHA-256, on whatever curve the key has.</summary>
    ES256 = -7,

    /// <summary>ECDSA on P-256 with SHA-256 (RFC 9864).</summary>
    Esp256 = -9,

    /// <summary>ECDSA with SHA-384, on whatever curve the key has.</summary>
    ES384 = -35,

    /// <summary>ECDSA with SHA-512, on whatever curve the key has.</summary>
    ES512 = -36,

    /// <summary>ECDSA on P-384 with SHA-384 (RFC 9864).</summary>
    Esp384 = -51,

    /// <summary>ECDSA on P-521 with SHA-512 (RFC 9864).</summary>
    Esp512 = -52,
}
