using System.Net.Security;

namespace Surety.Dtls;

/// <summary>An established session: a few hundred bytes, and nothing native. Used by the thread of its engine.</summary>
public sealed class DtlsSession
{
    // No record is sent beyond this, so that there is room for the alert that ends the session (RFC 6347, 4.1).
    internal const ulong LastSequenceNumber = RecordHeader.MaxSequenceNumber - 16;

    private ulong _next;

    internal DtlsSession(ulong number, PeerAddress address, bool isServer, CipherSuite suite, PeerCredential peer)
    {
        Number = number;
        Address = address;
        IsServer = isServer;
        Suite = suite;
        Peer = peer.WithoutRawData();
    }

    /// <summary>Random, and never of another session; kept when the session is saved.</summary>
    public ulong Number { get; }

    /// <summary>Where the peer was last.</summary>
    public PeerAddress Address { get; internal set; }

    /// <summary>What the peer has proven.</summary>
    public PeerCredential Peer { get; }

    /// <summary>We are the server.</summary>
    public bool IsServer { get; }

    /// <summary>The cipher suite.</summary>
    public TlsCipherSuite CipherSuite => Suite.Id;

    /// <summary>The protocol selected by ALPN.</summary>
    public string? ApplicationProtocol { get; internal set; }

    /// <summary>The master secret depends on the whole handshake (RFC 7627).</summary>
    public bool HasExtendedMasterSecret { get; internal init; }

    /// <summary>It was resumed, not negotiated in full.</summary>
    public bool IsResumed { get; internal init; }

    /// <summary>The peer uses the Connection ID that we gave it: it may change its address.</summary>
    public bool HasConnectionId { get; private set; }

    /// <summary>A new address of the peer counts once it was seen that the peer can be reached there (RFC 9853).</summary>
    public bool ChecksReturnRoutability { get; private set; }

    /// <summary>It has ended: its keys are gone.</summary>
    public bool IsClosed { get; internal set; }

    /// <summary>The longest content of one record to the peer, bytes.</summary>
    public int MaxContent { get; private set; }

    /// <summary>What a client needs to resume it; null on servers, and where the server allows no resumption.</summary>
    public DtlsResumption? Resumption { get; internal set; }

    /// <summary>Whatever the layer above keeps with it.</summary>
    public object? Tag { get; set; }

    internal CipherSuite Suite { get; }

    internal TrafficKeys Keys { get; private set; } = null!;

    internal byte[] PeerConnectionId { get; private set; } = [];

    internal ConnectionIdForm ConnectionIdForm { get; private set; }

    /// <summary>The records of the peer.</summary>
    internal ReplayWindow Window;

    /// <summary>What ended the handshake, as long as it may be asked for again.</summary>
    internal LastFlight? LastFlight { get; set; }

    internal long LastReceived { get; set; }

    /// <summary>The time before which no more changes of address are believed; runs ahead by one interval each change.</summary>
    internal long AddressChanges { get; set; } = long.MinValue;

    /// <summary>What is known of an address that the peer may have now.</summary>
    internal PathCheck? PathCheck { get; set; }

    internal int Forgeries { get; set; }

    /// <summary>A server's: by which it can be resumed (<see cref="SessionCache"/>); 0: it cannot, or by a ticket.</summary>
    internal ulong CachedNumber { get; init; }


    // In the order of use, for the engine.
    internal DtlsSession? Previous { get; set; }

    internal DtlsSession? Following { get; set; }

    internal ulong NextSequenceNumber => _next;

    /// <summary>Where the content of a record begins that is to be sealed.</summary>
    internal int ContentOffset => RecordProtection.GetContentOffset(Suite.Cipher, PeerConnectionId.Length);

    /// <summary>What a record has behind its content, at most.</summary>
    internal int Trailer => RecordProtection.GetTrailer(Suite.Cipher, PeerConnectionId.Length);

    internal bool IsExhausted => _next > LastSequenceNumber;

    internal ulong TakeSequenceNumber() => _next++;

    internal void Adopt(
        TrafficKeys keys, byte[] peerConnectionId, ConnectionIdForm form, bool hasConnectionId, bool checksReturnRoutability, ulong next, in ReplayWindow window, int maxContent)
    {
        Keys = keys;
        PeerConnectionId = peerConnectionId;
        ConnectionIdForm = form;
        HasConnectionId = hasConnectionId;
        ChecksReturnRoutability = checksReturnRoutability;
        _next = next;
        Window = window;
        MaxContent = maxContent;
    }
}
