namespace Surety.Dtls;

/// <summary>How a server accepts clients.</summary>
public sealed record DtlsServerOptions : DtlsOptions
{
    /// <summary>Whether clients of suites with certificates must prove who they are. Default: they must.</summary>
    public ClientAuthentication ClientAuthentication { get; init; } = ClientAuthentication.Required;

    /// <summary>The keys of clients with pre-shared keys; null: there are none.</summary>
    public IPreSharedKeyStore? PreSharedKeys { get; init; }

    /// <summary>
    /// Chooses the certificate of a handshake, by the name in the client's SNI (empty without one): for several names, and for renewal while
    /// the server runs. Null, and a result of null, mean <see cref="DtlsOptions.Certificate"/>. Must be quick.
    /// </summary>
    public Func<string, DtlsCertificate?>? SelectCertificate { get; init; }

    /// <summary>Sessions that are remembered by id to be resumed (RFC 5246, 7.3). Default 10,000, about 200 bytes each; 0 turns it off.</summary>
    public int MaxCachedSessions { get; init; } = 10_000;

    /// <summary>Gives clients that ask for them tickets (RFC 5077), which cost the server no memory. Default true.</summary>
    public bool IssueTickets { get; init; } = true;

    /// <summary>How long a session can be resumed after its full handshake. Default 24 h (RFC 5246, F.1.4 advises no more).</summary>
    public TimeSpan ResumptionLifetime { get; init; } = TimeSpan.FromHours(24);
}
