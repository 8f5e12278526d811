namespace Surety.Coap;

internal sealed partial class CoapTcpSession
{
    // RFC 8323, 7.2 lets us abort at the first. Some are to be expected: what was on its way when an observation was cancelled, or when a
    // request timed out. One that goes on is an observation that only a new connection ends, since there is no Reset.
    private const int MaxStrays = 64;

    private Queue<OutgoingMessage>? _waiting;
    private TcpExchange? _firstExchange;
    private int _outstanding;
    private int _strays;

    /// <summary>Sends a message of ours, or lets it wait for room.</summary>
    public void Send(OutgoingMessage message, long now)
    {
        _now = now;
        if (message.IsCancelled)
            return;
        if (State is CoapTcpSessionState.Releasing or CoapTcpSessionState.Released or CoapTcpSessionState.Ended)
        {
            Fail(message, _engine.EndFailure);
            return;
        }

        if (MustWait(message) && (_waiting?.Count >= _options.MaxWaitingPerPeer || _engine.WaitingCount + _engine.ExchangesInUse >= _options.MaxExchanges))
            Fail(message, ExchangeFailure.Overloaded);
        else
            WriteOrWait(message);
        Reschedule();
    }

    /// <summary>Gives a message up.</summary>
    public void Cancel(TcpExchange exchange, long now)
    {
        _now = now;
        EndExchange(exchange);
    }

    internal void OnExchangeTimeout(TcpExchange exchange, long now)
    {
        _now = now;
        OutgoingMessage message = exchange.Message!;
        // RFC 8323, 3.4: after so long without a sign of life, find out whether anybody is there.
        bool isSilent = _lastReceived <= exchange.SentAt;
        EndExchange(exchange);
        Fail(message, ExchangeFailure.Timeout);
        if (isSilent && State == CoapTcpSessionState.Open)
            WritePing();
        Reschedule();
    }

    private void WriteOrWait(OutgoingMessage message)
    {
        if (!MustWait(message))
        {
            Begin(message);
            return;
        }

        _waiting ??= new();
        _waiting.Enqueue(message);
        _engine.WaitingCount++;
    }

    private bool MustWait(OutgoingMessage message) => State == CoapTcpSessionState.ExpectCsm || IsStalled || _waiting is { Count: > 0 } || HasNoSlot(message);

    private bool HasNoSlot(OutgoingMessage message) => _outstanding >= _limits.MaxOutstandingRequests && message.ExpectsResponse;

    /// <summary>Lets go what waits, as far as there is room.</summary>
    private void Pump()
    {
        while (_waiting is { Count: > 0 } && State is not (CoapTcpSessionState.ExpectCsm or CoapTcpSessionState.Ended) && !IsStalled && !HasNoSlot(_waiting.Peek()))
        {
            OutgoingMessage message = _waiting.Dequeue();
            _engine.WaitingCount--;
            if (!message.IsCancelled)
                Begin(message);
        }
    }

    private void Begin(OutgoingMessage message)
    {
        bool expectsResponse = message.ExpectsResponse;
        var response = message as SeparateResponse;
        TcpExchange? exchange = null;
        CoapToken token = response?.Pending.Token ?? message.Token ?? default;
        if (expectsResponse)
        {
            if (_engine.ExchangesInUse >= _options.MaxExchanges)
            {
                Fail(message, ExchangeFailure.Overloaded);
                return;
            }

            exchange = _engine.RentExchange(this, message);
            token = exchange.Token;
        }

        Span<byte> tokenBytes = token.Length <= 64 ? stackalloc byte[64] : new byte[token.Length];
        tokenBytes = tokenBytes[..token.Length];
        token.CopyTo(tokenBytes);
        Span<byte> buffer = RentMessage(token.Length, out int start);
        var writer = new CoapMessageWriter(buffer, start);
        CoapCode code = message.Write(ref writer, PrepareProcessor());
        int end = writer.Finish();
        if (response is not null && writer.Overflowed)
        {
            code = CoapCode.InternalServerError;
            end = start;
        }
        else if (writer.Overflowed || (code.IsRequest && token.Length > _peerMaxTokenLength))
        {
            // RFC 8974, 2.2.1: a longer token would be a format error, and cost the connection.
            if (exchange is not null)
                _engine.ReturnExchange(exchange);
            Fail(message, ExchangeFailure.TooLarge);
            return;
        }

        // Tracked first: a message that cannot be written ends the session, and with it the exchange.
        if (exchange is not null)
            Track(exchange, message, isPing: code == CoapCode.Ping);
        Write(buffer, start, end, code, tokenBytes);
        if (State == CoapTcpSessionState.Ended)
            return;
        message.OnSent(0);
        if (!expectsResponse)
            message.OnAcknowledged();
        if (response is not null)
            FinishDeferred(response.Pending);
    }

