namespace Surety.Coap;

/// <summary>A request that was deferred, until its response comes. Its timer sends the acknowledgement meanwhile.</summary>
internal sealed class PendingResponse(CoapEngine engine, PeerKey peer, MessageType type, ushort messageId, CoapToken token, ResponseContext context) : TimerNode
{
    public PeerKey Peer => peer;

    public MessageType Type => type;

    public ushort MessageId => messageId;

    public CoapToken Token => token;

    public ResponseContext Context => context;

    public required RequestOptions Options { get; init; }

    public required bool IsMulticast { get; init; }

    /// <summary>The longest response before the peer has proven its address, bytes with header.</summary>
    public required int MaxLength { get; init; }

    public bool IsAcknowledged { get; set; }

    public override void OnTimeout(long now) => engine.AcknowledgePending(this);
}
