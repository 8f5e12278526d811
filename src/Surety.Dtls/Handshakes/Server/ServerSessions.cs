namespace Surety.Dtls;

/// <summary>What a server remembers of sessions, to resume them.</summary>
internal sealed class ServerSessions(SessionCache cache, TicketKeys tickets)
{
    public SessionCache Cache { get; } = cache;

    public TicketKeys Tickets { get; } = tickets;

    /// <summary>The session that a client wants to resume, when that may be.</summary>
    public DtlsResumption? FindResumption(ClientHello hello, DtlsServerOptions options, DateTimeOffset now)
    {
        DtlsResumption? resumption = options.IssueTickets && hello.Extensions.SessionTicket is { Length: > 0 } ticket
            ? Tickets.Open(ticket, now)
            : hello.SessionId.Length > 0 ? Cache.Find(hello.SessionId, now) : null;
        if (resumption is null || !hello.CipherSuites.Contains((ushort)resumption.Suite.Id) || !options.CipherSuites.Contains(resumption.Suite.Id))
            return null;
        // RFC 7366, 4: without the extension there is no encrypt-then-MAC.
        if (!resumption.Suite.Cipher.IsAead && !hello.Extensions.EncryptThenMac)
            return null;
        // RFC 7627, 5.3.
        if (resumption.HasExtendedMasterSecret && !hello.Extensions.ExtendedMasterSecret)
            throw new DtlsAlertException(AlertDescription.HandshakeFailure, "the client wants to resume a session with less than it had");
        if (resumption.HasExtendedMasterSecret != hello.Extensions.ExtendedMasterSecret)
            return null;
        if (resumption.Suite.HasCertificates && options.ClientAuthentication != ClientAuthentication.None)
        {
            if (resumption.Peer is not (PeerCredential.Certificate or PeerCredential.RawPublicKey))
                return options.ClientAuthentication == ClientAuthentication.Required ? null : resumption;
            return options.Verifier?.IsStillTrusted(resumption.Peer, now) == true ? resumption : null;
        }

        if (resumption.Peer is PeerCredential.PreSharedKey psk)
            return options.PreSharedKeys?.IsStillKnown(psk.Identity) == true ? resumption : null;
        return resumption;
    }
}
