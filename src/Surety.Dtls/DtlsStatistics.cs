namespace Surety.Dtls;

/// <summary>What happened so far. Written by the engine's thread, read by any.</summary>
public sealed class DtlsStatistics
{
    /// <summary>Datagrams received.</summary>
    public long Datagrams { get; internal set; }

    /// <summary>Datagrams and records that belong to nothing, or cannot be read.</summary>
    public long Ignored { get; internal set; }

    /// <summary>Cookies asked for.</summary>
    public long CookieRequests { get; internal set; }

    /// <summary>Handshakes begun.</summary>
    public long Handshakes { get; internal set; }

    /// <summary>Handshakes completed, resumptions included.</summary>
    public long Established { get; internal set; }

    /// <summary>Of those, resumptions.</summary>
    public long Resumed { get; internal set; }

    /// <summary>Handshakes failed.</summary>
    public long Failed { get; internal set; }

    /// <summary>Handshakes given up for newer ones.</summary>
    public long Displaced { get; internal set; }

    /// <summary>Steps not taken because too many were waiting.</summary>
    public long Overloaded { get; internal set; }

    /// <summary>Records seen before, or too old to tell.</summary>
    public long Replayed { get; internal set; }

    /// <summary>Records whose tag was not right.</summary>
    public long Forged { get; internal set; }

    /// <summary>Challenges sent to addresses that peers seem to have now (RFC 9853).</summary>
    public long PathChallenges { get; internal set; }

    /// <summary>Changes of a session's address.</summary>
    public long AddressChanges { get; internal set; }

    /// <summary>Sessions dropped to make room.</summary>
    public long Evicted { get; internal set; }
}
