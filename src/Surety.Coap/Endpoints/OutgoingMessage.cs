namespace Surety.Coap;

/// <summary>
/// A request or notification of ours on its way. The endpoint calls back on its own thread: the overrides must be quick and must not
/// throw. A message is sent once; it may be used again when it has ended.
/// </summary>
public abstract class OutgoingMessage
{
    /// <summary>Sent Confirmable; no difference over reliable transports.</summary>
    public bool IsConfirmable { get; init; } = true;

    /// <summary>The token; for requests one is chosen when this is null.</summary>
    public CoapToken? Token { get; init; }

    /// <summary>A response will come. Notifications expect none.</summary>
    public virtual bool ExpectsResponse => true;

    /// <summary>Goes out at once, whatever else is outstanding with the peer.</summary>
    internal virtual bool IsUrgent => false;

    /// <summary>The engine's state for the message.</summary>
    internal object? Exchange { get; set; }

    /// <summary>Set by <see cref="CoapEndpoint.Cancel"/>; a message that still waits is then not sent.</summary>
    internal bool IsCancelled { get; set; }

    /// <summary>Writes options and payload of one message, and says its code.</summary>
    protected internal virtual CoapCode Write(ref CoapMessageWriter writer) => CoapCode.Empty;

    /// <summary>The same, for responses, whose bodies may need blocks.</summary>
    internal virtual CoapCode Write(ref CoapMessageWriter writer, RequestProcessor processor) => Write(ref writer);

    /// <summary>The message was sent with this Message ID (zero over reliable transports).</summary>
    protected internal virtual void OnSent(ushort messageId)
    {
    }

    /// <summary>
    /// The response has come; the message points into a receive buffer and is valid during the call. A request to a multicast address may
    /// be answered by several peers, until it fails with <see cref="ExchangeFailure.Timeout"/>.
    /// </summary>
    protected internal virtual void OnResponse(in CoapPeer peer, in CoapMessage response)
    {
    }

    /// <summary>A message that expects no response was acknowledged, or, when Non-confirmable or over a reliable transport, sent.</summary>
    protected internal virtual void OnAcknowledged()
    {
    }

    /// <summary>No response or acknowledgement will come.</summary>
    protected internal abstract void OnFailed(ExchangeFailure failure);
}
