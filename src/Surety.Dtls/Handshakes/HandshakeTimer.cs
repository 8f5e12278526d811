namespace Surety.Dtls;

/// <summary>A handshake's entry among the timers; lets go of it when it is over.</summary>
internal sealed class HandshakeTimer(Handshake handshake, long due)
{
    public Handshake? Handshake { get; set; } = handshake;

    public long Due { get; set; } = due;
}
