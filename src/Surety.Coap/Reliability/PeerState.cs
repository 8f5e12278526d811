namespace Surety.Coap;

/// <summary>What the engine keeps for a peer it has sent to within the last EXCHANGE_LIFETIME.</summary>
internal sealed class PeerState(CoapEngine engine, PeerKey key, ushort nextMessageId) : TimerNode
{
    private ushort _nextMessageId = nextMessageId;

    public PeerKey Key => key;

    /// <summary>Exchanges with this peer, newest first.</summary>
    public Exchange? First { get; set; }

    /// <summary>Outstanding interactions (RFC 7252, 4.7).</summary>
    public int Outstanding { get; set; }

    /// <summary>Messages that wait for NSTART or the probing rate.</summary>
    public Queue<OutgoingMessage>? Waiting { get; set; }

    /// <summary>Until when nothing new is sent, since the peer did not answer what was (PROBING_RATE).</summary>
    public long ProbeUntil { get; set; }

    public long LastUsed { get; set; }

    public ushort NextMessageId() => _nextMessageId++;

    public override void OnTimeout(long now) => engine.OnPeerTimeout(this, now);
}
