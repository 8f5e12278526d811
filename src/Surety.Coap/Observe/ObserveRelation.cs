namespace Surety.Coap;

/// <summary>One client's interest in one resource of ours (RFC 7641, 4.1).</summary>
public sealed class ObserveRelation
{
    // RFC 7641, 4.5: a Confirmable notification at least every 24 hours proves that the client is still there.
    private const long MaxNonConfirmableTime = 24 * 3600 * 1000L;

    // RFC 7641, 7: to a client that has proven no identity, Confirmable ones must stand between the others, or its address may be a victim's.
    private const int MaxUnconfirmed = 10;

    // A Reset may come for any of the last few Non-confirmable notifications.
    private const int KeptMessageIds = 8;

    private readonly ObserveRelations _owner;
    private readonly ResponseContext _context;
    private readonly ushort[] _messageIds = new ushort[KeptMessageIds];
    private readonly Lock _lock = new();
    private int _messageIdCount;
    private uint _sequence;
    private long _lastConfirmable;
    private int _unconfirmed;
    private Notification? _inFlight;
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
    public bool IsActive { get; private set; } = true;

    /// <summary>The Observe value for the response that is being written.</summary>
    public uint NextSequence() => Interlocked.Increment(ref _sequence) & 0xFF_FFFF;

    /// <summary>
    /// Sends the resource's new state. While a notification is on its way - unsent because of NSTART, or Confirmable and unanswered - newer
    /// states wait and only the newest is sent after it (RFC 7641, 4.5.1, 4.5.2). An error ends the relation.
    /// </summary>
    /// <param name="response">The state; Observe is added.</param>
    /// <param name="confirmable">Wants an acknowledgement.</param>
    public void Notify(CoapResponse response, bool confirmable)
    {
        ArgumentNullException.ThrowIfNull(response);
        lock (_lock)
        {
            // Nothing follows an error.
            if (!IsActive || _latest is { Code.IsSuccess: false })
                return;
            if (_inFlight is not null)
            {
                _latest = response;
                _latestIsConfirmable |= confirmable;
                return;
            }

            _inFlight = Prepare(response, confirmable);
        }

        Send(_inFlight);
    }

    internal bool HasSent(ushort messageId)
    {
        lock (_lock)
            return _messageIds.AsSpan(0, Math.Min(_messageIdCount, KeptMessageIds)).Contains(messageId);
    }

    /// <summary>The client is no observer any more.</summary>
    /// <param name="isLast">What is on its way is the error that ended the relation; it still arrives.</param>
    internal void End(bool isLast)
    {
        Notification? abandoned;
        lock (_lock)
        {
            IsActive = false;
            _latest = null;
            abandoned = isLast ? null : _inFlight;
        }

        if (abandoned is not null)
            Peer.Endpoint.Cancel(abandoned);
    }

    private Notification Prepare(CoapResponse response, bool confirmable)
    {
        long now = _owner.Now;
        confirmable |= now - _lastConfirmable >= MaxNonConfirmableTime || (_unconfirmed >= MaxUnconfirmed && !Peer.Identity.IsAuthenticated);
        if (confirmable)
            _lastConfirmable = now;
        _unconfirmed = confirmable ? 0 : _unconfirmed + 1;
        return new Notification(this, response) { IsConfirmable = confirmable, Token = Token };
    }

    private void Send(Notification notification)
    {
        if (notification.IsLast)
            _owner.Remove(this, isLast: true);
        Peer.Endpoint.Send(Peer.Key, notification);
    }

    /// <summary>The notification on its way has ended; the newest state that waited for that follows.</summary>
    private void SendNext()
    {
        lock (_lock)
        {
            _inFlight = null;
            if (_latest is null)
                return;
            _inFlight = Prepare(_latest, _latestIsConfirmable);
            _latest = null;
            _latestIsConfirmable = false;
        }

        Send(_inFlight);
    }

    private sealed class Notification(ObserveRelation relation, CoapResponse response) : OutgoingMessage
    {
        public bool IsLast => !response.Code.IsSuccess;

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

        protected internal override void OnAcknowledged() => relation.SendNext();

        // RFC 7641, 4.5: a Reset, or no acknowledgement at all, removes the observer. What failed on our side does not.
        protected internal override void OnFailed(ExchangeFailure failure)
        {
            if (failure is ExchangeFailure.TooLarge or ExchangeFailure.Overloaded or ExchangeFailure.Cancelled)
                relation.SendNext();
            else
                relation._owner.Remove(relation);
        }
    }
}
