using System.Buffers;

namespace Surety.Coap;

internal sealed partial class CoapEngine
{
    // A peer is forgotten when nothing has been sent to it for this long; nothing but memory depends on it.
    private const long PeerIdle = 30_000;

    private readonly Dictionary<PeerKey, PeerState> _peers = [];
    private int _waitingCount;

    /// <summary>Messages of ours that wait: for an acknowledgement, a response, or their turn.</summary>
    public int OpenCount => _exchanges.InUse + _waitingCount;

    /// <summary>Peers that state is kept for.</summary>
    public int PeerCount => _peers.Count;

    /// <summary>Sends a message of ours, or lets it wait for its turn.</summary>
    public void Send(in PeerKey peer, OutgoingMessage message, long now)
    {
        _now = now;
        if (message.IsCancelled)
            return;
        PeerState state = GetPeer(peer);
        if (message.IsUrgent || (!state.HasWaiting && MaySend(state)))
        {
            Begin(state, message);
            return;
        }

        if ((state.Waiting?.Count ?? 0) >= _options.MaxWaitingPerPeer || OpenCount >= _options.MaxExchanges)
        {
            Statistics.Failures++;
            message.OnFailed(ExchangeFailure.Overloaded);
            return;
        }

        state.Waiting ??= new();
        state.Waiting.Enqueue(message);
        message.Exchange = state;
        _waitingCount++;
        if (state.ProbeUntil > now)
            _timers.Schedule(state, state.ProbeUntil);
    }

    /// <summary>Gives a message up.</summary>
    public void Cancel(OutgoingMessage message, long now)
    {
        _now = now;
        message.IsCancelled = true;
        switch (message.Exchange)
        {
            case Exchange exchange:
                End(exchange);
                break;
            case PeerState state:
                message.Exchange = null;
                _waitingCount--;
                state.Waiting = new(state.Waiting!.Where(waiting => waiting != message));
                break;
        }
    }

    internal void OnExchangeTimeout(Exchange exchange, long now)
    {
        _now = now;
        TransmissionParameters transmission = _options.Transmission;
        if (exchange.AwaitsAcknowledgement && exchange.Retransmissions < transmission.MaxRetransmit)
        {
            exchange.Retransmissions++;
            exchange.Timeout *= 2;
            // RFC 7252, 4.2: after a sleep of ours the opportunity is missed rather than MAX_TRANSMIT_SPAN exceeded.
            if (now - exchange.Begun <= (long)transmission.MaxTransmitSpan.TotalMilliseconds)
            {
                Statistics.Retransmissions++;
                ReadOnlySpan<byte> datagram = exchange.Datagram.AsSpan(0, exchange.Length);
                datagram.CopyTo(_sink.Rent(exchange.Peer.Key));
                Transmit(exchange.Peer.Key, datagram);
            }

            _timers.Schedule(exchange, Math.Max(exchange.Deadline + exchange.Timeout, now + (long)transmission.AckTimeout.TotalMilliseconds));
            return;
        }

        if (exchange is { AwaitsAcknowledgement: false, IsOutstanding: true })
        {
            // A Non-confirmable request: still open, but its place is given to the next one, not faster than PROBING_RATE (RFC 7252, 4.7).
            exchange.Peer.ProbeUntil = exchange.Begun + (long)(exchange.Length / transmission.ProbingRate * 1000);
            _timers.Schedule(exchange, exchange.Begun + (long)transmission.NonLifetime.TotalMilliseconds);
            Release(exchange);
            return;
        }

        Fail(exchange, ExchangeFailure.Timeout);
    }

    internal void OnPeerTimeout(PeerState state, long now)
    {
        _now = now;
        Pump(state);
        if (state.First is null && !state.HasWaiting && state.ProbeUntil <= now && now - state.LastUsed >= PeerIdle)
            _peers.Remove(state.Key);
        else if (!state.IsScheduled)
            _timers.Schedule(state, Math.Max(now + PeerIdle, state.ProbeUntil));
    }

    private PeerState GetPeer(in PeerKey peer)
    {
        if (!_peers.TryGetValue(peer, out PeerState? state))
        {
            state = new PeerState(this, peer);
            _peers.Add(peer, state);
            _timers.Schedule(state, _now + PeerIdle);
        }

        state.LastUsed = _now;
        // It may have gone on to speak to another address of ours.
        if (peer.LocalIndex != 0)
            state.Key = peer;
        return state;
    }

    private bool MaySend(PeerState peer) => peer.Outstanding < _options.Transmission.NStart && _now >= peer.ProbeUntil;

