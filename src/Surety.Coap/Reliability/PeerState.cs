namespace Surety.Coap;

/// <summary>What the engine keeps for a peer that it sends to of its own accord, until a while after the last exchange.</summary>
internal sealed class PeerState(CoapEngine engine, PeerKey key) : TimerNode
{
    /// <summary>The peer, and the address of ours that it last spoke to.</summary>
    public PeerKey Key { get; set; } = key;

    /// <summary>Exchanges with this peer, newest first.</summary>
    public Exchange? First { get; set; }

    /// <summary>Outstanding interactions (RFC 7252, 4.7).</summary>
    public int Outstanding { get; set; }

    /// <summary>Messages that wait for NSTART or the probing rate.</summary>
    public Queue<OutgoingMessage>? Waiting { get; set; }

    /// <summary>Until when nothing new is sent, since the peer did not answer what was (PROBING_RATE).</summary>
    public long ProbeUntil { get; set; }

    public long LastUsed { get; set; }

    public bool HasWaiting => Waiting is { Count: > 0 };

    public override void OnTimeout(long now) => engine.OnPeerTimeout(this, now);
}
