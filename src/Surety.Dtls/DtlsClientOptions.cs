namespace Surety.Dtls;

/// <summary>How a client connects.</summary>
public sealed record DtlsClientOptions : DtlsOptions
{
    /// <summary>Identity and key, for suites with pre-shared keys.</summary>
    public PreSharedKeyCredential? PreSharedKey { get; init; }

    /// <summary>
    /// The host that the server's certificate must be for, told to it by SNI when it is a name. Null: any certificate that the verifier
    /// believes will do, and no name is told.
    /// </summary>
    public string? ServerName { get; init; }

    /// <summary>
    /// Offers to take a certificate of the server. Default true; false, with raw public keys alone (RFC 7250), has a server that has both show its key:
    /// many show their certificate wherever that is among what the client takes.
    /// </summary>
    public bool AcceptsCertificates { get; init; } = true;

    /// <summary>Offers to use a Connection ID (RFC 9146). Default true.</summary>
    public bool OfferConnectionId { get; init; } = true;

    /// <summary>
    /// Offers, with a Connection ID, to check whether a new address of the other can be reached (RFC 9853). Default true, as its section 3 advises.
    /// </summary>
    public bool OfferReturnRoutabilityCheck { get; init; } = true;

    /// <summary>Asks the server for a ticket (RFC 5077). Default true.</summary>
    public bool RequestTicket { get; init; } = true;

    /// <summary>A session to resume, from <see cref="DtlsSession.Resumption"/> of an earlier connection to the same server.</summary>
    public DtlsResumption? Resumption { get; init; }

    /// <summary>
    /// A session that was made under these options may be resumed under others: the same credential is shown, and the same peer is asked for.
    /// </summary>
    public bool IsAsGoodAs(DtlsClientOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(Certificate, other.Certificate) && ReferenceEquals(PreSharedKey, other.PreSharedKey) && ServerName == other.ServerName;
    }
}
