namespace Surety.Coap;

/// <summary>A message of ours that waits for an acknowledgement, a response, or both (RFC 7252, 4.2, 5.2). Pooled.</summary>
internal sealed class Exchange(CoapEngine engine, int slot) : TimerNode
{
    public int Slot => slot;

    public OutgoingMessage? Message { get; set; }

    public PeerState Peer { get; set; } = null!;

    /// <summary>The next exchange with the same peer.</summary>
    public Exchange? NextOfPeer { get; set; }

    public CoapToken Token { get; set; }

    public ushort MessageId { get; set; }

    /// <summary>Neither acknowledged, answered nor timed out (RFC 7252, 4.7).</summary>
    public bool IsOutstanding { get; set; }

    /// <summary>Confirmable, and not acknowledged yet: retransmitted.</summary>
    public bool AwaitsAcknowledgement { get; set; }

    public bool ExpectsResponse { get; set; }

    /// <summary>Empty and Confirmable: the Reset that it gets is what it is sent for (RFC 7252, 4.3).</summary>
    public bool IsPing { get; set; }

    /// <summary>When it was first sent.</summary>
    public long Begun { get; set; }

    public int Retransmissions { get; set; }

    /// <summary>Milliseconds until the next retransmission; doubles each time.</summary>
    public long Timeout { get; set; }

    /// <summary>The datagram, from the pool, while it may have to be sent again.</summary>
    public byte[]? Datagram { get; set; }

    public int Length { get; set; }

    public override void OnTimeout(long now) => engine.OnExchangeTimeout(this, now);
}
