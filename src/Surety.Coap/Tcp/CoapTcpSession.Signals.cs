using System.Text;

namespace Surety.Coap;

internal sealed partial class CoapTcpSession
{
    // A peer has no reason to ask for custody again and again while it waits for it.
    private const int MaxCustodyPings = 16;

    private Queue<(CoapToken Token, long Order)>? _custody;

    /// <summary>Asks the peer to finish and to close the connection (RFC 8323, 5.5).</summary>
    public void Release(ConnectionRelease release, long now)
    {
        _now = now;
        if (State is CoapTcpSessionState.Releasing or CoapTcpSessionState.Released or CoapTcpSessionState.Ended)
            return;
        if (State == CoapTcpSessionState.ExpectCsm)
        {
            End(release.Diagnostic ?? "released");
            return;
        }

        Span<byte> buffer = RentMessage(0, out int start);
        var writer = new CoapMessageWriter(buffer, start);
        release.Write(ref writer);
        Write(buffer, start, writer.Finish(), CoapCode.Release, default);
        BeginRelease(CoapTcpSessionState.Releasing, now);
    }

    /// <summary>Ends the connection at once, and says why (RFC 8323, 5.6).</summary>
    public void Abort(string diagnostic, long now)
    {
        _now = now;
        AbortWith(diagnostic);
    }

    private void WriteCsm()
    {
        Span<byte> buffer = RentMessage(0, out int start);
        var writer = new CoapMessageWriter(buffer, start);
        writer.Option(SignalingOption.MaxMessageSize, (uint)_options.MaxMessageSize);
        writer.Option(SignalingOption.BlockWiseTransfer, ""u8);
        if (_options.MaxTokenLength > CoapToken.MaxShortLength)
            writer.Option(SignalingOption.ExtendedTokenLength, (uint)_options.MaxTokenLength);
        Write(buffer, start, writer.Finish(), CoapCode.Csm, default);
    }

    private void ReceiveSignal(in CoapMessage message)
    {
        if (message.Code == CoapCode.Abort)
        {
            string diagnostic = message.Payload.IsEmpty ? "no reason given" : Encoding.UTF8.GetString(message.Payload);
            LogAborted(_engine.Logger, _peer, diagnostic);
            End("the peer aborted the connection: " + diagnostic);
            return;
        }

        if (FindCritical(message) is { } critical)
        {
            // RFC 8323, 5.2, 5.6
            bool isCsm = message.Code == CoapCode.Csm;
            AbortWith($"option {critical} of {message.Code} is critical and not understood", isCsm ? critical : null);
        }
        else if (message.Code == CoapCode.Csm)
        {
            ReceiveCsm(message);
        }
        else if (message.Code == CoapCode.Ping)
        {
            ReceivePing(message);
        }
        else if (message.Code == CoapCode.Pong)
        {
            if ((_engine.Find(this, new CoapToken(message.Token)) ?? FindPing(message.Token)) is { IsPing: true } exchange)
                Respond(exchange, message);
        }
        else if (message.Code == CoapCode.Release)
        {
            var release = ConnectionRelease.Read(message);
            BeginRelease(CoapTcpSessionState.Released, _now);
            _engine.Handler.OnPeerReleased(_peer, release);
            FinishRelease();
        }
    }

    private void ReceiveCsm(in CoapMessage message)
    {
        int previous = -1;
        foreach (CoapOption option in message.Options)
        {
            // RFC 7252, 5.4.3, 5.4.5: an elective option with a wrong length, or a repeated one, is ignored.
            if ((int)option.Number == previous)
                continue;
            previous = (int)option.Number;
            switch (option.Number)
            {
                case SignalingOption.MaxMessageSize when option.Value.Length <= 4:
                    if (option.UInt < LeastMaxMessageSize)
                    {
                        AbortWith($"a Max-Message-Size of {option.UInt} leaves no room for messages", previous);
                        return;
                    }

                    _peerMaxMessageSize = (int)Math.Min(option.UInt, int.MaxValue);
                    break;
                case SignalingOption.BlockWiseTransfer when option.Value.IsEmpty:
                    _peerHasBlockwise = true;
                    break;
                case SignalingOption.ExtendedTokenLength when option.Value.Length <= 3 && option.UInt >= CoapToken.MaxShortLength:
                    _peerMaxTokenLength = (int)Math.Min(option.UInt, CoapToken.MaxExtendedLength);
                    break;
            }
        }

        UpdateLimits();
        if (State != CoapTcpSessionState.ExpectCsm)
            return;
        State = CoapTcpSessionState.Open;
        Owner.OnReady();
        Pump();
    }

