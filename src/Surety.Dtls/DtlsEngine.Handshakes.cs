namespace Surety.Dtls;

/// <content>Handshakes in progress.</content>
public sealed partial class DtlsEngine
{
    // Datagrams kept while somebody works on the handshake: a client's longest flight.
    private const int MaxWaiting = 8;
    private const long BusyInterval = 100;

    private readonly Dictionary<PeerAddress, Handshake> _handshakes = [];
    private readonly LinkedList<Handshake> _order = new();
    private readonly PriorityQueue<HandshakeTimer, long> _timers = new();
    private readonly Queue<(long Due, DtlsSession Session)> _lastFlights = new();

    /// <summary>Starts a handshake with a server.</summary>
    /// <param name="server">Where it is. A handshake with the same server that is in progress is given up.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="now">The time.</param>
    /// <returns>The number that the session will have.</returns>
    public ulong Connect(in PeerAddress server, DtlsClientOptions options, long now)
    {
        ArgumentNullException.ThrowIfNull(options);
        var handshake = new ClientHandshake(_context, server, _sessions.NewNumber(), options, now);
        Begin(handshake, now);
        return handshake.Number;
    }

    /// <summary>Gives up a handshake that <see cref="Connect"/> has started.</summary>
    public void Cancel(ulong number)
    {
        foreach (Handshake handshake in _handshakes.Values)
        {
            if (handshake.Number == number && !handshake.IsServer)
            {
                Abandon(handshake);
                return;
            }
        }
    }

    /// <summary>Takes back a step that was done elsewhere.</summary>
    public void Complete(HandshakeTask task, long now)
    {
        ArgumentNullException.ThrowIfNull(task);
        Handshake handshake = task.Handshake;
        handshake.IsBusy = false;
        if (handshake.IsAbandoned)
        {
            handshake.Outgoing.Clear();
            return;
        }

        Flush(handshake.Outgoing, handshake.Address);
        if (handshake.Failure is not null)
        {
            ReportFailure(handshake);
        }
        else if (handshake.Session is { } session)
        {
            Remove(handshake);
            if (handshake is ServerHandshake { Resumption: { } resumption })
                _serverSessions!.Cache.Add(session.CachedNumber, resumption);
            Establish(session, now);
            while (!session.IsClosed && handshake.Early.TryDequeue(out (ContentType Type, byte[] Content) early))
                ReceiveContent(session, early.Type, early.Content, now);
            while (handshake.Waiting.TryDequeue(out byte[]? datagram) && !session.IsClosed)
                ReceiveRecords(session, handshake.Address, datagram, now);
        }
        else
        {
            Schedule(handshake);
            if (handshake.Waiting.TryDequeue(out byte[]? datagram))
                Run(handshake, datagram, now);
        }
    }

    private void Begin(Handshake handshake, long now)
    {
        Statistics.Handshakes++;
        if (_handshakes.TryGetValue(handshake.Address, out Handshake? existing))
            Abandon(existing);
        while (_handshakes.Count >= _options.MaxHandshakes && _order.First is { } oldest)
        {
            Abandon(oldest.Value);
            Statistics.Displaced++;
        }

        _handshakes.Add(handshake.Address, handshake);
        handshake.Place = _order.AddLast(handshake);
        Run(handshake, null, now);
    }

    private void Deliver(Handshake handshake, byte[] datagram, long now)
    {
        if (!handshake.IsBusy)
            Run(handshake, datagram, now);
        else if (handshake.Waiting.Count < MaxWaiting)
            handshake.Waiting.Enqueue(datagram);
    }

    private void Run(Handshake handshake, byte[]? datagram, long now)
    {
        handshake.IsBusy = true;
        var task = new HandshakeTask(handshake, datagram, now);
        if (handshake.IsHeavy)
        {
            if (_host.TryOffload(task))
                return;
            Statistics.Overloaded++;
            handshake.IsBusy = false;
            // A handshake that could not even begin is one that never was: the client says hello again.
            if (datagram is null && handshake.IsServer)
                Abandon(handshake);
            else
                Schedule(handshake);
            return;
        }

        ValueTask step = task.RunAsync();
        if (step.IsCompleted)
            Complete(task, now);
        else
            _ = PostAsync(step, task);
    }

