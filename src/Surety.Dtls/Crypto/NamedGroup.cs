namespace Surety.Dtls;

/// <summary>Groups of the key exchange (RFC 8422, 5.1.1).</summary>
public enum NamedGroup : ushort
{
    /// <summary>No group.</summary>
    None = 0,

    /// <summary>P-256.</summary>
    Secp256r1 = 23,

    /// <summary>P-384.</summary>
    Secp384r1 = 24,

    /// <summary>Curve25519, for the key exchange alone; where libcrypto is there.</summary>
    X25519 = 29,
}
