using System.Net.Security;

namespace Surety.Dtls;

/// <summary>The cipher suites of an endpoint.</summary>
public static class DtlsCipherSuites
{
    /// <summary>
    /// All AEAD suites, best first: forward secrecy before none; CCM_8, which every constrained device has (RFC 7925, 4.2, 4.4) and hardware
    /// of theirs computes, before the longer tags that cost them bytes on each record; suites with certificates before those with keys that
    /// both must hold. CBC is off.
    /// </summary>
    public static IReadOnlyList<TlsCipherSuite> Default { get; } =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
        TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256,
        TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8,
        TlsCipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM,
    ];

    /// <summary>For devices that have no AEAD: CBC, with encrypt-then-MAC only (RFC 7366).</summary>
    public static IReadOnlyList<TlsCipherSuite> Legacy { get; } =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
        TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256,
        TlsCipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256,
    ];
}
