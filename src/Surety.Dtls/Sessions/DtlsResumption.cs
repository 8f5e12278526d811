using System.Net.Security;

namespace Surety.Dtls;

/// <summary>What is needed to resume a session (RFC 5246, 7.3; RFC 5077): secret, and to be treated as such.</summary>
public sealed class DtlsResumption
{
    private const byte Version = 2;

    internal DtlsResumption(CipherSuite suite, byte[] masterSecret, bool hasExtendedMasterSecret, PeerCredential peer, DateTimeOffset created)
    {
        Suite = suite;
        MasterSecret = masterSecret;
        HasExtendedMasterSecret = hasExtendedMasterSecret;
        Peer = peer;
        Created = created;
    }

    /// <summary>What the peer proved in the full handshake.</summary>
    public PeerCredential Peer { get; }

    /// <summary>When that was.</summary>
    public DateTimeOffset Created { get; }

    internal CipherSuite Suite { get; }

    internal byte[] MasterSecret { get; }

    internal bool HasExtendedMasterSecret { get; }

    /// <summary>A client's: what it sends as session id.</summary>
    internal byte[] SessionId { get; init; } = [];

    /// <summary>A client's; null when the server keeps the session.</summary>
    internal byte[]? Ticket { get; init; }

    /// <summary>Writes it: not encrypted.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter();
        Write(writer);
        writer.Vector8(SessionId);
        writer.Vector16(Ticket ?? []);
        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> has written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DtlsResumption? resumption)
    {
        var reader = new WireReader(bytes);
        resumption = null;
        if (!TryRead(ref reader, out DtlsResumption? part))
            return false;
        byte[] sessionId = reader.Vector8().ToArray(), ticket = reader.Vector16().ToArray();
        if (!reader.IsComplete)
            return false;
        resumption = part!.With(sessionId, ticket.Length > 0 ? ticket : null);
        return true;
    }

    /// <summary>The same, for a server's memory: the certificate of the peer is in tickets alone.</summary>
    internal DtlsResumption With(PeerCredential peer) => new(Suite, MasterSecret, HasExtendedMasterSecret, peer, Created);

    internal DtlsResumption With(byte[] sessionId, byte[]? ticket) =>
        new(Suite, MasterSecret, HasExtendedMasterSecret, Peer, Created) { SessionId = sessionId, Ticket = ticket };

    internal void Write(WireWriter writer)
    {
        writer.UInt8(Version);
        writer.UInt16((int)Suite.Id);
        writer.UInt8(HasExtendedMasterSecret ? 1 : 0);
        writer.UInt64((ulong)Created.ToUnixTimeSeconds());
        writer.Vector8(MasterSecret);
        Peer.Write(writer);
    }

    internal static bool TryRead(ref WireReader reader, out DtlsResumption? resumption)
    {
        resumption = null;
        byte version = reader.UInt8();
        var suite = CipherSuite.Find((TlsCipherSuite)reader.UInt16());
        bool extended = reader.UInt8() == 1;
        ulong created = reader.UInt64();
        byte[] secret = reader.Vector8().ToArray();
        if (version != Version || suite is null || secret.Length != KeySchedule.MasterSecretLength || created > uint.MaxValue || !PeerCredential.TryRead(ref reader, out PeerCredential peer))
            return false;
        resumption = new(suite, secret, extended, peer, DateTimeOffset.FromUnixTimeSeconds((long)created));
        return true;
    }
}
