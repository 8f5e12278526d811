using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Surety.Coap;

/// <summary>
/// CoAP over datagrams: one socket, one thread, batches both ways. Everything that a batch changed is committed by the handler before the
/// answers to it leave.
/// </summary>
public abstract partial class DatagramCoapEndpoint : CoapEndpoint, IDatagramSink
{
    // More posted work than this waits, so that datagrams are taken in between.
    private const int MaxWorkPerRound = 256;

    private readonly ConcurrentQueue<Work> _work = new();
    private readonly DatagramSocket _socket;
    private readonly CoapEngine _engine;
    private readonly MonotonicClock _clock;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _logger;
    private long _mark;
    private int _isWaiting;
    private bool _mustCommit;
    private volatile bool _isStopping;
    private volatile bool _hasStopped;

    private protected DatagramCoapEndpoint(string scheme, DatagramSocket socket, ICoapHandler handler, CoapEndpointOptions options, ILogger logger, TimeProvider time)
        : base(scheme, options)
    {
        _socket = socket;
        _logger = logger;
        _clock = new MonotonicClock(time);
        _engine = new CoapEngine(this, handler, this, new Random(), CompleteLater, logger, _clock.Now);
        LocalEndPoint = socket.LocalEndPoint;
        _thread = new Thread(Run) { IsBackground = true, Name = $"{scheme} {LocalEndPoint}" };
    }

    /// <inheritdoc/>
    public override IPEndPoint LocalEndPoint { get; }

    /// <summary>What happened so far.</summary>
    public CoapStatistics Statistics => _engine.Statistics;

    private protected CoapEngine Engine => _engine;

    private protected DatagramSocket Socket => _socket;

    /// <summary>Milliseconds.</summary>
    private protected long Now => _clock.Now;

    /// <summary>When <see cref="HandleTimeout"/> is to be called, milliseconds.</summary>
    private protected virtual long NextTimeout => _engine.NextTimeout;

