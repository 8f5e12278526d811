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
    /// Goes on when the server does not select <c>coap</c> by ALPN. Default false: RFC 8323, 8.2 demands the selection on every port but
    /// 5684.
    /// </summary>
    public bool AllowMissingAlpn { get; init; }

    /// <summary>The cipher suites offered, best first. Default: <see cref="TlsCipherSuites.Default"/>. Linux and macOS only.</summary>
    public IReadOnlyList<TlsCipherSuite> CipherSuites { get; init; } = TlsCipherSuites.Default;
}
