using Surety.Coap;

namespace Surety.Server.Features.Connect;

/// <summary>
/// Answers what devices ask beside LwM2M, at the LwM2M server's ports and at the bootstrap server's: certificates over EST. Without a handler it answers
/// 4.04.
/// </summary>
internal sealed class DeviceFallback : ICoapHandler
{
    private volatile ICoapHandler? _handler;

    /// <summary>Who answers; set before the ports are opened.</summary>
    public ICoapHandler? Handler
    {
        get => _handler;
        set => _handler = value;
    }

    public void OnRequest(ref IncomingRequest request)
    {
        if (_handler is { } handler)
            handler.OnRequest(ref request);
        else
            request.RespondError(CoapCode.NotFound, "no such resource"u8);
    }

    public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => _handler?.OnNotification(peer, notification) ?? false;

    public BodyReceiver? OpenBody(ref IncomingRequest request) => _handler?.OpenBody(ref request);

    public bool? IsConditionMet(in IncomingRequest request) => _handler?.IsConditionMet(request);

    public void OnReset(in CoapPeer peer, ushort messageId) => _handler?.OnReset(peer, messageId);

    public void Commit() => _handler?.Commit();

    public void OnPeerReleased(in CoapPeer peer, ConnectionRelease release) => _handler?.OnPeerReleased(peer, release);

    public void OnPeerClosed(in CoapPeer peer) => _handler?.OnPeerClosed(peer);
}
