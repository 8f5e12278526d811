namespace Surety.Coap;

/// <summary>A request of ours, or a Ping, that waits for its response over a connection. Pooled.</summary>
internal sealed class TcpExchange(int slot) : TimerNode
{
    public int Slot => slot;

    public CoapTcpSession Session { get; set; } = null!;

    public OutgoingMessage? Message { get; set; }

    public CoapToken Token { get; set; }

    /// <summary>Answered by a Pong, not by a response.</summary>
    public bool IsPing { get; set; }

    public long SentAt { get; set; }

    public TcpExchange? Previous { get; set; }

    public TcpExchange? Next { get; set; }

    public override void OnTimeout(long now) => Session.OnExchangeTimeout(this, now);
}