    private void Track(TcpExchange exchange, OutgoingMessage message, bool isPing)
    {
        exchange.Message = message;
        exchange.IsPing = isPing;
        exchange.SentAt = _now;
        exchange.Next = _firstExchange;
        _firstExchange?.Previous = exchange;
        _firstExchange = exchange;
        _outstanding++;
        message.Exchange = exchange;
        if (message.Token is not null)
            _engine.ByToken[(this, exchange.Token)] = exchange;
        _engine.Timers.Schedule(exchange, _now + (long)_options.Transmission.ResponseTimeout.TotalMilliseconds);
    }

    private void ReceiveResponse(in CoapMessage message)
    {
        if (_engine.Find(this, new CoapToken(message.Token)) is { IsPing: false } exchange)
        {
            Respond(exchange, message);
            return;
        }

        if (_engine.Handler.OnNotification(_peer, message))
        {
            _strays = 0;
            return;
        }

        _engine.Statistics.Strays++;
        if (++_strays > MaxStrays)
            AbortWith("nobody here waits for these responses and notifications; deregister by GET with Observe 1 (RFC 8323, 7.4)");
    }

    private void Respond(TcpExchange exchange, in CoapMessage message)
    {
        OutgoingMessage owner = exchange.Message!;
        EndExchange(exchange);
        if (!message.Code.IsSignal && CoapEngine.HasUnknownCriticalOption(message))
            Fail(owner, ExchangeFailure.BadResponse);
        else
            owner.OnResponse(_peer, message);
    }

    private void EndExchange(TcpExchange exchange)
    {
        if (exchange.Previous is { } previous)
            previous.Next = exchange.Next;
        else
            _firstExchange = exchange.Next;
        exchange.Next?.Previous = exchange.Previous;
        _outstanding--;
        (CoapTcpSession, CoapToken) key = (this, exchange.Token);
        if (exchange.Message!.Token is not null && _engine.ByToken.TryGetValue(key, out TcpExchange? named) && named == exchange)
            _engine.ByToken.Remove(key);
        exchange.Message.Exchange = null;
        _engine.ReturnExchange(exchange);
        if (State == CoapTcpSessionState.Ended)
            return;
        Touch();
        Pump();
        FinishRelease();
    }

    private void Fail(OutgoingMessage message, ExchangeFailure failure)
    {
        _engine.Statistics.Failures++;
        message.OnFailed(failure);
    }

    /// <summary>The connection is to end: what was not sent yet is not sent at all, but for responses.</summary>
    private void RefuseWaiting()
    {
        for (int count = _waiting?.Count ?? 0; count > 0; count--)
        {
            OutgoingMessage message = _waiting!.Dequeue();
            _engine.WaitingCount--;
            if (message is SeparateResponse)
                WriteOrWait(message);
            else if (!message.IsCancelled)
                Fail(message, ExchangeFailure.Unreachable);
        }

        Pump();
    }

    private void FailAll()
    {
        while (_waiting is { Count: > 0 })
        {
            OutgoingMessage message = _waiting.Dequeue();
            _engine.WaitingCount--;
            if (!message.IsCancelled)
                Fail(message, _engine.EndFailure);
        }

        while (_firstExchange is { } exchange)
        {
            OutgoingMessage message = exchange.Message!;
            EndExchange(exchange);
            Fail(message, _engine.EndFailure);
        }
    }
}
