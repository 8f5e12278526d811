using Surety.Coap;

namespace Surety.Testing.Coap;

/// <summary>A handler that tells the network when what it calls may go on elsewhere.</summary>
internal sealed class TrackedHandler(ICoapHandler inner, Action onCallback) : ICoapHandler
{
    public void OnRequest(ref IncomingRequest request)
    {
        inner.OnRequest(ref request);
        if (request.Deferred is not null)
            onCallback();
    }

    public bool OnNotification(in CoapPeer peer, in CoapMessage notification)
    {
        onCallback();
        return inner.OnNotification(peer, notification);
    }

    public BodyReceiver? OpenBody(ref IncomingRequest request)
    {
        BodyReceiver? receiver = inner.OpenBody(ref request);
        if (receiver is not null)
            onCallback();
        return receiver;
    }

    public bool? IsConditionMet(in IncomingRequest request) => inner.IsConditionMet(request);

    public void OnReset(in CoapPeer peer, ushort messageId) => inner.OnReset(peer, messageId);

    public void Commit() => inner.Commit();

    public void OnPeerReleased(in CoapPeer peer, ConnectionRelease release) => inner.OnPeerReleased(peer, release);

    public void OnPeerClosed(in CoapPeer peer) => inner.OnPeerClosed(peer);
}
