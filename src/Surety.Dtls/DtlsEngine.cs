namespace Surety.Dtls;

/// <summary>
/// DTLS 1.2 (RFC 6347) with Connection ID (RFC 9146), for all peers of one socket, in both roles. Datagrams and the time come in, datagrams go
/// out; there are no sockets, clocks of its own or threads in here. Used by one thread at a time; steps with public-key work may be done by
/// others (<see cref="IDtlsHost.TryOffload"/>).
/// </summary>
public sealed partial class DtlsEngine : IDisposable
{
    // RFC 6347, 4.2.4: twice the longest life of a segment.
    private const long LastFlightLifetime = 240_000;
    private const byte Warning = 1;
    private const byte Fatal = 2;

    private readonly IDtlsHost _host;
    private readonly DtlsEngineOptions _options;
    private readonly DtlsServerOptions? _server;
    private readonly HandshakeContext _context;
    private readonly ServerSessions? _serverSessions;
    private readonly CookieExchange _cookies;
    private readonly HelloFragments _hellos;
    private readonly SessionTable _sessions;
    private readonly int _cidLength;

    /// <param name="host">What stands around it.</param>
    /// <param name="server">How clients are accepted; null: none is.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="time">The wall clock, for certificates and tickets.</param>
    /// <param name="now">Milliseconds of any clock that never goes back.</param>
    public DtlsEngine(IDtlsHost host, DtlsServerOptions? server, DtlsEngineOptions? options, TimeProvider? time, long now)
        : this(host, server, options, time, now, CryptoBackend.Default)
    {
    }

    internal DtlsEngine(IDtlsHost host, DtlsServerOptions? server, DtlsEngineOptions? options, TimeProvider? time, long now, CryptoBackend crypto)
    {
        _host = host;
        _server = server;
        _options = options ?? DtlsEngineOptions.Default;
        _options.Validate();
        _cidLength = _options.ConnectionIdLength;
        time ??= TimeProvider.System;
        _context = new HandshakeContext(crypto, _options, time);
        _hellos = new HelloFragments(_options);
        _cookies = new CookieExchange(_options.CookieKeyLifetime, now);
        _sessions = new SessionTable(_context.NumberMask);
        if (server is not null)
            _serverSessions = new ServerSessions(new SessionCache(server.MaxCachedSessions, server.ResumptionLifetime), new TicketKeys(server.ResumptionLifetime, time.GetUtcNow()));
    }

    /// <summary>What happened so far.</summary>
    public DtlsStatistics Statistics { get; } = new();

    /// <summary>Established sessions.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Handshakes in progress.</summary>
    public int HandshakeCount => _handshakes.Count;

    /// <summary>ClientHellos of which fragments are missing.</summary>
    internal int HelloCount => _hellos.Count;

    /// <summary>The established sessions, in no order.</summary>
    public IEnumerable<DtlsSession> Sessions => _sessions.All;

    /// <summary>When to call <see cref="HandleTimeout"/> next, milliseconds.</summary>
    public long NextTimeout
    {
        get
        {
            long next = _timers.TryPeek(out _, out long timer) ? timer : long.MaxValue;
            if (_lastFlights.TryPeek(out (long Due, DtlsSession Session) last))
                next = Math.Min(next, last.Due);
            next = Math.Min(next, _hellos.NextTimeout);
            if (_options.IdleTimeout is { } idle && _sessions.Oldest is { } oldest)
                next = Math.Min(next, oldest.LastReceived + (long)idle.TotalMilliseconds);
            return next;
        }
    }

    /// <summary>Finds a session; null when there is none of this number.</summary>
    public DtlsSession? Find(ulong number) => _sessions.TryGet(number, out DtlsSession? session) ? session : null;

    /// <summary>The room for content in a buffer of a datagram to a session's peer.</summary>
    /// <param name="session">The session.</param>
    /// <param name="datagram">The buffer.</param>
    public static Span<byte> GetContent(DtlsSession session, Span<byte> datagram)
    {
        ArgumentNullException.ThrowIfNull(session);
        return datagram[session.ContentOffset..Math.Min(datagram.Length - session.Trailer, session.ContentOffset + session.MaxContent)];
    }

    /// <summary>What a record adds to its content, at most, bytes.</summary>
    public static int GetOverhead(DtlsSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.ContentOffset + session.Trailer;
    }

