using Surety.Coap;

namespace Surety.Testing.Coap;

/// <summary>A message that tells the network when it calls back, since continuations may then have something to post.</summary>
internal sealed class TrackedMessage(OutgoingMessage inner, Action onCallback) : OutgoingMessage
{
    public override bool ExpectsResponse => inner.ExpectsResponse;

    internal override bool IsUrgent => inner.IsUrgent;

    internal override CoapCode Write(ref CoapMessageWriter writer, RequestProcessor processor) => inner.Write(ref writer, processor);

    protected internal override void OnSent(ushort messageId) => inner.OnSent(messageId);

    protected internal override void OnResponse(in CoapPeer peer, in CoapMessage response)
    {
        onCallback();
        inner.OnResponse(peer, response);
    }

    protected internal override void OnAcknowledged()
    {
        onCallback();
        inner.OnAcknowledged();
    }

    protected internal override void OnFailed(ExchangeFailure failure)
    {
        onCallback();
        inner.OnFailed(failure);
    }
}
