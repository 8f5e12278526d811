using System.Buffers;

namespace Surety.Coap;

/// <summary>
/// CoAP over one TLS connection in the layout of RFC 7252, as Pelion's device client speaks it: each record is one message, with type and
/// Message ID, and acknowledgements and Resets mean what they mean over UDP.
/// </summary>
internal sealed class RecordSession(RecordEngine engine, PeerKey key, ITcpSessionOwner owner) : TimerNode, ITcpSession
{
    /// <summary>The longest message taken, bytes: a block of 1024 with all that can stand beside it.</summary>
    public const int MaxIncoming = 4096;

    /// <summary>Records one after the other that are no messages: such a peer is no CoAP client.</summary>
    public const int MaxMalformed = 16;

    // An Empty acknowledgement without token (RFC 7252, 3): version 1, type 2, code 0.00.
    private const byte AcknowledgementHeader = 0x60;

    private readonly Queue<ArraySegment<byte>> _output = new();
    private int _committed;
    private long _outputBytes;
    private long _lastReceived;
    private long _lastProgress;
    private int _malformed;
    private bool _isTouched;

    public PeerKey Key => key;

    public bool HasEnded { get; private set; }

    public bool IsStalled => _outputBytes > engine.Limits.MaxOutgoingBacklog;

    public bool HasOutput => _output.Count > 0;

    public int Wanted => 0;

    public int InlineBody => 1 << (engine.SizeExponent + 4);

    public int SizeExponent => engine.SizeExponent;

    public CoapPeer Peer(CoapEndpoint endpoint) => new(endpoint, key);

    public void Start(long now)
    {
        _lastReceived = _lastProgress = now;
        Reschedule();
    }

    public int Receive(ReadOnlySpan<byte> input, long now)
    {
        if (HasEnded)
            return input.Length;
        _lastReceived = now;
        if (input.Length > MaxIncoming)
        {
            engine.Statistics.Malformed++;
            End($"a TLS record held more than one message of {MaxIncoming} bytes");
            return input.Length;
        }

        // Pelion's client puts a Content-Format into Empty acknowledgements. By RFC 7252, 4.1 that is a format error, and its requests would
        // never be taken as acknowledged.
        ReadOnlySpan<byte> message = input;
        if (message.Length > CoapMessage.HeaderLength && message[0] == AcknowledgementHeader && message[1] == CoapCode.Empty.Value)
            message = message[..CoapMessage.HeaderLength];
        if (engine.Receive(this, message, now))
            _malformed = 0;
        else if (++_malformed == MaxMalformed)
            End($"{MaxMalformed} TLS records one after the other held no CoAP message");
        return input.Length;
    }

    public bool TryPeek(out ReadOnlyMemory<byte> bytes)
    {
        bytes = _committed > 0 ? _output.Peek() : default;
        return _committed > 0;
    }

    public void OnSent(int count, long now)
    {
        _lastProgress = now;
        _committed--;
        Drop();
        Reschedule();
    }

    public void OnTransportClosed(string reason, long now) => End(reason);

    public void Send(OutgoingMessage message, long now)
    {
        if (!HasEnded)
            engine.Send(this, message, now);
        else if (!message.IsCancelled)
            message.OnFailed(ExchangeFailure.Unreachable);
    }

    // There is no message that asks for the end of a connection: the client sees it, and comes back.
    public void Release(ConnectionRelease release, long now) => End(release.Diagnostic ?? "released");

    public void Abort(string diagnostic, long now) => End(diagnostic);

    public void ClearOutput()
    {
        while (_output.Count > 0)
            Drop();
        _committed = 0;
    }

    /// <summary>Puts a message behind those that wait; it may leave after the next commit.</summary>
    public void Append(ReadOnlySpan<byte> message)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(message.Length);
        message.CopyTo(buffer);
        if (_output.Count == 0)
            _lastProgress = _lastReceived;
        _output.Enqueue(new ArraySegment<byte>(buffer, 0, message.Length));
        _outputBytes += message.Length;
        Touch();
    }

    /// <summary>What was written may leave; or what was handled could not be made durable, is not answered, and the peer must come back.</summary>
    public void Commit(bool isDurable, long now)
    {
        _isTouched = false;
        if (isDurable)
            _committed = _output.Count;
        else
            Rollback();
        if (_committed > 0)
            _lastProgress = now;
        owner.Flush();
        Reschedule();
    }

    public override void OnTimeout(long now)
    {
        if (now >= SendDeadline)
            End("the peer does not take what is sent to it");
        else if (now >= IdleDeadline)
            End("nothing was received for a long time");
        Reschedule();
    }

    private long SendDeadline => _output.Count == 0 ? long.MaxValue : _lastProgress + (long)engine.Limits.SendTimeout.TotalMilliseconds;

    private long IdleDeadline => engine.Limits.IdleTimeout is { } idle ? _lastReceived + (long)idle.TotalMilliseconds : long.MaxValue;

    private void Rollback()
    {
        int kept = _committed;
        var messages = _output.ToArray();
        _output.Clear();
        _outputBytes = 0;
        foreach (ArraySegment<byte> message in messages)
        {
            if (kept-- > 0)
            {
                _output.Enqueue(message);
                _outputBytes += message.Count;
            }
            else
            {
                ArrayPool<byte>.Shared.Return(message.Array!);
            }
        }

        End("the server could not store what it received; repeat it");
    }

    private void Drop()
    {
        ArraySegment<byte> message = _output.Dequeue();
        _outputBytes -= message.Count;
        ArrayPool<byte>.Shared.Return(message.Array!);
    }

    private void Touch()
    {
        if (_isTouched)
            return;
        _isTouched = true;
        engine.Touch(this);
    }

    private void End(string reason)
    {
        if (HasEnded)
            return;
        HasEnded = true;
        engine.Timers.Cancel(this);
        engine.OnEnded(this);
        Touch();
        owner.OnEnded(reason);
    }

    /// <summary>Sees to it that the timer fires no later than the next deadline. It may fire earlier, and then looks again.</summary>
    private void Reschedule()
    {
        if (HasEnded)
            return;
        long next = Math.Min(SendDeadline, IdleDeadline);
        if (next != long.MaxValue && (!IsScheduled || next < Deadline))
            engine.Timers.Schedule(this, next);
    }
}
