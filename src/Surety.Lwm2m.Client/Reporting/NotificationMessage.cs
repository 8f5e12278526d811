using System.Security.Cryptography;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>A notification on its way.</summary>
/// <param name="observation">Whose.</param>
/// <param name="code">2.05, or an error, which ends the observation.</param>
/// <param name="format">The Content-Format of a 2.05.</param>
/// <param name="payload">The whole body.</param>
/// <param name="peer">The server.</param>
internal sealed class NotificationMessage(Observation observation, CoapCode code, ContentFormat format, byte[] payload, CoapPeer peer) : OutgoingMessage
{
    // Options and what else stands beside a block.
    private const int RoomBesideBody = 64;

    private readonly uint _sequence = observation.NextSequence();

    /// <summary>The values, when they are kept until they were delivered.</summary>
    public StoredNotification? Kept { get; init; }

    public override bool ExpectsResponse => false;

    protected override CoapCode Write(ref CoapMessageWriter writer)
    {
        // Over reliable transports the buffer is as long as the peer's messages may be (RFC 8323, 5.3.1).
        int blockSize = peer.Endpoint.IsReliable ? peer.Endpoint.Options.MaxBlockSize : peer.GetInlineBody();
        bool isBlockwise = code.IsSuccess && payload.Length > (peer.Endpoint.IsReliable ? writer.Remaining - RoomBesideBody : blockSize);
        // RFC 7959, 2.6: the first block goes in the notification, the rest is fetched. The tag lets the server see whether the rest is of the same state.
        if (isBlockwise)
            writer.Option(CoapOptionNumber.ETag, SHA256.HashData(payload).AsSpan(0, 8));
        if (code.IsSuccess)
        {
            writer.Option(CoapOptionNumber.Observe, _sequence);
            writer.ContentFormat(format);
        }

        if (isBlockwise)
        {
            writer.Option(CoapOptionNumber.Block2, new BlockValue(0, true, BlockValue.ExponentFor(blockSize)).ToUInt());
            writer.Option(CoapOptionNumber.Size2, (uint)payload.Length);
        }

        writer.Payload(payload.AsSpan(0, isBlockwise ? blockSize : payload.Length));
        return code;
    }

    protected override void OnSent(ushort messageId) => observation.OnSent(messageId);

    protected override void OnAcknowledged() => observation.OnDelivered();

    protected override void OnFailed(ExchangeFailure failure) => observation.OnFailed(this, failure);
}
