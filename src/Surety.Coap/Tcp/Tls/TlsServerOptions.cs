using System.Net.Security;

namespace Surety.Coap;

/// <summary>How a server secures its connections (RFC 8323, 9.1).</summary>
public sealed class TlsServerOptions
{
    /// <summary>The server's certificate.</summary>
    public required TlsCertificate Certificate { get; init; }

    /// <summary>
    /// Chooses another certificate for a connection, by the name in the client's SNI (empty without one), so that certificates can be
    /// renewed while the server runs. Null, and a result of null, mean <see cref="Certificate"/>.
    /// </summary>
    public Func<string, TlsCertificate?>? SelectCertificate { get; init; }

    /// <summary>Whose certificates are believed.</summary>
    public CertificateTrust ClientTrust { get; init; } = new();

    /// <summary>Whether clients must prove who they are. Default: they must.</summary>
    public ClientCertificateMode ClientCertificate { get; init; } = ClientCertificateMode.Required;

    /// <summary>
    /// The cipher suites allowed, best first: the server's order decides. Default: <see cref="TlsCipherSuites.Default"/>. Linux and macOS only.
    /// The platform resumes no sessions where suites are chosen, so that every connection is verified anew.
    /// </summary>
    public IReadOnlyList<TlsCipherSuite> CipherSuites { get; init; } = TlsCipherSuites.Default;
}