    /// <inheritdoc/>
    public override void Send(in PeerKey peer, OutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!IsReachable(peer))
            message.OnFailed(ExchangeFailure.Unreachable);
        else
            Post(peer, message);
    }

    /// <inheritdoc/>
    public override void Cancel(OutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.IsCancelled = true;
        Post(default, message);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _isStopping = true;
        _socket.Wake();
        await _stopped.Task.ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    Span<byte> IDatagramSink.Rent(in PeerKey peer) => RentMessage(peer);

    void IDatagramSink.Commit(int length) => CommitMessage(length);

    private protected static DatagramSocket OpenSocket(IPEndPoint local, CoapEndpointOptions options, int overhead, bool portable)
    {
        // Room also for the error that a request with too long a token gets: it carries the token (RFC 8974, 2.2.2).
        int outgoingSize = Math.Clamp(CoapEngine.GetMaxMessage(options) + overhead, DatagramSocket.IncomingSize, DatagramSocket.MaxSize);
        return DatagramSocket.Open(local, outgoingSize, portable);
    }

    private protected void Start() => _thread.Start();

    /// <summary>Takes a datagram of the batch.</summary>
    private protected abstract void OnDatagram(in PeerKey from, Span<byte> datagram, bool isMulticast, bool isTruncated, long now);

    /// <summary>A buffer for a message of the engine.</summary>
    private protected abstract Span<byte> RentMessage(in PeerKey peer);

    /// <summary>Sends the message in the buffer last rented.</summary>
    private protected abstract void CommitMessage(int length);

    /// <summary>Does what was posted and is no message.</summary>
    private protected virtual void OnPosted(object subject, long now)
    {
    }

    /// <summary>What was posted will not be done any more.</summary>
    private protected virtual void OnAbandoned(object subject)
    {
    }

    /// <summary>The endpoint ends, on its thread; what is sent now still leaves.</summary>
    private protected virtual void OnStopping()
    {
    }

    private protected virtual void HandleTimeout(long now) => _engine.HandleTimeout(now);

    /// <summary>A buffer of the socket; makes room in the batch when there is none.</summary>
    private protected Span<byte> RentDatagram(scoped in PeerKey to)
    {
        if (_socket.OutgoingCount == DatagramSocket.BatchSize)
            CommitAndFlush();
        return _socket.Rent(to);
    }

    /// <summary>Brings something to the endpoint's thread.</summary>
    private protected void Post(in PeerKey peer, object subject, CoapResponse? response = null)
    {
        _work.Enqueue(new Work(peer, subject, response));
        // The thread says that it waits before it looks at the queue a last time; see Wait.
        if (Interlocked.Exchange(ref _isWaiting, 0) == 1)
            _socket.Wake();
        // The same for its end; see Run.
        if (_hasStopped)
            FailPosted();
    }

    private void CompleteLater(PendingResponse pending, CoapResponse response) => Post(default, pending, response);

    private void FailPosted()
    {
        while (_work.TryDequeue(out Work work))
        {
            if (work.Subject is not OutgoingMessage message)
                OnAbandoned(work.Subject);
            else if (!message.IsCancelled)
                message.OnFailed(ExchangeFailure.Closed);
        }
    }

    private void Run()
    {
        try
        {
            while (!_isStopping)
            {
                int count = _socket.Receive();
                Round(count);
                if (count == 0 && _work.IsEmpty)
                    Wait();
            }
        }
        finally
        {
            _isStopping = true;
            Stop();
            _engine.Dispose();
            _hasStopped = true;
            Interlocked.MemoryBarrier();
            FailPosted();
            _socket.Dispose();
            _stopped.SetResult();
        }
    }

    private void Stop()
    {
        try
        {
            OnStopping();
            CommitAndFlush();
        }
        catch (Exception e)
        {
            LogStopFailed(e, LocalEndPoint);
        }
    }

    private void Round(int count)
    {
        long now = _clock.Now;
        _mark = _engine.Mark;
        for (int i = 0; i < count; i++)
            Receive(i, now);
        int done = 0;
        for (; done < MaxWorkPerRound && _work.TryDequeue(out Work work); done++)
            Do(work, now);
        if (now >= NextTimeout)
            HandleTimeouts(now);
        _mustCommit |= count + done > 0;
        CommitAndFlush();
    }

    private void Receive(int index, long now)
    {
        Span<byte> datagram = _socket.GetReceived(index, out PeerKey peer, out bool isMulticast, out bool isTruncated);
        try
        {
            OnDatagram(peer, datagram, isMulticast, isTruncated, now);
        }
        catch (Exception e)
        {
            // A fault in a handler costs this datagram, not the endpoint.
            LogReceiveFailed(e, peer);
        }
    }

    private void Do(in Work work, long now)
    {
        try
        {
            switch (work.Subject)
            {
                case OutgoingMessage { IsCancelled: true } message:
                    _engine.Cancel(message, now);
                    break;
                case OutgoingMessage message:
                    _engine.Send(work.Peer, message, now);
                    break;
                case PendingResponse pending:
                    _engine.Complete(pending, work.Response!, now);
                    break;
                default:
                    OnPosted(work.Subject, now);
                    break;
            }
        }
        catch (Exception e)
        {
            LogWorkFailed(e, work.Peer);
        }
    }

    private void HandleTimeouts(long now)
    {
        try
        {
            HandleTimeout(now);
        }
        catch (Exception e)
        {
            // The timers behind the one that failed are still due, and come in the next round.
            LogTimeoutFailed(e, LocalEndPoint);
        }
    }

    private void CommitAndFlush()
    {
        if (!_mustCommit && _socket.OutgoingCount == 0)
            return;
        try
        {
            _engine.Commit();
            _mustCommit = false;
        }
        catch (Exception e)
        {
            // What was not made durable is not acknowledged: the peers will repeat themselves.
            LogCommitFailed(e, LocalEndPoint, _socket.OutgoingCount);
            _engine.Statistics.FailedCommits++;
            _engine.Forget(_mark);
            _socket.Discard();
            return;
        }

        _socket.Flush();
        _mark = _engine.Mark;
    }

    private void Wait()
    {
        Interlocked.Exchange(ref _isWaiting, 1);
        if (_work.IsEmpty && !_isStopping)
        {
            long timeout = NextTimeout;
            _socket.Wait(timeout == long.MaxValue ? -1 : (int)Math.Clamp(timeout - _clock.Now, 0, int.MaxValue));
            // Whoever has posted one request is often about to post more: on a busy core that makes batches of them.
            if (!_work.IsEmpty)
                Thread.Yield();
        }

        Interlocked.Exchange(ref _isWaiting, 0);
    }

    [LoggerMessage(1010, LogLevel.Error, "Handling a datagram of {Peer} failed")]
    private partial void LogReceiveFailed(Exception exception, PeerKey peer);

    [LoggerMessage(1012, LogLevel.Error, "Sending to {Peer} failed")]
    private partial void LogWorkFailed(Exception exception, PeerKey peer);

    [LoggerMessage(1013, LogLevel.Error, "A time-out on {LocalEndPoint} failed")]
    private partial void LogTimeoutFailed(Exception exception, IPEndPoint localEndPoint);

    [LoggerMessage(1014, LogLevel.Error, "Ending {LocalEndPoint} in order failed")]
    private partial void LogStopFailed(Exception exception, IPEndPoint localEndPoint);

    [LoggerMessage(1011, LogLevel.Error, "Could not make durable what was received on {LocalEndPoint}; {Count} answers are held back, the peers will repeat their requests")]
    private partial void LogCommitFailed(Exception exception, IPEndPoint localEndPoint, int count);

    private readonly record struct Work(PeerKey Peer, object Subject, CoapResponse? Response);
}
