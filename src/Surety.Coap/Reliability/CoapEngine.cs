using Microsoft.Extensions.Logging;

namespace Surety.Coap;

/// <summary>
/// CoAP over an unreliable transport (RFC 7252, 4 and 5.2): retransmission, deduplication, matching, congestion control. Datagrams and the
/// time come in, datagrams go out; there are no sockets, clocks or threads in here. Used by one thread at a time.
/// </summary>
internal sealed partial class CoapEngine : IResponseOrigin, IDisposable
{
    private const long SweepInterval = 60_000;

    // An answer to a safe request is kept for repetition only when it is small: the request may as well be handled again (RFC 7252, 4.5).
    private const int MaxKeptSafeAnswer = 64;

    // For options, diagnostics and what else stands beside a block. What is longer is a fault of ours, not of the network.
    private const int RoomBesideBlock = 2048;

    private readonly CoapEndpoint _endpoint;
    private readonly ICoapHandler _handler;
    private readonly CoapEndpointOptions _options;
    private readonly IDatagramSink _sink;
    private readonly Random _random;
    private readonly RequestProcessor _processor;
    private readonly TransferStores _transfers;
    private readonly DeduplicationLog _seen;
    private readonly TimerWheel _timers;
    private readonly MessageIds _messageIds;
    private readonly Action<PendingResponse, CoapResponse> _completeLater;

    // The request in hand.
    private MessageType _type;
    private ushort _messageId;
    private long _now;

    /// <param name="endpoint">Whose engine this is.</param>
    /// <param name="handler">What stands above.</param>
    /// <param name="sink">Takes the outgoing datagrams.</param>
    /// <param name="random">For jitter, leisure and first Message IDs; tokens come from the system's generator.</param>
    /// <param name="completeLater">Brings a deferred response to the engine's thread, to be given to <see cref="Complete"/>.</param>
    /// <param name="logger">For what the peers do wrong, at debug level, and what we do, at error level.</param>
    /// <param name="now">Milliseconds of any clock that never goes back.</param>
    /// <param name="options">Limits and parameters; null: the endpoint's.</param>
    public CoapEngine(
        CoapEndpoint endpoint, ICoapHandler handler, IDatagramSink sink, Random random, Action<PendingResponse, CoapResponse> completeLater, ILogger logger, long now,
        CoapEndpointOptions? options = null)
    {
        _endpoint = endpoint;
        _handler = handler;
        _options = options ?? endpoint.Options;
        _sink = sink;
        _random = random;
        _completeLater = completeLater;
        _transfers = new TransferStores(_options);
        _processor = new RequestProcessor(handler, _options, _transfers, logger);
        _exchanges = new SlotTable<Exchange>(slot => new Exchange(this, slot));
        _seen = new DeduplicationLog(_options.DeduplicationMemory, _options.Transmission);
        _timers = new TimerWheel(now);
        _messageIds = new MessageIds(random);
        _now = now;
        _timers.Schedule(new Sweeper(this), now + SweepInterval);
    }

    /// <summary>What happened so far.</summary>
    public CoapStatistics Statistics { get; } = new();

    /// <summary>Bodies that are on their way in blocks.</summary>
    public TransferStores Transfers => _transfers;

    /// <summary>When to call <see cref="HandleTimeout"/> next, milliseconds.</summary>
    public long NextTimeout => _timers.NextTimeout;

    /// <summary>What <see cref="Forget"/> takes.</summary>
    public long Mark => _seen.Mark;

    /// <summary>The longest message that an endpoint with these options sends, when its token is not longer than the options say.</summary>
    public static int GetMaxMessage(CoapEndpointOptions options) =>
        CoapMessageWriter.HeaderLength(options.MaxTokenLength) + options.MaxBlockSize + RoomBesideBlock;

    /// <summary>Takes one datagram.</summary>
    public void Receive(in PeerKey peer, ReadOnlySpan<byte> datagram, bool isMulticast, long now)
    {
        _now = now;
        Statistics.Received++;
        CoapParseResult result = CoapMessage.Parse(datagram, out CoapMessage message);
        if (result != CoapParseResult.Message)
        {
            Statistics.Malformed++;
            if (result == CoapParseResult.FormatError && message.Type == MessageType.Confirmable && !isMulticast)
                SendEmpty(peer, MessageType.Reset, message.MessageId);
            return;
        }

        _endpoint.Trace?.OnMessage(new CoapPeer(_endpoint, peer), isSent: false, message);
        if (message.Type is MessageType.Acknowledgement or MessageType.Reset)
            ReceiveReply(peer, message);
        else if (message.Code.IsRequest)
            ReceiveRequest(peer, message, isMulticast);
        else if (message.Code.IsResponse && !isMulticast)
            ReceiveResponse(peer, message);
        else if (message.Type == MessageType.Confirmable && !isMulticast)
            SendEmpty(peer, MessageType.Reset, message.MessageId); // A ping, or a code without meaning here (RFC 7252, 4.2, 4.3).
    }

    /// <summary>A datagram was longer than the receive buffer: its header and options say whom to tell.</summary>
    public void ReceiveTruncated(in PeerKey peer, ReadOnlySpan<byte> datagram, bool isMulticast, long now)
    {
        _now = now;
        Statistics.Received++;
        Statistics.Malformed++;
        CoapParseResult result = CoapMessage.Parse(datagram, out CoapMessage message);
        if (isMulticast || result == CoapParseResult.Ignore)
            return;
        // RFC 7252, 4.6; 7959, 2.9.3: tells the client to use blocks. Not kept: it would be the same again.
        if (result == CoapParseResult.Message && message.Code.IsRequest && message.Type <= MessageType.NonConfirmable)
            RespondError(peer, message, CoapCode.RequestEntityTooLarge, _options.MaxRequestBody, "the datagram is longer than this server takes"u8);
        else if (message.Type == MessageType.Confirmable)
            SendEmpty(peer, MessageType.Reset, message.MessageId);
    }

