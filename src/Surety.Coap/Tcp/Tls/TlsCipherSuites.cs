using System.Net.Security;

namespace Surety.Coap;

/// <summary>The cipher suites of constrained devices: ECDSA certificates, forward secrecy, authenticated encryption (RFC 7925, 4.4, 9; RFC 8446, B.4).</summary>
public static class TlsCipherSuites
{
    /// <summary>The first byte of the suites of TLS 1.3.</summary>
    internal const int Tls13Prefix = 0x13;

    /// <summary>
    /// TLS 1.3 first, then 1.2. Full authentication tags come before those of 8 bytes, and AES-128 before the rest: of what both sides can,
    /// the strongest that costs a small device no more than it needs.
    /// </summary>
    public static IReadOnlyList<TlsCipherSuite> Default { get; } =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_AES_128_CCM_SHA256,
        TlsCipherSuite.TLS_AES_128_CCM_8_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
        // Mandatory to implement (RFC 7252, 9.1.3.3), and all that some devices have.
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
    ];
}
