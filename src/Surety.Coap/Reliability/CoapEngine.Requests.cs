namespace Surety.Coap;

internal sealed partial class CoapEngine
{
    // Answers to multicast requests that wait for their moment; more are not given (RFC 7252, 8.2: a server may always stay silent).
    private const int MaxDelayed = 1024;

    private int _delayedCount;

    DeferredResponse IResponseOrigin.Defer(in IncomingRequest request)
    {
        var pending = new PendingResponse(this, request.Peer.Key, _type, _messageId, new CoapToken(request.Message.Token), request.ToContext())
        {
            Options = request.Head,
            IsMulticast = request.IsMulticast,
            MaxLength = _processor.GetMaxUnprovenResponse(request),
        };
        if (_type == MessageType.Confirmable)
            _timers.Schedule(pending, _now + (long)_options.Transmission.PiggybackDelay.TotalMilliseconds);
        return new Deferred(this, request.Peer, pending);
    }

    /// <summary>Sends a deferred response: in the acknowledgement, if that is still due, or by itself (RFC 7252, 5.2.2).</summary>
    public void Complete(PendingResponse pending, CoapResponse response, long now)
    {
        _now = now;
        _processor.Now = now;
        _timers.Cancel(pending);
        bool piggyback = pending.Type == MessageType.Confirmable && !pending.IsAcknowledged;
        if (pending.Options.IsUnwanted(response.Code) || (pending.IsMulticast && !response.Code.IsSuccess))
        {
            if (piggyback)
                pending.OnTimeout(now);
            return;
        }

        if (!piggyback && !pending.IsMulticast && pending.MaxLength == int.MaxValue)
        {
            SendSeparate(pending, response);
            return;
        }

        int tokenLength = pending.Token.Length;
        Span<byte> token = tokenLength <= MaxStackToken ? stackalloc byte[tokenLength] : new byte[tokenLength];
        pending.Token.CopyTo(token);
        Span<byte> buffer = RentMessage(pending.Peer, tokenLength);
        var writer = new CoapMessageWriter(buffer, CoapMessageWriter.HeaderLength(tokenLength));
        CoapMessageWriter restart = writer;
        CoapCode code = _processor.WriteDeferred(ref writer, pending.Context, response);
        int length = writer.Finish();
        bool isChallenge = length > pending.MaxLength;
        if (isChallenge)
        {
            writer = restart;
            code = _processor.WriteChallenge(ref writer, pending.Peer);
            length = writer.Finish();
        }

        if (piggyback)
        {
            CoapMessageWriter.WriteHeader(buffer, MessageType.Acknowledgement, code, pending.MessageId, token);
            Remember(pending.Peer, pending.MessageId, DeduplicationLog.Answer.Datagram, buffer[..length]);
            Transmit(pending.Peer, buffer[..length]);
        }
        else if (pending.IsMulticast)
        {
            RespondAtLeisure(pending.Peer, token, code, buffer[..length]);
        }
        else if (!isChallenge)
        {
            SendSeparate(pending, response);
        }
        else
        {
            // Not Confirmable: retransmissions would amplify (RFC 9175, 2.4).
            CoapMessageWriter.WriteHeader(buffer, MessageType.NonConfirmable, code, _messageIds.Next(pending.Peer), token);
            Transmit(pending.Peer, buffer[..length]);
        }
    }

    private void SendSeparate(PendingResponse pending, CoapResponse response) =>
        Send(pending.Peer, new SeparateResponse(pending, response) { Token = pending.Token, IsConfirmable = pending.Type == MessageType.Confirmable }, _now);

    internal void AcknowledgePending(PendingResponse pending)
    {
        pending.IsAcknowledged = true;
        Remember(pending.Peer, pending.MessageId, DeduplicationLog.Answer.Acknowledged);
        SendEmpty(pending.Peer, MessageType.Acknowledgement, pending.MessageId);
    }