    private void Begin(PeerState peer, OutgoingMessage message)
    {
        message.Exchange = null;
        if (_exchanges.InUse >= _options.MaxExchanges)
        {
            Statistics.Failures++;
            message.OnFailed(ExchangeFailure.Overloaded);
            return;
        }

        Exchange exchange = _exchanges.Rent();
        exchange.Peer = peer;
        exchange.ExpectsResponse = message.ExpectsResponse;
        exchange.Token = message.Token ?? SlotToken.Create(exchange.Slot);
        Span<byte> token = exchange.Token.Length <= MaxStackToken ? stackalloc byte[exchange.Token.Length] : new byte[exchange.Token.Length];
        exchange.Token.CopyTo(token);

        // RFC 7252, 8.1: a multicast request is Non-confirmable, whatever was asked for.
        bool isConfirmable = message.IsConfirmable && !peer.Key.IsMulticast;
        Span<byte> buffer = RentMessage(peer.Key, token.Length);
        CoapCode code;
        int length;
        try
        {
            var writer = new CoapMessageWriter(buffer, CoapMessageWriter.HeaderLength(token.Length));
            _processor.Now = _now;
            code = message.Write(ref writer, _processor);
            length = writer.Finish();
            if (writer.Overflowed)
            {
                _exchanges.Return(exchange);
                Statistics.Failures++;
                message.OnFailed(ExchangeFailure.TooLarge);
                return;
            }
        }
        catch
        {
            _exchanges.Return(exchange);
            Statistics.Failures++;
            message.OnFailed(ExchangeFailure.Cancelled);
            throw;
        }

        exchange.MessageId = _messageIds.Next(peer.Key);
        exchange.IsPing = code.IsEmpty;
        // An Empty message has no token (RFC 7252, 4.1).
        if (exchange.IsPing)
        {
            token = default;
            length = CoapMessage.HeaderLength;
        }

        CoapMessageWriter.WriteHeader(buffer, isConfirmable ? MessageType.Confirmable : MessageType.NonConfirmable, code, exchange.MessageId, token);
        if (!isConfirmable && !exchange.ExpectsResponse)
        {
            Transmit(exchange.Peer.Key, buffer[..length]);
            message.OnSent(exchange.MessageId);
            _exchanges.Return(exchange);
            message.OnAcknowledged();
            return;
        }

        Track(exchange, message, buffer[..length], isConfirmable);
        Transmit(exchange.Peer.Key, buffer[..length]);
        message.OnSent(exchange.MessageId);
    }

    private void Track(Exchange exchange, OutgoingMessage message, ReadOnlySpan<byte> datagram, bool isConfirmable)
    {
        PeerState peer = exchange.Peer;
        exchange.Message = message;
        message.Exchange = exchange;
        exchange.NextOfPeer = peer.First;
        peer.First = exchange;
        exchange.IsOutstanding = !message.IsUrgent;
        if (exchange.IsOutstanding)
            peer.Outstanding++;
        if (message.Token is not null && exchange.ExpectsResponse)
            _byToken[TokenKey(exchange)] = exchange;

        TransmissionParameters transmission = _options.Transmission;
        double jitter = 1 + (_random.NextDouble() * (transmission.AckRandomFactor - 1));
        exchange.Timeout = (long)(transmission.AckTimeout.TotalMilliseconds * jitter);
        exchange.Retransmissions = 0;
        exchange.AwaitsAcknowledgement = isConfirmable;
        exchange.Length = datagram.Length;
        exchange.Begun = _now;
        if (isConfirmable)
        {
            exchange.Datagram = ArrayPool<byte>.Shared.Rent(datagram.Length);
            datagram.CopyTo(exchange.Datagram);
        }

        _timers.Schedule(exchange, _now + exchange.Timeout);
    }

    private void Fail(Exchange exchange, ExchangeFailure failure)
    {
        Statistics.Failures++;
        OutgoingMessage? owner = exchange.Message;
        End(exchange);
        owner?.OnFailed(failure);
    }

    private void FailAll(ExchangeFailure failure)
    {
        foreach (PeerState peer in _peers.Values.ToArray())
            FailAll(peer, failure);
    }

    private void FailAll(PeerState peer, ExchangeFailure failure)
    {
        while (peer.HasWaiting)
        {
            OutgoingMessage message = peer.Waiting!.Dequeue();
            _waitingCount--;
            message.Exchange = null;
            Statistics.Failures++;
            message.OnFailed(failure);
        }

        while (peer.First is { } exchange)
            Fail(exchange, failure);
    }

    /// <summary>The exchange is over; its slot is free.</summary>
    private void End(Exchange exchange)
    {
        _timers.Cancel(exchange);
        ReturnDatagram(exchange);
        PeerState peer = exchange.Peer;
        if (peer.First == exchange)
        {
            peer.First = exchange.NextOfPeer;
        }
        else
        {
            Exchange previous = peer.First!;
            while (previous.NextOfPeer != exchange)
                previous = previous.NextOfPeer!;
            previous.NextOfPeer = exchange.NextOfPeer;
        }

        exchange.NextOfPeer = null;
        // A later request with the same token has taken the place.
        if (exchange.Message!.Token is not null && exchange.ExpectsResponse && _byToken.TryGetValue(TokenKey(exchange), out Exchange? found) && found == exchange)
            _byToken.Remove(TokenKey(exchange));
        exchange.Message.Exchange = null;
        exchange.Message = null;
        exchange.AwaitsAcknowledgement = false;
        _exchanges.Return(exchange);
        Release(exchange);
    }

    /// <summary>The exchange is not outstanding any more: the next message to the peer may go.</summary>
    private void Release(Exchange exchange)
    {
        if (!exchange.IsOutstanding)
            return;
        exchange.IsOutstanding = false;
        exchange.Peer.Outstanding--;
        Pump(exchange.Peer);
    }

    private void Pump(PeerState peer)
    {
        while (peer.HasWaiting && peer.Outstanding < _options.Transmission.NStart)
        {
            if (_now < peer.ProbeUntil)
            {
                _timers.Schedule(peer, peer.ProbeUntil);
                return;
            }

            OutgoingMessage message = peer.Waiting!.Dequeue();
            _waitingCount--;
            Begin(peer, message);
        }
    }

    private static void ReturnDatagram(Exchange exchange)
    {
        if (exchange.Datagram is { } datagram)
            ArrayPool<byte>.Shared.Return(datagram);
        exchange.Datagram = null;
    }
}