    /// <summary>Makes a record of the content that was put where <see cref="GetContent"/> said. Allocates nothing.</summary>
    /// <param name="session">The session.</param>
    /// <param name="datagram">The buffer.</param>
    /// <param name="length">The content's length.</param>
    /// <returns>The datagram's length; 0 when the session has ended.</returns>
    public int Seal(DtlsSession session, Span<byte> datagram, int length)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.IsClosed || session.IsExhausted ? 0 : Seal(session, ContentType.ApplicationData, datagram, length);
    }

    /// <summary>Sends one record.</summary>
    /// <returns>False when the session has ended, or the content is longer than the peer takes.</returns>
    public bool Send(DtlsSession session, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (session.IsClosed || session.IsExhausted || content.Length > session.MaxContent)
            return false;
        Transmit(session, ContentType.ApplicationData, content);
        return true;
    }

    /// <summary>Ends a session, and tells the peer (RFC 5246, 7.2.1).</summary>
    public void Close(DtlsSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (session.IsClosed)
            return;
        SendAlert(session, Warning, AlertDescription.CloseNotify);
        Drop(session);
    }

    /// <summary>Ends a session with a fatal alert: the peer is not to resume it (RFC 5246, 7.2.2).</summary>
    /// <param name="session">The session.</param>
    /// <param name="alert">Why.</param>
    public void Close(DtlsSession session, AlertDescription alert)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (session.IsClosed)
            return;
        SendAlert(session, Fatal, alert);
        Drop(session);
    }

    /// <summary>
    /// Writes a session as bytes, with its keys: whoever keeps them encrypts them. The session goes on; of what was saved, the latest counts.
    /// </summary>
    /// <exception cref="InvalidOperationException">The session has ended.</exception>
    public static byte[] Save(DtlsSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (session.IsClosed)
            throw new InvalidOperationException("A session that has ended has no keys to be saved.");
        return SavedSession.Write(session);
    }

    /// <summary>
    /// Goes on with a session that was saved, here or elsewhere. No nonce is used again, however long the session went on after it was saved;
    /// what it had received until then is not taken again.
    /// </summary>
    /// <param name="saved">What <see cref="Save"/> gave.</param>
    /// <param name="now">The time.</param>
    /// <returns>The session; null when the bytes are of no session, or its number is taken.</returns>
    public DtlsSession? Restore(ReadOnlySpan<byte> saved, long now)
    {
        if (!SavedSession.TryRead(saved, out DtlsSession? session) || session!.IsExhausted)
            return null;
        session.LastReceived = now;
        if (_sessions.Count >= _options.MaxSessions && _sessions.Oldest is { } oldest)
            Drop(oldest);
        return _sessions.TryAdd(session) ? session : null;
    }

    /// <summary>Does what is due: retransmissions, time-outs.</summary>
    public void HandleTimeout(long now)
    {
        HandleHandshakeTimeouts(now);
        _hellos.HandleTimeout(now);
        while (_lastFlights.TryPeek(out (long Due, DtlsSession Session) last) && last.Due <= now)
            _lastFlights.Dequeue().Session.LastFlight = null;
        if (_options.IdleTimeout is { } idle)
        {
            while (_sessions.Oldest is { } oldest && now - oldest.LastReceived >= (long)idle.TotalMilliseconds)
                Close(oldest);
        }
    }

    /// <summary>Forgets everything, without a word to the peers: sessions that were saved go on elsewhere.</summary>
    public void Dispose()
    {
        foreach (DtlsSession session in _sessions.All)
            session.Keys.Clear();
        _cookies.Dispose();
    }

    private int Seal(DtlsSession session, ContentType type, Span<byte> record, int length) => RecordProtection.Seal(
        _context.Crypto, session.Keys, type, 1, session.TakeSequenceNumber(), session.PeerConnectionId, session.ConnectionIdForm, record, length);

    private void Transmit(DtlsSession session, ContentType type, ReadOnlySpan<byte> content) =>
        TransmitTo(session, GetDestination(session, content.Length), type, content);

    private void TransmitTo(DtlsSession session, in PeerAddress address, ContentType type, ReadOnlySpan<byte> content)
    {
        if (session.IsExhausted && type != ContentType.Alert)
            return;
        Span<byte> record = _host.Rent(address, GetOverhead(session) + content.Length);
        content.CopyTo(record[session.ContentOffset..]);
        _host.Commit(Seal(session, type, record, content.Length));
    }

    private void SendAlert(DtlsSession session, byte level, AlertDescription alert) => Transmit(session, ContentType.Alert, [level, (byte)alert]);

    /// <summary>Ends a session without a word.</summary>
    private void Drop(DtlsSession session)
    {
        if (session.IsClosed)
            return;
        session.IsClosed = true;
        session.LastFlight = null;
        _sessions.Remove(session);
        session.Keys.Clear();
        _host.OnClosed(session);
    }
}
