using System.Net.Security;

namespace Surety.Dtls;

/// <summary>What both roles may decide about a connection.</summary>
public abstract record DtlsOptions
{
    /// <summary>The cipher suites, best first. Default: <see cref="DtlsCipherSuites.Default"/>. Those that need a credential which is not there are left out.</summary>
    public IReadOnlyList<TlsCipherSuite> CipherSuites { get; init; } = DtlsCipherSuites.Default;

    /// <summary>The groups of the key exchange, best first. Default: P-256, which devices have (RFC 7925, 4.4), X25519, P-384. Those that the platform lacks are left out.</summary>
    public IReadOnlyList<NamedGroup> Groups { get; init; } = [NamedGroup.Secp256r1, NamedGroup.X25519, NamedGroup.Secp384r1];

    /// <summary>Our certificate, or our raw public key.</summary>
    public DtlsCertificate? Certificate { get; init; }

    /// <summary>Whom to believe; null: nobody with a certificate or raw public key.</summary>
    public IPeerVerifier? Verifier { get; init; }

    /// <summary>
    /// Refuses peers without the extended master secret (RFC 7627). Default false: small clients lack it. It is used whenever the peer has it,
    /// and sessions are never resumed with less than they began with.
    /// </summary>
    public bool RequireExtendedMasterSecret { get; init; }

    /// <summary>
    /// Protocols by ALPN (RFC 7301), best first: <c>coap</c> for instance. Default none: the extension is neither sent nor looked at.
    /// </summary>
    public IReadOnlyList<string> ApplicationProtocols { get; init; } = [];

    /// <summary>Offers and accepts raw public keys (RFC 7250) beside certificates. Default false; true by itself when <see cref="Certificate"/> is one.</summary>
    public bool AllowRawPublicKeys { get; init; }

    /// <summary>The longest plaintext of a record that the peer may send us, bytes, 64 to 16,384: RFC 8449. Default 16,384, which is not told.</summary>
    public int RecordSizeLimit { get; init; } = 1 << 14;

    internal CertificateType OwnCertificateType => Certificate is { Chain.Count: 0 } ? CertificateType.RawPublicKey : CertificateType.X509;
}
