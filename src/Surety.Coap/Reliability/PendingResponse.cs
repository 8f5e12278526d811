namespace Surety.Coap;

/// <summary>A request that was deferred, until its response comes. Its timer sends the acknowledgement meanwhile.</summary>
internal sealed class PendingResponse(
    CoapEngine engine, PeerKey peer, MessageType type, ushort messageId, CoapToken token, ResponseContext context, RequestOptions options, bool isMulticast) : TimerNode
{
    public PeerKey Peer => peer;

    public MessageType Type => type;

    public ushort MessageId => messageId;

    public CoapToken Token => token;

    public ResponseContext Context => context;

    public RequestOptions Options => options;

    public bool IsMulticast => isMulticast;

    public bool IsAcknowledged { get; set; }

    public override void OnTimeout(long now) => engine.AcknowledgePending(this);
}
