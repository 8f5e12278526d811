using Microsoft.Extensions.Logging;

namespace Surety.Coap;

/// <summary>
/// CoAP over one reliable connection (RFC 8323): framing, capabilities, signaling, matching of responses. Bytes and the time come in, bytes
/// go out through <see cref="Output"/>; there are no sockets, clocks or threads in here.
/// </summary>
internal sealed partial class CoapTcpSession : TimerNode, IResponseOrigin, ITcpSession
{
    /// <summary>Max-Message-Size while a peer has not said otherwise (RFC 8323, 5.3.1).</summary>
    public const int BaseMaxMessageSize = 1152;

    // Smaller messages cannot carry a token, an ETag, a block option and a useful block.
    private const int LeastMaxMessageSize = 64;

    // RFC 7252, 4.6 reckons 128 bytes for header and options; where there is room, be more generous (RFC 8323, 5.3.2).
    private const int SmallOverhead = 128;
    private const int LargeOverhead = 256;

    private readonly CoapTcpEngine _engine;
    private readonly CoapEndpointOptions _options;
    private readonly CoapTcpOptions _limits;
    private readonly CoapPeer _peer;
    private volatile int _inlineBody;
    private volatile int _sizeExponent;
    private int _peerMaxMessageSize = BaseMaxMessageSize;
    private int _peerMaxTokenLength = CoapToken.MaxShortLength;
    private bool _peerHasBlockwise;
    private bool _isTouched;
    private bool _hasAnswered;
    private long _now;

    public CoapTcpSession(CoapTcpEngine engine, in PeerKey key, ITcpSessionOwner owner)
    {
        _engine = engine;
        _options = engine.Options;
        _limits = _options.Tcp;
        Owner = owner;
        Output = new OutputBuffer(engine.Segments);
        _peer = new CoapPeer(engine.Endpoint, key);
        UpdateLimits();
    }

    public PeerKey Key => _peer.Key;

    public ITcpSessionOwner Owner { get; }

    public CoapTcpSessionState State { get; private set; }

    /// <summary>What is to be sent: its committed part, as far as the peer takes it.</summary>
    public OutputBuffer Output { get; }

    public bool HasEnded => State == CoapTcpSessionState.Ended;

    public bool HasOutput => Output.Length > 0;

    /// <summary>The longest body that goes into one message to the peer, bytes.</summary>
    public int InlineBody => _inlineBody;

    /// <summary>The size exponent of blocks for the peer: 7, BERT, when it has said that it can (RFC 8323, 5.3.2).</summary>
    public int SizeExponent => _sizeExponent;

    /// <summary>So much waits to be sent that nothing more is taken in (<see cref="CoapTcpOptions.MaxOutgoingBacklog"/>).</summary>
    public bool IsStalled => Output.Length > _limits.MaxOutgoingBacklog;

    /// <summary>The length of the message that has begun to arrive, as far as it is known; bytes.</summary>
    public int Wanted { get; private set; }

    /// <summary>Why it ended.</summary>
    public string? EndReason { get; private set; }

    /// <summary>The connection is there: each side sends a CSM first (RFC 8323, 3.3).</summary>
    public void Start(long now)
    {
        _now = _startedAt = _lastReceived = now;
        Touch();
        WriteCsm();
        // Depends on nothing that could fail to be stored, and must stand first whatever comes behind it.
        Output.Commit();
        Reschedule();
    }

    /// <summary>Takes what was received, whole messages of it.</summary>
    /// <param name="input">Everything not yet taken.</param>
    /// <param name="now">Milliseconds.</param>
    /// <returns>The bytes taken. What remains is the beginning of a message, or, when <see cref="IsStalled"/>, must wait.</returns>
    public int Receive(ReadOnlySpan<byte> input, long now)
    {
        _now = _lastReceived = now;
        _pingSentAt = -1;
        Touch();
        int consumed = 0;
        bool isPartial = false;
        while (State != CoapTcpSessionState.Ended && !IsStalled)
        {
            CoapTcpFrameStatus status = CoapTcpFrame.TryRead(input[consumed..], _options.MaxMessageSize, _options.MaxTokenLength, out int length, out CoapMessage message);
            if (status == CoapTcpFrameStatus.Incomplete)
            {
                isPartial = true;
                FollowPartial(input.Length - consumed, length, isNew: consumed > 0);
                break;
            }

            if (status != CoapTcpFrameStatus.Message)
            {
                _engine.Statistics.Malformed++;
                AbortWith(status == CoapTcpFrameStatus.TooLong ? $"the message is longer than Max-Message-Size, {_options.MaxMessageSize} bytes" : "message format error");
                break;
            }

            _engine.Statistics.Received++;
            consumed += length;
            _engine.Endpoint.Trace?.OnMessage(_peer, isSent: false, message);
            Dispatch(message);
        }

        if (!isPartial)
            _partialSince = -1;
        Reschedule();
        return State == CoapTcpSessionState.Ended ? input.Length : consumed;
    }

    public bool TryPeek(out ReadOnlyMemory<byte> bytes) => Output.TryPeek(out bytes);

    public void ClearOutput() => Output.Clear();

    /// <summary>The connection has taken the first <paramref name="count"/> bytes of <see cref="Output"/>.</summary>
    public void OnSent(int count, long now)
    {
        _now = _lastProgress = now;
        Output.Advance(count);
        Pump();
        Reschedule();
    }

    /// <summary>The connection is gone; nothing can be sent any more.</summary>
    public void OnTransportClosed(string reason, long now)
    {
        _now = now;
        End(reason);
    }

