using System.Net;
using Microsoft.Extensions.Logging;

namespace Surety.Coap;

/// <summary>
/// The message layer of RFC 7252 for the connections of an endpoint whose clients send one message in each TLS record. What TCP does
/// already is left to it: nothing is retransmitted. Used by one thread at a time, with all sessions.
/// </summary>
internal sealed partial class RecordEngine : IDatagramSink, IDisposable
{
    /// <summary>The longest message sent, bytes: the receive buffer of Pelion's client.</summary>
    public const int MaxMessageSize = 1152;

    /// <summary>The largest block sent and asked for, bytes: what Pelion's client is built for.</summary>
    public const int MaxBlockSize = 512;

    // Over a connection, duplicates come from clients that repeat themselves all the same; they are few.
    private const long MaxDeduplicationMemory = 4 * 1024 * 1024;

    // A device that runs a delayed function answers late, and nothing is lost on the way: one long time-out.
    private static readonly TimeSpan AcknowledgementTimeout = TimeSpan.FromSeconds(60);

    private readonly Dictionary<PeerKey, RecordSession> _sessions = [];
    private readonly List<RecordSession> _touched = [];
    private readonly byte[] _buffer = new byte[MaxMessageSize];
    private readonly CoapTcpEngine _connections;
    private readonly CoapEngine _engine;
    private RecordSession? _target;
    private long _mark;
    private bool _mustCommit;
    private bool _isDisposed;

    /// <param name="connections">What all connections of the endpoint share.</param>
    /// <param name="completeLater">Brings a deferred response to the engine's thread, to be given to <see cref="Complete"/>.</param>
    /// <param name="now">Milliseconds.</param>
    public RecordEngine(CoapTcpEngine connections, Action<PendingResponse, CoapResponse> completeLater, long now)
    {
        _connections = connections;
        CoapEndpointOptions options = connections.Options;
        options = options with
        {
            MaxBlockSize = Math.Min(options.MaxBlockSize, MaxBlockSize),
            DeduplicationMemory = Math.Min(options.DeduplicationMemory, MaxDeduplicationMemory),
            Transmission = options.Transmission with { AckTimeout = AcknowledgementTimeout, MaxRetransmit = 0 },
        };
        SizeExponent = BlockValue.ExponentFor(options.MaxBlockSize);
        _engine = new CoapEngine(connections.Endpoint, connections.Handler, this, new Random(), completeLater, connections.Logger, now, options);
        _mark = _engine.Mark;
    }

    public CoapTcpOptions Limits => _connections.Options.Tcp;

    public TimerWheel Timers => _connections.Timers;

    public CoapStatistics Statistics => _engine.Statistics;

    /// <summary>The size exponent of blocks.</summary>
    public int SizeExponent { get; }

    /// <summary>When to call <see cref="HandleTimeout"/> next, milliseconds.</summary>
    public long NextTimeout => _isDisposed ? long.MaxValue : _engine.NextTimeout;

    /// <summary>The session of a new connection.</summary>
    public RecordSession Open(in PeerKey key, ITcpSessionOwner owner)
    {
        var session = new RecordSession(this, key, owner);
        _sessions.Add(key, session);
        return session;
    }

    /// <summary>Takes one message; false when it was none.</summary>
    public bool Receive(RecordSession session, ReadOnlySpan<byte> message, long now)
    {
        _mustCommit = true;
        long malformed = Statistics.Malformed;
        try
        {
            _engine.Receive(session.Key, message, isMulticast: false, now);
        }
        catch (Exception e)
        {
            // A fault in a handler costs this message, not the connection.
            LogReceiveFailed(_connections.Logger, e, session.Peer(_connections.Endpoint));
        }

        return Statistics.Malformed == malformed;
    }

    public void Send(RecordSession session, OutgoingMessage message, long now)
    {
        _mustCommit = true;
        _engine.Send(session.Key, message, now);
    }

    public void Cancel(OutgoingMessage message, long now)
    {
        if (!_isDisposed)
            _engine.Cancel(message, now);
    }

    /// <summary>Sends a deferred response, if its connection is still there.</summary>
    public void Complete(PendingResponse pending, CoapResponse response, long now)
    {
        if (_isDisposed)
            return;
        _mustCommit = true;
        _engine.Complete(pending, response, now);
    }

    /// <summary>Does what is due.</summary>
    public void HandleTimeout(long now)
    {
        _mustCommit = true;
        _engine.HandleTimeout(now);
    }

    /// <summary>
    /// Makes durable what was handled, and lets the messages go that were written since the last call. When that fails, their connections
    /// end: the peers come back and repeat themselves.
    /// </summary>
    public void Commit(long now)
    {
        if (_isDisposed || (!_mustCommit && _touched.Count == 0))
            return;
        bool isDurable = true;
        try
        {
            if (_mustCommit)
                _engine.Commit();
            _mustCommit = false;
        }
        catch (Exception e)
        {
            isDurable = false;
            Statistics.FailedCommits++;
            _engine.Forget(_mark);
            LogCommitFailed(_connections.Logger, e, _connections.Endpoint.LocalEndPoint);
        }

        // Ending a session may touch it again: it then stands further down in the list.
        for (int i = 0; i < _touched.Count; i++)
            _touched[i].Commit(isDurable, now);
        _touched.Clear();
        _mark = _engine.Mark;
    }

    /// <summary>The session has something to send, or has ended.</summary>
    public void Touch(RecordSession session) => _touched.Add(session);

    /// <summary>The session is over: what waits for its peer fails, and the handler is told.</summary>
    public void OnEnded(RecordSession session)
    {
        _sessions.Remove(session.Key);
        _mustCommit = true;
        if (!_isDisposed)
            _engine.FailPeer(session.Key, _connections.EndFailure);
        try
        {
            _connections.Handler.OnPeerClosed(session.Peer(_connections.Endpoint));
        }
        catch (Exception e)
        {
            LogReceiveFailed(_connections.Logger, e, session.Peer(_connections.Endpoint));
        }
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _engine.Dispose();
    }

    Span<byte> IDatagramSink.Rent(in PeerKey peer)
    {
        // What is for a peer that has gone is written, and dropped.
        _target = _sessions.GetValueOrDefault(peer);
        return _buffer;
    }

    void IDatagramSink.Commit(int length) => _target?.Append(_buffer.AsSpan(0, length));

    [LoggerMessage(1106, LogLevel.Error, "Handling a message of {Peer} failed")]
    private static partial void LogReceiveFailed(ILogger logger, Exception exception, CoapPeer peer);

    [LoggerMessage(1107, LogLevel.Error, "Could not make durable what was received on {LocalEndPoint}; its connections are closed, the peers will come back and repeat their requests")]
    private static partial void LogCommitFailed(ILogger logger, Exception exception, IPEndPoint localEndPoint);
}
