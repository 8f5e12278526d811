using System.Buffers;
using System.Security.Cryptography;

namespace Surety.Coap;

internal sealed partial class CoapEngine
{
    private const int TokenPoolLength = 512;

    private readonly Dictionary<PeerKey, PeerState> _peers = [];
    private readonly Dictionary<CoapToken, Exchange> _byToken = [];
    private readonly byte[] _tokenPool = new byte[TokenPoolLength];
    private int _tokenPoolUsed = TokenPoolLength;
    private Exchange[] _slots = new Exchange[64];
    private int _slotCount;
    private readonly Stack<Exchange> _free = new();
    private int _waitingCount;

    /// <summary>Sends a message of ours, or lets it wait for its turn.</summary>
    public void Send(in PeerKey peer, OutgoingMessage message, long now)
    {
        _now = now;
        if (message.IsCancelled)
            return;
        PeerState state = GetPeer(peer);
        if (message.IsUrgent || (state.Outstanding < _options.Transmission.NStart && now >= state.ProbeUntil && state.Waiting is null or { Count: 0 }))
        {
            Begin(state, message);
            return;
        }

        state.Waiting ??= new();
        if (state.Waiting.Count >= _options.MaxWaitingPerPeer || _waitingCount + InUse >= _options.MaxExchanges)
        {
            Statistics.Failures++;
            message.OnFailed(ExchangeFailure.Overloaded);
            return;
        }

        state.Waiting.Enqueue(message);
        _waitingCount++;
        if (state.ProbeUntil > now)
            _timers.Schedule(state, state.ProbeUntil);
    }

    /// <summary>Gives a message up.</summary>
    public void Cancel(OutgoingMessage message, long now)
    {
        _now = now;
        message.IsCancelled = true;
        if (message.Exchange is Exchange exchange)
            End(exchange);
    }

    internal void OnExchangeTimeout(Exchange exchange, long now)
    {
        _now = now;
        if (exchange.AwaitsAcknowledgement && exchange.Retransmissions < _options.Transmission.MaxRetransmit)
        {
            exchange.Retransmissions++;
            exchange.Timeout *= 2;
            Statistics.Retransmissions++;
            exchange.Datagram.AsSpan(0, exchange.Length).CopyTo(_sink.Rent(exchange.Peer.Key));
            Transmit(exchange.Length);
            _timers.Schedule(exchange, now + exchange.Timeout);
            return;
        }

        if (exchange is { AwaitsAcknowledgement: false, IsOutstanding: true })
        {
            // A Non-confirmable request: still open, but its place is given to the next one, not faster than PROBING_RATE (RFC 7252, 4.7).
            exchange.Peer.ProbeUntil = now + (long)(exchange.Length / _options.Transmission.ProbingRate * 1000);
            _timers.Schedule(exchange, now + (long)_options.Transmission.NonLifetime.TotalMilliseconds);
            Release(exchange);
            return;
        }

        Fail(exchange, ExchangeFailure.Timeout);
    }

    internal void OnPeerTimeout(PeerState state, long now)
    {
        _now = now;
        Pump(state);
        long idle = now - state.LastUsed;
        long lifetime = (long)_options.Transmission.ExchangeLifetime.TotalMilliseconds;
        if (state.First is null && state.Waiting is null or { Count: 0 } && idle >= lifetime)
            _peers.Remove(state.Key);
        else if (!state.IsScheduled)
            _timers.Schedule(state, now + Math.Max(lifetime - idle, 1000));
    }

    private int InUse => _slotCount - _free.Count;

    private PeerState GetPeer(in PeerKey peer)
    {
        if (!_peers.TryGetValue(peer, out PeerState? state))
        {
            state = new PeerState(this, peer, (ushort)_random.Next(ushort.MaxValue + 1));
            _peers.Add(peer, state);
            _timers.Schedule(state, _now + (long)_options.Transmission.ExchangeLifetime.TotalMilliseconds);
        }

        state.LastUsed = _now;
        return state;
    }