    private void ReceivePing(in CoapMessage message)
    {
        bool wantsCustody = message.TryGetOption(SignalingOption.Custody, out _);
        if (wantsCustody)
            MustCommit();
        if (!wantsCustody || _deferred is null or { Count: 0 })
        {
            WritePong(message.Token, wantsCustody);
            return;
        }

        // RFC 8323, 5.4.1: after all requests received before the Ping are processed.
        _custody ??= new();
        if (_custody.Count < MaxCustodyPings)
            _custody.Enqueue((new CoapToken(message.Token), _deferredOrder));
        else
            WritePong(message.Token, hasCustody: false);
    }

    /// <summary>libcoap 4.3 answers every Ping with an empty token, against RFC 8323, 5.4: it belongs to the oldest one.</summary>
    private TcpExchange? FindPing(ReadOnlySpan<byte> token)
    {
        TcpExchange? oldest = null;
        for (TcpExchange? exchange = token.IsEmpty ? _firstExchange : null; exchange is not null; exchange = exchange.Next)
            oldest = exchange.IsPing ? exchange : oldest;
        return oldest;
    }

    private void AnswerCustodyPings()
    {
        while (_custody is { Count: > 0 } && _custody.Peek() is var (token, order) && (_deferred!.First is not { } oldest || oldest.Value.Order >= order))
        {
            _custody.Dequeue();
            byte[] bytes = new byte[token.Length];
            token.CopyTo(bytes);
            WritePong(bytes, hasCustody: true);
        }
    }

    private void WritePong(ReadOnlySpan<byte> token, bool hasCustody)
    {
        Span<byte> buffer = RentMessage(token.Length, out int start);
        var writer = new CoapMessageWriter(buffer, start);
        if (hasCustody)
            writer.Option(SignalingOption.Custody, ""u8);
        Write(buffer, start, writer.Finish(), CoapCode.Pong, token);
    }

    /// <summary>A Ping of our own, with an empty token: whatever comes back proves that the peer is there.</summary>
    private void WritePing()
    {
        if (_pingSentAt >= 0)
            return;
        _pingSentAt = _now;
        Span<byte> buffer = RentMessage(0, out int start);
        Write(buffer, start, start, CoapCode.Ping, default);
    }

    private void BeginRelease(CoapTcpSessionState state, long now)
    {
        if (State is not (CoapTcpSessionState.Releasing or CoapTcpSessionState.Released))
            _releaseDeadline = now + (long)_limits.ReleaseTimeout.TotalMilliseconds;
        State = state;
        RefuseWaiting();
        Reschedule();
    }

    /// <summary>RFC 8323, 5.5: closes once the peer has all answers, and we have ours.</summary>
    private void FinishRelease()
    {
        if (State == CoapTcpSessionState.Released && _deferred is null or { Count: 0 } && _firstExchange is null)
            End("the peer released the connection");
    }

    private void AbortWith(string diagnostic, int? badCsmOption = null)
    {
        if (State == CoapTcpSessionState.Ended)
            return;
        LogAborting(_engine.Logger, _peer, diagnostic);
        Span<byte> buffer = RentMessage(0, out int start);
        var writer = new CoapMessageWriter(buffer, start);
        if (badCsmOption is { } number)
            writer.Option(SignalingOption.BadCsmOption, (uint)number);
        byte[] text = Encoding.UTF8.GetBytes(diagnostic);
        // A peer that takes next to nothing still learns the option's number.
        if (text.Length < writer.Remaining)
            writer.Payload(text);
        Write(buffer, start, writer.Finish(), CoapCode.Abort, default);
        End(diagnostic);
    }

    /// <summary>All options defined for signaling messages are elective: any critical one is unknown.</summary>
    private static int? FindCritical(in CoapMessage message)
    {
        foreach (CoapOption option in message.Options)
        {
            if (option.Number.IsCritical())
                return (int)option.Number;
        }

        return null;
    }
}