    /// <summary>Does what is due.</summary>
    public void HandleTimeout(long now)
    {
        _now = now;
        _timers.Advance(now);
    }

    /// <summary>Makes durable what was handled. When this throws, the datagrams that were put out must not be sent, and <see cref="Forget"/> be called.</summary>
    public void Commit() => _handler.Commit();

    /// <summary>The answers since <paramref name="mark"/> were never sent: repeated requests are handled again.</summary>
    public void Forget(long mark) => _seen.Forget(mark);

    /// <summary>A session has ended: what waits for its peer fails.</summary>
    public void FailPeer(in PeerKey peer, ExchangeFailure failure)
    {
        if (_peers.TryGetValue(peer, out PeerState? state))
            FailAll(state, failure);
    }

    public void Dispose()
    {
        FailAll(ExchangeFailure.Closed);
        _seen.Dispose();
    }

    /// <summary>A buffer for a message of no more than the longest length.</summary>
    private Span<byte> RentMessage(in PeerKey peer, int tokenLength) => LimitMessage(_sink.Rent(peer), tokenLength);

    private Span<byte> LimitMessage(Span<byte> buffer, int tokenLength) =>
        buffer[..Math.Min(buffer.Length, CoapMessageWriter.HeaderLength(tokenLength) + _options.MaxBlockSize + RoomBesideBlock)];

    /// <summary>Sends the message that is in the buffer last rented.</summary>
    private void Transmit(in PeerKey peer, ReadOnlySpan<byte> datagram)
    {
        Statistics.Sent++;
        if (_endpoint.Trace is { } trace && CoapMessage.Parse(datagram, out CoapMessage message) == CoapParseResult.Message)
            trace.OnMessage(new CoapPeer(_endpoint, peer), isSent: true, message);
        _sink.Commit(datagram.Length);
    }

    private void SendEmpty(in PeerKey peer, MessageType type, ushort messageId)
    {
        Span<byte> buffer = _sink.Rent(peer);
        Transmit(peer, buffer[..CoapMessageWriter.WriteHeader(buffer, type, CoapCode.Empty, messageId, default)]);
    }

    /// <summary>Answers a request that no handler sees; nothing of it is kept.</summary>
    private void RespondError(in PeerKey peer, in CoapMessage request, CoapCode code, int size1, ReadOnlySpan<byte> diagnostic)
    {
        Span<byte> buffer = RentMessage(peer, request.Token.Length);
        var writer = new CoapMessageWriter(buffer, CoapMessageWriter.HeaderLength(request.Token.Length));
        if (size1 >= 0)
            writer.Option(CoapOptionNumber.Size1, (uint)size1);
        writer.Payload(diagnostic);
        if (writer.Overflowed)
            return;
        if (request.Type == MessageType.Confirmable)
            CoapMessageWriter.WriteHeader(buffer, MessageType.Acknowledgement, code, request.MessageId, request.Token);
        else
            CoapMessageWriter.WriteHeader(buffer, MessageType.NonConfirmable, code, _messageIds.Next(peer), request.Token);
        Transmit(peer, buffer[..writer.Finish()]);
    }

    private void Remember(in PeerKey peer, ushort messageId, DeduplicationLog.Answer answer, ReadOnlySpan<byte> datagram = default) =>
        _seen.Add(peer, messageId, answer, datagram, _now);

    /// <summary>Answers a repeated message as the first time (RFC 7252, 4.5).</summary>
    /// <param name="peer">Who sent it.</param>
    /// <param name="message">The message.</param>
    /// <param name="isMulticast">It came to a group.</param>
    /// <param name="buffer">A buffer for the answer, when the message is new.</param>
    /// <returns>False when it is new.</returns>
    private bool TryRepeat(in PeerKey peer, in CoapMessage message, bool isMulticast, out Span<byte> buffer)
    {
        // Before anything is looked up: to make room the sink may end its batch, and when that fails, what was answered in it is forgotten.
        buffer = _sink.Rent(peer);
        DeduplicationLog.Answer answer = _seen.Find(peer, message.MessageId, message.Type == MessageType.Confirmable, _now, out ReadOnlySpan<byte> datagram);
        if (answer == DeduplicationLog.Answer.Unknown)
            return false;
        Statistics.Duplicates++;
        // What was said to this Message ID when it came alone is nothing for a group (RFC 7252, 8.2).
        if (isMulticast)
            return true;
        switch (answer)
        {
            case DeduplicationLog.Answer.Acknowledged:
                SendEmpty(peer, MessageType.Acknowledgement, message.MessageId);
                break;
            case DeduplicationLog.Answer.Reset:
                SendEmpty(peer, MessageType.Reset, message.MessageId);
                break;
            case DeduplicationLog.Answer.Datagram:
                datagram.CopyTo(buffer);
                Transmit(peer, datagram);
                break;
        }

        return true;
    }

    private sealed class Sweeper(CoapEngine engine) : TimerNode
    {
        public override void OnTimeout(long now)
        {
            engine._transfers.Sweep(now);
            engine._timers.Schedule(this, now + SweepInterval);
        }
    }
}