    private void Begin(PeerState peer, OutgoingMessage message)
    {
        if (InUse >= _options.MaxExchanges)
        {
            Statistics.Failures++;
            message.OnFailed(ExchangeFailure.Overloaded);
            return;
        }

        Exchange exchange = _free.Count > 0 ? _free.Pop() : AddSlot();
        exchange.Peer = peer;
        exchange.ExpectsResponse = message.ExpectsResponse;
        exchange.Token = message.Token ?? NewToken(exchange.Slot);
        Span<byte> token = stackalloc byte[exchange.Token.Length];
        exchange.Token.CopyTo(token);

        MessageType type = message.IsConfirmable ? MessageType.Confirmable : MessageType.NonConfirmable;
        Span<byte> buffer = _sink.Rent(peer.Key);
        var writer = new CoapMessageWriter(buffer, CoapMessageWriter.HeaderLength(token.Length));
        _processor.Now = _now;
        CoapCode code = message.Write(ref writer, _processor);
        int length = writer.Finish();
        if (writer.Overflowed)
        {
            _free.Push(exchange);
            Statistics.Failures++;
            message.OnFailed(ExchangeFailure.TooLarge);
            return;
        }

        exchange.MessageId = peer.NextMessageId();
        exchange.Length = length;
        // A ping is Empty and has no token (RFC 7252, 4.3).
        if (code.IsEmpty)
            length = CoapMessage.HeaderLength;
        CoapMessageWriter.WriteHeader(buffer, type, code, exchange.MessageId, code.IsEmpty ? default : token);

        if (type == MessageType.NonConfirmable && !exchange.ExpectsResponse)
        {
            Transmit(length);
            message.OnSent(exchange.MessageId);
            _free.Push(exchange);
            message.OnAcknowledged();
            return;
        }

        Track(exchange, message, buffer[..length]);
        Transmit(length);
        message.OnSent(exchange.MessageId);
    }

    private void Track(Exchange exchange, OutgoingMessage message, ReadOnlySpan<byte> datagram)
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
            _byToken[exchange.Token] = exchange;

        TransmissionParameters transmission = _options.Transmission;
        double jitter = 1 + (_random.NextDouble() * (transmission.AckRandomFactor - 1));
        exchange.Timeout = (int)(transmission.AckTimeout.TotalMilliseconds * jitter);
        exchange.Retransmissions = 0;
        exchange.AwaitsAcknowledgement = message.IsConfirmable;
        exchange.Length = datagram.Length;
        if (message.IsConfirmable)
        {
            exchange.Datagram = ArrayPool<byte>.Shared.Rent(datagram.Length);
            datagram.CopyTo(exchange.Datagram);
        }

