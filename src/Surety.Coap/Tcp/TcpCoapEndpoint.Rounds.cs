using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Surety.Coap;

/// <remarks>
/// Rounds run on the thread pool, never two at a time; the first after an idle time on the thread that brings the work. Whatever comes in
/// while a round is being made durable is taken together in the next one.
/// </remarks>
public sealed partial class TcpCoapEndpoint : IThreadPoolWorkItem
{
    private const int MaxWorkPerRound = 256;

    private readonly ConcurrentQueue<Work> _work = new();
    private readonly HashSet<TcpConnection> _all = [];
    private readonly ITimer _timer;
    private RecordEngine? _records;
    private long _timerDueAt = long.MaxValue;
    private int _isRunning;

    void IThreadPoolWorkItem.Execute() => Run();

    internal void PostReceived(TcpConnection connection) => PostAndRun(new Work(WorkKind.Received, connection));

    internal void PostRead(TcpConnection connection, int count, Exception? failure) => PostAndRun(new Work(WorkKind.Read, connection, failure, null, count));

    internal void PostReceiveEnded(TcpConnection connection, Exception? failure) => PostAndRun(new Work(WorkKind.ReceiveEnded, connection, failure));

    internal void PostWritten(TcpConnection connection, int count, Exception? failure) => PostAndRun(new Work(WorkKind.Written, connection, failure, null, count));

    /// <summary>For callers' threads, which may hold locks: the round runs elsewhere.</summary>
    private void Post(in Work work)
    {
        _work.Enqueue(work);
        if (Interlocked.CompareExchange(ref _isRunning, 1, 0) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>
    /// For completions of our own: one round runs right here, without waking another thread. Further ones run elsewhere, since the
    /// caller's own connection goes on only when this returns.
    /// </summary>
    private void PostAndRun(in Work work)
    {
        _work.Enqueue(work);
        if (Interlocked.CompareExchange(ref _isRunning, 1, 0) != 0)
            return;
        Round();
        if (!TryStop())
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void OnTimer()
    {
        Volatile.Write(ref _timerDueAt, long.MaxValue);
        PostAndRun(new Work(WorkKind.Timer));
    }

    private void Run()
    {
        do
        {
            Round();
        }
        while (!TryStop());
    }

    /// <summary>Ends running when there is no more work.</summary>
    private bool TryStop()
    {
        if (!_work.IsEmpty)
            return false;
        SetTimer();
        Interlocked.Exchange(ref _isRunning, 0);
        // What came after the last look at the queue found us running, and left the round to us.
        return _work.IsEmpty || Interlocked.CompareExchange(ref _isRunning, 1, 0) != 0;
    }

    private void Round()
    {
        long now = _clock.Now;
        for (int done = 0; done < MaxWorkPerRound && _work.TryDequeue(out Work work); done++)
            Do(work, now);
        try
        {
            if (now >= _engine.NextTimeout)
                _engine.HandleTimeout(now);
            if (now >= _records?.NextTimeout)
                _records.HandleTimeout(now);
        }
        catch (Exception e)
        {
            LogWorkFailed(e, WorkKind.Timer, null);
        }

        _engine.Commit(now);
        _records?.Commit(now);
    }

    private void SetTimer()
    {
        long next = Math.Min(_engine.NextTimeout, _records?.NextTimeout ?? long.MaxValue);
        if (next >= Volatile.Read(ref _timerDueAt))
            return;
        Volatile.Write(ref _timerDueAt, next);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(next - _clock.Now, 0)), Timeout.InfiniteTimeSpan);
    }

    private void Do(in Work work, long now)
    {
        try
        {
            switch (work.Kind)
            {
                case WorkKind.Received:
                    work.Connection!.Read(now);
                    break;
                case WorkKind.Read:
                    work.Connection!.OnRead(work.Count, (Exception?)work.Subject, now);
                    break;
                case WorkKind.Written:
                    work.Connection!.OnWritten(work.Count, (Exception?)work.Subject, now);
                    break;
                case WorkKind.ReceiveEnded:
                    work.Connection!.OnReceiveEnded((Exception?)work.Subject, now);
                    break;
                case WorkKind.Send:
                    Send(work.Connection, (OutgoingMessage)work.Subject!, now);
                    break;
                case WorkKind.Cancel when work.Subject is OutgoingMessage { Exchange: TcpExchange exchange }:
                    exchange.Session.Cancel(exchange, now);
                    break;
                case WorkKind.Cancel when work.Subject is OutgoingMessage { Exchange: Exchange or PeerState } message:
                    _records?.Cancel(message, now);
                    break;
                case WorkKind.Complete when work.Subject is TcpPendingResponse pending:
                    pending.Session.Complete(pending, (CoapResponse)work.Detail!, now);
                    break;
                case WorkKind.Complete:
                    _records?.Complete((PendingResponse)work.Subject!, (CoapResponse)work.Detail!, now);
                    break;
                case WorkKind.Open:
                    Open(work.Connection!, (string?)work.Subject, isAccepted: work.Detail is TlsHandshake, now);
                    break;
                case WorkKind.Release:
                    work.Connection!.Session.Release((ConnectionRelease)work.Subject!, now);
                    break;
                case WorkKind.Abort:
                    work.Connection!.Session?.Abort((string)work.Subject!, now);
                    break;
                case WorkKind.Stop:
                    Stop(now);
                    break;
                case WorkKind.Close:
                    foreach (TcpConnection connection in _all.ToArray())
                        connection.Close();
                    _records?.Dispose();
                    ((TaskCompletionSource)work.Subject!).SetResult();
                    break;
            }
        }
        catch (Exception e)
        {
            LogWorkFailed(e, work.Kind, work.Connection?.RemoteEndPoint);
            work.Connection?.Close();
        }
    }

    private void Open(TcpConnection connection, string? refusal, bool isAccepted, long now)
    {
        if (Volatile.Read(ref _isStopping) == 1)
            refusal ??= "the endpoint is closing";
        _all.Add(connection);
        connection.CreateSession(_engine);
        _connections[connection.Number] = connection;
        // What the handshake asked may have changed meanwhile. The connection is in the table already: from here on it is found by whoever ends
        // connections.
        if (isAccepted && connection.Identity.IsAuthenticated)
            refusal ??= _serverTls?.ClientTrust.FindRefusal?.Invoke(connection.Identity)?.Reason;
        connection.Start(refusal, now);
    }

    private void Send(TcpConnection? connection, OutgoingMessage message, long now)
    {
        if (connection is not null)
            connection.Session.Send(message, now);
        else if (!message.IsCancelled)
            message.OnFailed(_engine.EndFailure);
    }

    private void Stop(long now)
    {
        _engine.EndFailure = ExchangeFailure.Closed;
        foreach (TcpConnection connection in _all.ToArray())
            connection.Session.Release(new ConnectionRelease { Diagnostic = "the endpoint is closing" }, now);
    }

    [LoggerMessage(1120, LogLevel.Error, "{Kind} failed; the connection with {Remote} is closed")]
    private partial void LogWorkFailed(Exception exception, WorkKind kind, IPEndPoint? remote);

    private enum WorkKind : byte
    {
        Timer,
        Open,
        Received,
        Read,
        Written,
        ReceiveEnded,
        Send,
        Cancel,
        Complete,
        Release,
        Abort,
        Stop,
        Close,
    }

    private readonly record struct Work(WorkKind Kind, TcpConnection? Connection = null, object? Subject = null, object? Detail = null, int Count = 0);
}
