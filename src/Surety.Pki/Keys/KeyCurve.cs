namespace Surety.Pki;

/// <summary>The curve of a key (RFC 5480, 2.1.1.1).</summary>
public enum KeyCurve
{
    /// <summary>secp256r1, with SHA-256: what devices can verify (RFC 7925, 4.4).</summary>
    P256,

    /// <summary>secp384r1, with SHA-384: for roots that last decades.</summary>
    P384,
}