    private async Task PostAsync(ValueTask step, HandshakeTask task)
    {
        await step.ConfigureAwait(false);
        _host.Post(task);
    }

    private void Establish(DtlsSession session, long now)
    {
        Statistics.Established++;
        if (session.IsResumed)
            Statistics.Resumed++;
        session.LastReceived = now;
        // RFC 6347, 4.2.8: the association that was there is replaced now, and not before. One with a Connection ID may be of another device,
        // which had this address of a NAT before.
        if (_sessions.TryGet(session.Address, out DtlsSession? old) && (!old.HasConnectionId || old.Peer.IsSameAs(session.Peer)))
            Drop(old);
        while (_sessions.Count >= _options.MaxSessions && _sessions.Oldest is { } oldest)
        {
            Statistics.Evicted++;
            Drop(oldest);
        }

        if (!_sessions.TryAdd(session))
            return;
        // Whoever sent the last flight may have to send it again.
        if (session.LastFlight is not null)
        {
            _lastFlights.Enqueue((now + LastFlightLifetime, session));
            if (_lastFlights.Count > _options.MaxHandshakes)
                _lastFlights.Dequeue().Session.LastFlight = null;
        }

        _host.OnEstablished(session);
    }

    private void HandleHandshakeTimeouts(long now)
    {
        while (_timers.TryPeek(out HandshakeTimer? timer, out long due) && due <= now)
        {
            _timers.Dequeue();
            if (timer.Handshake is not { } handshake)
                continue;
            long next = handshake.NextTimeout;
            if (handshake.IsBusy)
            {
                next = now + BusyInterval;
            }
            else if (next <= now)
            {
                handshake.HandleTimeout(now);
                Flush(handshake.Outgoing, handshake.Address);
                if (handshake.Failure is not null)
                {
                    ReportFailure(handshake);
                    continue;
                }

                next = handshake.NextTimeout;
            }

            timer.Due = next;
            _timers.Enqueue(timer, next);
        }
    }

    /// <summary>A later time-out is found when the entry that is there comes up; for an earlier one there must be another.</summary>
    private void Schedule(Handshake handshake)
    {
        if (handshake.Timer is { } pending)
        {
            if (pending.Due <= handshake.NextTimeout)
                return;
            pending.Handshake = null;
        }

        _timers.Enqueue(handshake.Timer = new HandshakeTimer(handshake, handshake.NextTimeout), handshake.NextTimeout);
    }

    private void ReportFailure(Handshake handshake)
    {
        Statistics.Failed++;
        Remove(handshake);
        DtlsAlertException failure = handshake.Failure!;
        _host.OnHandshakeFailed(new(handshake.Address, handshake.Number, handshake.IsServer, failure.Alert, failure.Message));
    }

    private void Abandon(Handshake handshake)
    {
        handshake.IsAbandoned = true;
        Remove(handshake);
    }

    private void Remove(Handshake handshake)
    {
        if (_handshakes.TryGetValue(handshake.Address, out Handshake? current) && ReferenceEquals(current, handshake))
            _handshakes.Remove(handshake.Address);
        if (handshake.Place is { } place)
            _order.Remove(place);
        handshake.Place = null;
        if (handshake.Timer is { } timer)
            timer.Handshake = null;
        handshake.Timer = null;
    }

    private void Flush(List<byte[]> datagrams, in PeerAddress to)
    {
        foreach (byte[] datagram in datagrams)
        {
            datagram.CopyTo(_host.Rent(to, datagram.Length));
            _host.Commit(datagram.Length);
        }

        datagrams.Clear();
    }
}