    private void ReceiveRequest(in PeerKey peer, in CoapMessage message, bool isMulticast)
    {
        // RFC 7252, 8.1: a multicast request is Non-confirmable.
        if (isMulticast && message.Type == MessageType.Confirmable)
            return;
        if (message.Token.Length > _options.MaxTokenLength)
        {
            // RFC 8974, 2.2.2: a rejection would say that extended tokens are not supported at all.
            Statistics.Malformed++;
            if (!isMulticast)
                RespondError(peer, message, CoapCode.BadRequest, -1, "the token is longer than this server takes"u8);
            return;
        }

        if (TryRepeat(peer, message, isMulticast, out Span<byte> buffer))
            return;
        Statistics.Requests++;
        _type = message.Type;
        _messageId = message.MessageId;
        _processor.Now = _now;
        buffer = LimitMessage(buffer, message.Token.Length);
        var writer = new CoapMessageWriter(buffer, CoapMessageWriter.HeaderLength(message.Token.Length));
        var request = new IncomingRequest(_processor, this, new CoapPeer(_endpoint, peer), message, isMulticast, writer);
        _processor.Process(ref request, writer);

        switch (request.State)
        {
            case IncomingRequest.ResponseState.Written when isMulticast:
                Remember(peer, message.MessageId, DeduplicationLog.Answer.None);
                if (request.ResponseCode.IsSuccess && !request.Head.IsUnwanted(request.ResponseCode))
                    RespondAtLeisure(peer, message.Token, request.ResponseCode, buffer[..request.ResponseLength]);
                break;
            case IncomingRequest.ResponseState.Written:
                FinishResponse(peer, message, ref request, buffer);
                break;
            case IncomingRequest.ResponseState.Deferred when _type == MessageType.Confirmable:
                Remember(peer, message.MessageId, DeduplicationLog.Answer.Pending);
                break;
            default:
                Remember(peer, message.MessageId, DeduplicationLog.Answer.None);
                break;
        }
    }

    private void FinishResponse(in PeerKey peer, in CoapMessage message, ref IncomingRequest request, Span<byte> buffer)
    {
        bool unwanted = request.Head.IsUnwanted(request.ResponseCode);
        int length = request.ResponseLength;
        if (_type == MessageType.NonConfirmable)
        {
            Remember(peer, message.MessageId, DeduplicationLog.Answer.None);
            if (unwanted)
                return;
            CoapMessageWriter.WriteHeader(buffer, MessageType.NonConfirmable, request.ResponseCode, _messageIds.Next(peer), message.Token);
            Transmit(peer, buffer[..length]);
            return;
        }

        if (unwanted)
        {
            // RFC 7967, 2: the acknowledgement still goes out.
            Remember(peer, message.MessageId, DeduplicationLog.Answer.Acknowledged);
            SendEmpty(peer, MessageType.Acknowledgement, message.MessageId);
            return;
        }

        CoapMessageWriter.WriteHeader(buffer, MessageType.Acknowledgement, request.ResponseCode, message.MessageId, message.Token);
        if (length <= MaxKeptSafeAnswer || !request.Method.IsSafe)
            Remember(peer, message.MessageId, DeduplicationLog.Answer.Datagram, buffer[..length]);
        Transmit(peer, buffer[..length]);
    }

    /// <summary>RFC 7252, 8.2: answers to multicast requests are spread over the leisure period.</summary>
    private void RespondAtLeisure(in PeerKey peer, ReadOnlySpan<byte> token, CoapCode code, Span<byte> datagram)
    {
        if (_delayedCount >= MaxDelayed)
            return;
        _delayedCount++;
        CoapMessageWriter.WriteHeader(datagram, MessageType.NonConfirmable, code, _messageIds.Next(peer), token);
        long delay = (long)(_random.NextDouble() * _options.Transmission.DefaultLeisure.TotalMilliseconds);
        _timers.Schedule(new DelayedDatagram(this, peer, datagram.ToArray()), _now + delay);
    }

    private void SendDelayed(in PeerKey peer, ReadOnlySpan<byte> datagram)
    {
        _delayedCount--;
        datagram.CopyTo(_sink.Rent(peer));
        Transmit(peer, datagram);
    }

    private sealed class DelayedDatagram(CoapEngine engine, PeerKey peer, byte[] datagram) : TimerNode
    {
        public override void OnTimeout(long now) => engine.SendDelayed(peer, datagram);
    }

    private sealed class Deferred(CoapEngine engine, in CoapPeer peer, PendingResponse pending) : DeferredResponse(peer)
    {
        private protected override void Send(CoapResponse response) => engine._completeLater(pending, response);
    }

    private sealed class SeparateResponse(PendingResponse pending, CoapResponse response) : OutgoingMessage
    {
        public override bool ExpectsResponse => false;

        /// <summary>The peer waits for this; it does not count against NSTART, or two endpoints could wait for each other.</summary>
        internal override bool IsUrgent => true;

        internal override CoapCode Write(ref CoapMessageWriter writer, RequestProcessor processor) => processor.WriteDeferred(ref writer, pending.Context, response);

        protected internal override void OnFailed(ExchangeFailure failure)
        {
            // The client has gone, or has given up: nobody waits for this response.
        }
    }
}
