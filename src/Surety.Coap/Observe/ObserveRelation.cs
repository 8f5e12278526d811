namespace Surety.Coap;

/// <summary>One client's interest in one resource of ours (RFC 7641, 4.1).</summary>
public sealed class ObserveRelation
{
    // RFC 7641, 4.5: a Confirmable notification at least every 24 hours proves that the client is still there.
    private const long MaxNonConfirmableTime = 24 * 3600 * 1000L;

    // A Reset may come for any of the last few Non-confirmable notifications.
    private const int KeptMessageIds = 8;

    private readonly ObserveRelations _owner;
    private readonly ResponseContext _context;
    private readonly ushort[] _messageIds = new ushort[KeptMessageIds];
    private readonly Lock _lock = new();
    private int _messageIdCount;
    private uint _sequence;
    private long _lastConfirmable;
    private bool _isInFlight;
    private CoapResponse? _latest;
    private bool _latestIsConfirmable;

    internal ObserveRelation(ObserveRelations owner, in IncomingRequest request, object? state, long now, ObserveRelation? old)
    {
        _owner = owner;
        Peer = request.Peer;
        Token = new CoapToken(request.Message.Token);
        Request = new ReceivedRequest(request);
        State = state;
        _context = request.ToContext();
        _lastConfirmable = now;
        // RFC 7641, 4.4: to the client that registers again with its token, the numbers go on.
        _sequence = old?._sequence ?? 0;
    }

    /// <summary>The client.</summary>
    public CoapPeer Peer { get; }

    /// <summary>The token of the request that registered it, and of every notification.</summary>
    public CoapToken Token { get; }

    /// <summary>The request that registered it.</summary>
    public ReceivedRequest Request { get; }

    /// <summary>What the resource wants to remember about it.</summary>
    public object? State { get; }

    /// <summary>The client is still interested, as far as we know.</summary>
    public bool IsActive { get; internal set; } = true;

    /// <summary>The Observe value for the response that is being written.</summary>
    public uint NextSequence() => Interlocked.Increment(ref _sequence) & 0xFF_FFFF;

    /// <summary>
    /// Sends the resource's new state. While a Confirmable notification is unanswered, newer states wait and only the newest is sent after
    /// it (RFC 7641, 4.5.2). An error ends the relation.
    /// </summary>
    /// <param name="response">The state; Observe is added.</param>
    /// <param name="confirmable">Wants an acknowledgement.</param>
    public void Notify(CoapResponse response, bool confirmable)
    {
        ArgumentNullException.ThrowIfNull(response);
        lock (_lock)
        {
            if (!IsActive)
                return;
            if (_isInFlight)
            {
                _latest = response;
                _latestIsConfirmable |= confirmable;
                return;
            }
        }

        Send(response, confirmable);
    }

    internal bool HasSent(ushort messageId)
    {
        lock (_lock)
            return _messageIds.AsSpan(0, Math.Min(_messageIdCount, KeptMessageIds)).Contains(messageId);
    }

    private void Send(CoapResponse response, bool confirmable)
    {
        long now = _owner.Now;
        confirmable |= now - _lastConfirmable >= MaxNonConfirmableTime;
        if (confirmable)
            _lastConfirmable = now;
        lock (_lock)
            _isInFlight = confirmable && !Peer.Endpoint.IsReliable;
        if (!response.Code.IsSuccess)
            _owner.Remove(this);
        Peer.Endpoint.Send(Peer.Key, new Notification(this, response) { IsConfirmable = confirmable, Token = Token });
    }

    private void OnDelivered()
    {
        CoapResponse? next;
        bool confirmable;
        lock (_lock)
        {
            _isInFlight = false;
            (next, _latest) = (_latest, null);
            (confirmable, _latestIsConfirmable) = (_latestIsConfirmable, false);
        }

        if (next is not null)
            Send(next, confirmable);
    }

    private sealed class Notification(ObserveRelation relation, CoapResponse response) : OutgoingMessage
    {
        public override bool ExpectsResponse => false;

        internal override CoapCode Write(ref CoapMessageWriter writer, RequestProcessor processor)
        {
            var notification = new CoapResponse(response.Code)
            {
                Options = response.Code.IsSuccess ? response.Options.Clone().Set(CoapOptionNumber.Observe, relation.NextSequence()) : response.Options,
                Payload = response.Payload,
            };
            return processor.WriteResponse(ref writer, relation._context, notification);
        }

        protected internal override void OnSent(ushort messageId)
        {
            lock (relation._lock)
                relation._messageIds[relation._messageIdCount++ % KeptMessageIds] = messageId;
        }

        protected internal override void OnAcknowledged() => relation.OnDelivered();

        // RFC 7641, 4.5: a Reset, or no acknowledgement at all, removes the observer.
        protected internal override void OnFailed(ExchangeFailure failure)
        {
            if (failure != ExchangeFailure.TooLarge)
                relation._owner.Remove(relation);
        }
    }
}