    /// <summary>What was written may leave.</summary>
    public void Commit()
    {
        _isTouched = _hasAnswered = false;
        Output.Commit();
    }

    /// <summary>What was handled could not be made durable: it is not answered, and the peer must come back to learn so.</summary>
    public void Rollback(long now)
    {
        if (_hasAnswered)
        {
            _now = now;
            Output.Rollback();
            AbortWith("the server could not store what it received; repeat it");
        }

        Commit();
    }

    private void Dispatch(in CoapMessage message)
    {
        // RFC 8323, 3.4: Empty messages are ignored, whatever else is in them.
        if (message.Code.IsEmpty)
            return;
        // An Abort says more about a connection that will not be than its being out of order does.
        if (State == CoapTcpSessionState.ExpectCsm && message.Code != CoapCode.Csm && message.Code != CoapCode.Abort)
        {
            AbortWith("the first message must be a CSM (RFC 8323, 3.3)");
            return;
        }

        // Signals are about the connection: whether the handler could store something does not matter to them.
        if (!message.Code.IsSignal)
            MustCommit();
        try
        {
            if (message.Code.IsRequest)
                ReceiveRequest(message);
            else if (message.Code.IsResponse)
                ReceiveResponse(message);
            else if (message.Code.IsSignal)
                ReceiveSignal(message);
            else
                AbortWith($"the code {message.Code} is reserved");
        }
        catch (Exception e)
        {
            // A fault in a handler costs this message, not the connection.
            LogReceiveFailed(_engine.Logger, e, message.Code, _peer);
        }
    }

    /// <summary>What is written from now on must not leave before the handler has committed.</summary>
    private void MustCommit() => _hasAnswered = _engine.MustCommit = true;

    private void Touch()
    {
        if (_isTouched)
            return;
        _isTouched = true;
        _engine.Touch(this);
    }

    /// <summary>What a message to the peer may be, by its capabilities and our limit.</summary>
    private void UpdateLimits()
    {
        int limit = MaxFrame;
        int inline = Math.Max(limit - (limit >= 2048 ? LargeOverhead : SmallOverhead), 16);
        _inlineBody = inline;
        // RFC 8323, 5.3.2: the two options together say that the peer can do BERT.
        _sizeExponent = _peerHasBlockwise && _peerMaxMessageSize > BaseMaxMessageSize && inline >= 1024
            ? BlockValue.BertSizeExponent : BlockValue.ExponentFor(inline);
    }

    /// <summary>The longest message we send, bytes.</summary>
    private int MaxFrame => Math.Min(_peerMaxMessageSize, _options.MaxMessageSize);

    /// <summary>A buffer for one message to the peer: options and payload begin at <paramref name="bodyStart"/>, the header goes in front.</summary>
    private Span<byte> RentMessage(int tokenLength, out int bodyStart)
    {
        int limit = MaxFrame;
        bodyStart = CoapTcpFrame.MaxHeaderLength(tokenLength);
        return _engine.Rent(bodyStart + Math.Max(limit - CoapTcpFrame.HeaderLength(limit, tokenLength), 0));
    }

    /// <summary>Puts the header in front of a body and the message into the output.</summary>
    private void Write(Span<byte> buffer, int bodyStart, int bodyEnd, CoapCode code, ReadOnlySpan<byte> token)
    {
        int start = CoapTcpFrame.WriteHeader(buffer, bodyStart, bodyEnd - bodyStart, code, token);
        if (bodyEnd - start > _peerMaxMessageSize)
        {
            End("the peer's Max-Message-Size leaves no room for its own token");
            return;
        }

        Touch();
        if (Output.Length == 0)
            _lastProgress = _now;
        Output.Append(buffer[start..bodyEnd]);
        if (_engine.Endpoint.Trace is { } trace && CoapTcpFrame.TryRead(buffer[start..bodyEnd], int.MaxValue, int.MaxValue, out _, out CoapMessage message) == CoapTcpFrameStatus.Message)
            trace.OnMessage(_peer, isSent: true, message);
        _engine.Statistics.Sent++;
    }

    /// <summary>Tells the handler and all who wait that no more will come.</summary>
    private void End(string reason)
    {
        if (State == CoapTcpSessionState.Ended)
            return;
        bool wasKnown = State != CoapTcpSessionState.ExpectCsm;
        State = CoapTcpSessionState.Ended;
        EndReason = reason;
        Touch();
        _engine.Timers.Cancel(this);
        FailAll();
        _deferred?.Clear();
        _custody?.Clear();
        if (wasKnown)
        {
            _engine.MustCommit = true;
            try
            {
                _engine.Handler.OnPeerClosed(_peer);
            }
            catch (Exception e)
            {
                LogReceiveFailed(_engine.Logger, e, CoapCode.Empty, _peer);
            }
        }

        Owner.OnEnded(reason);
    }

    [LoggerMessage(1101, LogLevel.Error, "Handling {Code} from {Peer} failed")]
    private static partial void LogReceiveFailed(ILogger logger, Exception exception, CoapCode code, CoapPeer peer);

    [LoggerMessage(1102, LogLevel.Information, "Aborting the connection with {Peer}: {Reason}")]
    private static partial void LogAborting(ILogger logger, CoapPeer peer, string reason);

    [LoggerMessage(1103, LogLevel.Warning, "{Peer} aborted the connection: {Diagnostic}")]
    private static partial void LogAborted(ILogger logger, CoapPeer peer, string diagnostic);
}
