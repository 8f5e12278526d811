using System.Net.Security;

namespace Surety.Coap;

/// <summary>How a client secures a connection (RFC 8323, 9.1).</summary>
public sealed class TlsClientOptions
{
    /// <summary>Whose certificates are believed.</summary>
    public required CertificateTrust ServerTrust { get; init; }

    /// <summary>The client's own certificate, for servers that ask for one.</summary>
    public TlsCertificate? Certificate { get; init; }

    /// <summary>
    /// The name or address that the server's certificate must have in subjectAltName, and that is told to it by SNI when it is a name.
    /// Default null: the host that was connected to.
    /// </summary>
    public string? ServerName { get; init; }

    /// <summary>
    /// Whether the server's certificate must be for that name. Default true. False where the certificate itself is known beforehand, so that its
    /// name says nothing more (RFC 7671, 5.1).
    /// </summary>
    public bool ChecksServerName { get; init; } = true;

    /// <summary>Identity and key in place of certificates (RFC 4279). DTLS only: the platform's TLS has no suites for it.</summary>
    public TlsPreSharedKey? PreSharedKey { get; init; }

    /// <summary>The client's raw public key in place of a certificate (RFC 7250). DTLS only.</summary>
    public TlsRawPublicKey? RawPublicKey { get; init; }

    /// <summary>
    /// Goes on when the server does not select <c>coap</c> by ALPN. Default false: RFC 8323, 8.2 demands the selection on every port but
    /// 5684.
    /// </summary>
    public bool AllowMissingAlpn { get; init; }

    /// <summary>The cipher suites offered, best first. Default: <see cref="TlsCipherSuites.Default"/>. Linux and macOS only.</summary>
    public IReadOnlyList<TlsCipherSuite> CipherSuites { get; init; } = TlsCipherSuites.Default;
}
