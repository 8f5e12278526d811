namespace Surety.Coap;

internal sealed partial class CoapTcpSession
{
    private LinkedList<TcpPendingResponse>? _deferred;
    private long _deferredOrder;

    /// <summary>Sends the response to a request that was deferred.</summary>
    public void Complete(TcpPendingResponse pending, CoapResponse response, long now)
    {
        _now = now;
        if (State == CoapTcpSessionState.Ended)
            return;
        MustCommit();
        if (pending.Options.IsUnwanted(response.Code))
            FinishDeferred(pending);
        else
            WriteOrWait(new SeparateResponse(pending, response));
        Reschedule();
    }

    DeferredResponse IResponseOrigin.Defer(in IncomingRequest request)
    {
        var pending = new TcpPendingResponse(this, new CoapToken(request.Message.Token), request.ToContext(), request.Head, _deferredOrder++);
        _deferred ??= new();
        pending.Node = _deferred.AddLast(pending);
        return new Deferred(_engine, _peer, pending);
    }

    private void ReceiveRequest(in CoapMessage message)
    {
        _engine.Statistics.Requests++;
        RequestProcessor processor = PrepareProcessor();
        Span<byte> buffer = RentMessage(message.Token.Length, out int start);
        var writer = new CoapMessageWriter(buffer, start);
        var request = new IncomingRequest(processor, this, _peer, message, isMulticast: false, writer);
        if (_deferred?.Count >= _limits.MaxDeferredRequests)
            request.RespondError(CoapCode.TooManyRequests, "too many requests of this connection are waiting"u8);
        else
            processor.Process(ref request, writer);
        if (request.State == IncomingRequest.ResponseState.Written && !request.Head.IsUnwanted(request.ResponseCode))
            Write(buffer, start, request.ResponseLength, request.ResponseCode, message.Token);
    }

    private RequestProcessor PrepareProcessor()
    {
        RequestProcessor processor = _engine.Processor;
        processor.Now = _now;
        processor.InlineBody = _inlineBody;
        processor.SizeExponent = _sizeExponent;
        return processor;
    }

    private void FinishDeferred(TcpPendingResponse pending)
    {
        if (pending.Node is not { List: not null } node)
            return;
        _deferred!.Remove(node);
        Touch();
        AnswerCustodyPings();
        FinishRelease();
    }

    private sealed class Deferred(CoapTcpEngine engine, in CoapPeer peer, TcpPendingResponse pending) : DeferredResponse(peer)
    {
        private protected override void Send(CoapResponse response) => engine.CompleteLater(pending, response);
    }

    private sealed class SeparateResponse(TcpPendingResponse pending, CoapResponse response) : OutgoingMessage
    {
        public TcpPendingResponse Pending => pending;

        public override bool ExpectsResponse => false;

        internal override bool IsUrgent => true;

        internal override CoapCode Write(ref CoapMessageWriter writer, RequestProcessor processor) => processor.WriteDeferred(ref writer, pending.Context, response);

        protected internal override void OnFailed(ExchangeFailure failure)
        {
            // The peer has gone, and nobody waits for this response.
        }
    }
}
