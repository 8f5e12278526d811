using System.Net;
using Microsoft.Extensions.Logging;

namespace Surety.Coap;

/// <summary>
/// What the connections of an endpoint share: timers, transfers, exchanges, a buffer to write messages in. No sockets, clocks or threads;
/// used by one thread at a time, with all sessions.
/// </summary>
internal sealed partial class CoapTcpEngine
{
    private const long SweepInterval = 60_000;

    private readonly ICoapHandler _handler;
    private readonly ILogger _logger;
    private readonly Action<TcpPendingResponse, CoapResponse> _completeLater;
    private readonly TransferStores _transfers;
    private readonly SlotTable<TcpExchange> _exchanges = new(static slot => new TcpExchange(slot));
    private readonly List<CoapTcpSession> _touched = [];
    private byte[] _scratch = [];

    /// <param name="endpoint">Whose engine this is.</param>
    /// <param name="handler">What stands above.</param>
    /// <param name="completeLater">Brings a deferred response to the engine's thread, to be given to <see cref="CoapTcpSession.Complete"/>.</param>
    /// <param name="logger">For what goes wrong with connections.</param>
    /// <param name="now">Milliseconds of any clock that never goes back.</param>
    public CoapTcpEngine(CoapEndpoint endpoint, ICoapHandler handler, Action<TcpPendingResponse, CoapResponse> completeLater, ILogger logger, long now)
    {
        Endpoint = endpoint;
        Options = endpoint.Options;
        _logger = logger;
        _handler = handler;
        _completeLater = completeLater;
        _transfers = new TransferStores(Options);
        Processor = new RequestProcessor(handler, Options, _transfers, logger) { AcceptsBert = true };
        Timers = new TimerWheel(now);
        Timers.Schedule(new Sweeper(this), now + SweepInterval);
    }

    public CoapEndpoint Endpoint { get; }

    public CoapEndpointOptions Options { get; }

    public ILogger Logger => _logger;

    public ICoapHandler Handler => _handler;

    public RequestProcessor Processor { get; }

    public TimerWheel Timers { get; }

    public SegmentPool Segments { get; } = new();

    /// <summary>Memory of messages that are still arriving, bytes (<see cref="CoapTcpOptions.MaxReceiveMemory"/>).</summary>
    public long ReceiveMemory { get; set; }

    public CoapStatistics Statistics { get; } = new();

    /// <summary>Exchanges of ours that are waiting for a response, over all connections.</summary>
    public int ExchangesInUse => _exchanges.InUse;

    /// <summary>Exchanges whose token the caller chose; the others are found by their slot.</summary>
    public Dictionary<(CoapTcpSession Session, CoapToken Token), TcpExchange> ByToken { get; } = [];

    /// <summary>The handler was told something since the last <see cref="Commit"/>.</summary>
    public bool MustCommit { get; set; }

    /// <summary>What becomes of messages whose connection ends.</summary>
    public ExchangeFailure EndFailure { get; set; } = ExchangeFailure.Unreachable;

    /// <summary>Messages of ours that wait to be written, over all connections.</summary>
    public int WaitingCount { get; set; }

    /// <summary>When to call <see cref="HandleTimeout"/> next, milliseconds.</summary>
    public long NextTimeout => Timers.NextTimeout;

    /// <summary>Does what is due.</summary>
    public void HandleTimeout(long now) => Timers.Advance(now);

    /// <summary>
    /// Makes durable what was handled, and lets the output go that was written since the last call. When that fails, the answers are taken
    /// back and their connections end: the peers come back and repeat themselves.
    /// </summary>
    /// <param name="now">Milliseconds.</param>
    public void Commit(long now)
    {
        bool isDurable = true;
        try
        {
            if (MustCommit)
                _handler.Commit();
            MustCommit = false;
        }
        catch (Exception e)
        {
            isDurable = false;
            Statistics.FailedCommits++;
            LogCommitFailed(e, Endpoint.LocalEndPoint);
        }

        // Ending a session may touch it again: it then stands further down in the list.
        for (int i = 0; i < _touched.Count; i++)
        {
            CoapTcpSession session = _touched[i];
            if (isDurable)
                session.Commit();
            else
                session.Rollback(now);
            Flush(session, now);
        }

        _touched.Clear();
    }

    /// <summary>The session has done something since the last <see cref="Commit"/>.</summary>
    public void Touch(CoapTcpSession session) => _touched.Add(session);

    /// <summary>A buffer to write one message in; the one rented before is given up.</summary>
    public Span<byte> Rent(int length)
    {
        if (_scratch.Length < length)
            _scratch = GC.AllocateUninitializedArray<byte>((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length));
        return _scratch.AsSpan(0, length);
    }

    public void CompleteLater(TcpPendingResponse pending, CoapResponse response) => _completeLater(pending, response);

    public TcpExchange RentExchange(CoapTcpSession session, OutgoingMessage message)
    {
        TcpExchange exchange = _exchanges.Rent();
        exchange.Session = session;
        exchange.Token = message.Token ?? SlotToken.Create(exchange.Slot);
        return exchange;
    }

    public void ReturnExchange(TcpExchange exchange)
    {
        Timers.Cancel(exchange);
        exchange.Message = null;
        exchange.Session = null!;
        exchange.Next = exchange.Previous = null;
        _exchanges.Return(exchange);
    }

    public TcpExchange? Find(CoapTcpSession session, in CoapToken token)
    {
        if (_exchanges.TryFind(token, out TcpExchange? exchange) && exchange.Message is not null && exchange.Session == session && exchange.Token == token)
            return exchange;
        return ByToken.Count > 0 && ByToken.TryGetValue((session, token), out TcpExchange? chosen) ? chosen : null;
    }

    private void Flush(CoapTcpSession session, long now)
    {
        try
        {
            session.Owner.Flush();
        }
        catch (Exception e)
        {
            // A fault in a message of ours costs its connection, not all of them.
            LogFlushFailed(e, session.Key);
            session.OnTransportClosed("internal error; the log has the details", now);
        }
    }

    [LoggerMessage(1104, LogLevel.Error, "Could not make durable what was received on {LocalEndPoint}; its connections are closed, the peers will come back and repeat their requests")]
    private partial void LogCommitFailed(Exception exception, IPEndPoint localEndPoint);

    [LoggerMessage(1105, LogLevel.Error, "Sending to {Peer} failed")]
    private partial void LogFlushFailed(Exception exception, PeerKey peer);

    private sealed class Sweeper(CoapTcpEngine engine) : TimerNode
    {
        public override void OnTimeout(long now)
        {
            engine._transfers.Sweep(now);
            engine.Timers.Schedule(this, now + SweepInterval);
        }
    }
}