        _timers.Schedule(exchange, _now + exchange.Timeout);
    }

    private void ReceiveReply(in PeerKey peer, in CoapMessage message)
    {
        Exchange? exchange = FindByMessageId(peer, message.MessageId);
        if (message.Type == MessageType.Reset)
        {
            if (!message.Code.IsEmpty)
                return;
            if (exchange is not null)
                Fail(exchange, ExchangeFailure.Reset);
            else
                _handler.OnReset(new CoapPeer(_endpoint, peer), message.MessageId);
            return;
        }

        // RFC 7252, 4.2: an acknowledgement is Empty or carries the response; anything else is ignored.
        if (exchange is not { AwaitsAcknowledgement: true } || !(message.Code.IsEmpty || message.Code.IsResponse))
            return;
        if (message.Code.IsResponse && exchange.ExpectsResponse)
        {
            // RFC 7252, 5.3.2: Message ID and token must both match.
            if (IsToken(exchange, message.Token))
                Respond(exchange, peer, message);
            return;
        }

        if (!exchange.ExpectsResponse)
        {
            OutgoingMessage? acknowledged = exchange.Message;
            End(exchange);
            acknowledged?.OnAcknowledged();
            return;
        }

        exchange.AwaitsAcknowledgement = false;
        ReturnDatagram(exchange);
        _timers.Schedule(exchange, _now + (long)_options.Transmission.ResponseTimeout.TotalMilliseconds);
        Release(exchange);
    }

    private void ReceiveResponse(in PeerKey peer, in CoapMessage message)
    {
        if (IsRepeated(peer, message))
            return;
        bool accepted;
        if (FindByToken(peer, message.Token) is { } exchange)
        {
            Respond(exchange, peer, message);
            accepted = true;
        }
        else
        {
            accepted = _handler.OnNotification(new CoapPeer(_endpoint, peer), message);
            if (!accepted)
                Statistics.Strays++;
        }

        bool confirmable = message.Type == MessageType.Confirmable;
        Remember(peer, message.MessageId, accepted ? confirmable ? DeduplicationLog.Answer.Acknowledged : DeduplicationLog.Answer.None : DeduplicationLog.Answer.Reset);
        if (!accepted)
            SendEmpty(peer, MessageType.Reset, message.MessageId);
        else if (confirmable)
            SendEmpty(peer, MessageType.Acknowledgement, message.MessageId);
    }

    private void Respond(Exchange exchange, in PeerKey peer, in CoapMessage message)
    {
        OutgoingMessage? owner = exchange.Message;
        exchange.Peer.ProbeUntil = 0;
        if (HasUnknownCriticalOption(message))
        {
            Fail(exchange, ExchangeFailure.BadResponse);
            return;
        }

        // A multicast request stays open for other peers' responses.
        if (!exchange.Peer.Key.IsMulticast)
            End(exchange);
        owner?.OnResponse(new CoapPeer(_endpoint, peer), message);
    }

    private static bool HasUnknownCriticalOption(in CoapMessage message)
    {
        CoapOptionReader options = message.Options;
        while (options.MoveNext())
        {
            if (options.Number.IsCritical() && !CoapOptionNumbers.TryGetDefinition(options.Number, out _))
                return true;
        }

        return false;
    }

    private Exchange? FindByMessageId(in PeerKey peer, ushort messageId)
    {
        if (!_peers.TryGetValue(peer, out PeerState? state))
            return null;
        for (Exchange? exchange = state.First; exchange is not null; exchange = exchange.NextOfPeer)
        {
            if (exchange.MessageId == messageId)
                return exchange;
        }

        return null;
    }

    private Exchange? FindByToken(in PeerKey peer, ReadOnlySpan<byte> bytes)
    {
        var token = new CoapToken(bytes);
        Exchange? exchange = null;
        if (token.TryGetUInt64(out ulong number) && (int)(number >> 40) is var slot && slot < _slotCount && _slots[slot] is { Message: not null } candidate
            && candidate.Token == token && candidate.ExpectsResponse)
            exchange = candidate;
        else if (_byToken.Count > 0)
            _byToken.TryGetValue(token, out exchange);
        return exchange is not null && (exchange.Peer.Key == peer || exchange.Peer.Key.IsMulticast) ? exchange : null;
    }

    private static bool IsToken(Exchange exchange, ReadOnlySpan<byte> bytes) => new CoapToken(bytes) == exchange.Token;

    /// <summary>24 bits that find the exchange, 40 that cannot be guessed (RFC 7252, 5.3.1 asks for 32).</summary>
    private CoapToken NewToken(int slot)
    {
        if (_tokenPoolUsed + 5 > TokenPoolLength)
        {
            RandomNumberGenerator.Fill(_tokenPool);
            _tokenPoolUsed = 0;
        }

        ulong random = 0;
        for (int i = 0; i < 5; i++)
            random = (random << 8) | _tokenPool[_tokenPoolUsed++];
        return new CoapToken(((ulong)slot << 40) | random);
    }

    private Exchange AddSlot()
    {
        if (_slotCount == _slots.Length)
            Array.Resize(ref _slots, _slots.Length * 2);
        var exchange = new Exchange(this, _slotCount);
        _slots[_slotCount++] = exchange;
        return exchange;
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
        {
            while (peer.Waiting is { Count: > 0 } waiting)
                waiting.Dequeue().OnFailed(failure);
            while (peer.First is { } exchange)
                Fail(exchange, failure);
        }
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
        if (exchange.Message!.Token is not null && exchange.ExpectsResponse)
            _byToken.Remove(exchange.Token);
        exchange.Message.Exchange = null;
        exchange.Message = null;
        exchange.AwaitsAcknowledgement = false;
        _free.Push(exchange);
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
        while (peer.Waiting is { Count: > 0 } waiting && peer.Outstanding < _options.Transmission.NStart)
        {
            if (_now < peer.ProbeUntil)
            {
                _timers.Schedule(peer, peer.ProbeUntil);
                return;
            }

            OutgoingMessage message = waiting.Dequeue();
            _waitingCount--;
            if (!message.IsCancelled)
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
