namespace Surety.Coap;

internal sealed partial class CoapEngine
{
    DeferredResponse IResponseOrigin.Defer(in IncomingRequest request)
    {
        var pending = new PendingResponse(this, request.Peer.Key, _type, _messageId, new CoapToken(request.Message.Token), request.ToContext(), request.Head, request.IsMulticast);
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

        if (!piggyback)
        {
            var separate = new SeparateResponse(pending, response) { Token = pending.Token, IsConfirmable = pending.Type == MessageType.Confirmable };
            Send(pending.Peer, separate, now);
            return;
        }

        Span<byte> token = stackalloc byte[pending.Token.Length];
        pending.Token.CopyTo(token);
        Span<byte> buffer = _sink.Rent(pending.Peer);
        var writer = new CoapMessageWriter(buffer, CoapMessageWriter.HeaderLength(token.Length));
        CoapCode code = _processor.WriteResponse(ref writer, pending.Context, response);
        int length = writer.Finish();
        CoapMessageWriter.WriteHeader(buffer, MessageType.Acknowledgement, code, pending.MessageId, token);
        Remember(pending.Peer, pending.MessageId, DeduplicationLog.Answer.Datagram, buffer[..length]);
        Transmit(length);
    }

    internal void AcknowledgePending(PendingResponse pending)
    {
        pending.IsAcknowledged = true;
        Remember(pending.Peer, pending.MessageId, DeduplicationLog.Answer.Acknowledged);
        SendEmpty(pending.Peer, MessageType.Acknowledgement, pending.MessageId);
    }

    private void ReceiveRequest(in PeerKey peer, in CoapMessage message, bool isMulticast)
    {
        // RFC 7252, 8.1: a multicast request is Non-confirmable.
        if (IsRepeated(peer, message) || (isMulticast && message.Type == MessageType.Confirmable))
            return;
        Statistics.Requests++;
        _type = message.Type;
        _messageId = message.MessageId;
        _processor.Now = _now;
        Span<byte> buffer = _sink.Rent(peer);
        int header = CoapMessageWriter.HeaderLength(message.Token.Length);
        var writer = new CoapMessageWriter(buffer, header);
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
            // The peer does not use its own Message ID twice within its lifetime, so it serves for the answer too, where the engine keeps no state for the peer.
            ushort messageId = _peers.TryGetValue(peer, out PeerState? state) ? state.NextMessageId() : message.MessageId;
            CoapMessageWriter.WriteHeader(buffer, MessageType.NonConfirmable, request.ResponseCode, messageId, message.Token);
            Transmit(length);
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
        Transmit(length);
    }

    /// <summary>RFC 7252, 8.2: answers to multicast requests are spread over the leisure period.</summary>
    private void RespondAtLeisure(in PeerKey peer, ReadOnlySpan<byte> token, CoapCode code, Span<byte> datagram)
    {
        CoapMessageWriter.WriteHeader(datagram, MessageType.NonConfirmable, code, GetPeer(peer).NextMessageId(), token);
        long delay = (long)(_random.NextDouble() * _options.Transmission.DefaultLeisure.TotalMilliseconds);
        _timers.Schedule(new DelayedDatagram(this, peer, datagram.ToArray()), _now + delay);
    }

    private void SendDelayed(in PeerKey peer, ReadOnlySpan<byte> datagram)
    {
        datagram.CopyTo(_sink.Rent(peer));
        Transmit(datagram.Length);
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

        internal override CoapCode Write(ref CoapMessageWriter writer, RequestProcessor processor) => processor.WriteResponse(ref writer, pending.Context, response);

        protected internal override void OnFailed(ExchangeFailure failure)
        {
            // The client has gone, or has given up: nobody waits for this response.
        }
    }
}
