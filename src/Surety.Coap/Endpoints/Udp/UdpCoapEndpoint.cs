using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Surety.Coap;

/// <summary>
/// CoAP over UDP (RFC 7252): one socket, one thread, batches both ways. Everything that a batch changed is committed by the handler before
/// the answers to it leave.
/// </summary>
public sealed partial class UdpCoapEndpoint : CoapEndpoint, IDatagramSink
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

    private UdpCoapEndpoint(DatagramSocket socket, ICoapHandler handler, CoapEndpointOptions options, ILogger logger, TimeProvider time)
        : base("coap", options)
    {
        _socket = socket;
        _logger = logger;
        _clock = new MonotonicClock(time);
        _engine = new CoapEngine(this, handler, this, new Random(), CompleteLater, logger, _clock.Now);
        LocalEndPoint = socket.LocalEndPoint;
        _thread = new Thread(Run) { IsBackground = true, Name = $"coap {LocalEndPoint}" };
    }

    /// <inheritdoc/>
    public override IPEndPoint LocalEndPoint { get; }

    /// <summary>What happened so far.</summary>
    public CoapStatistics Statistics => _engine.Statistics;

    /// <summary>Binds a socket and starts to serve it.</summary>
    /// <param name="local">The address and port; port 0 takes any.</param>
    /// <param name="handler">What answers the requests.</param>
    /// <param name="options">Limits and parameters.</param>
    /// <param name="logger">For failures.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SocketException">The address is in use, or not ours.</exception>
    public static UdpCoapEndpoint Open(IPEndPoint local, ICoapHandler handler, CoapEndpointOptions? options = null, ILogger? logger = null, TimeProvider? time = null) =>
        Open(local, handler, options, logger, time, portable: false);

    internal static UdpCoapEndpoint Open(IPEndPoint local, ICoapHandler handler, CoapEndpointOptions? options, ILogger? logger, TimeProvider? time, bool portable)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(handler);
        options ??= CoapEndpointOptions.Default;
        // Room also for the error that a request with too long a token gets: it carries the token (RFC 8974, 2.2.2).
        int outgoingSize = Math.Clamp(CoapEngine.GetMaxMessage(options), DatagramSocket.IncomingSize, DatagramSocket.MaxSize);
        DatagramSocket socket = DatagramSocket.Open(local, outgoingSize, portable);
        try
        {
            var endpoint = new UdpCoapEndpoint(socket, handler, options, logger ?? NullLogger.Instance, time ?? TimeProvider.System);
            endpoint._thread.Start();
            return endpoint;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override PeerIdentity GetIdentity(in PeerKey peer) => PeerIdentity.None;

    /// <inheritdoc/>
    public override IPEndPoint? GetRemoteEndPoint(in PeerKey peer) => peer.ToEndPoint();

    /// <inheritdoc/>
    public override bool IsReachable(in PeerKey peer) => peer.IsAddress && (peer.IsIPv4 || LocalEndPoint.AddressFamily == AddressFamily.InterNetworkV6);

    /// <summary>Serves requests to a multicast group as well, <c>224.0.1.187</c> or <c>ff02::fd</c> for instance (RFC 7252, 12.8).</summary>
    /// <param name="group">The group's address, of the socket's address family.</param>
    /// <param name="interfaceIndex">The interface; 0 lets the system choose.</param>
    public void JoinMulticastGroup(IPAddress group, int interfaceIndex = 0)
    {
        ArgumentNullException.ThrowIfNull(group);
        _socket.Join(group, interfaceIndex);
    }

    /// <inheritdoc/>
    public override void Send(in PeerKey peer, OutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!IsReachable(peer))
            message.OnFailed(ExchangeFailure.Unreachable);
        else
            Post(new Work(peer, message, null));
    }

    /// <inheritdoc/>
    public override void Cancel(OutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.IsCancelled = true;
        Post(new Work(default, message, null));
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _isStopping = true;
        _socket.Wake();
        await _stopped.Task.ConfigureAwait(false);
    }

    Span<byte> IDatagramSink.Rent(in PeerKey peer)
    {
        if (_socket.OutgoingCount == DatagramSocket.BatchSize)
            CommitAndFlush();
        return _socket.Rent(peer);
    }

    void IDatagramSink.Commit(int length) => _socket.Commit(length);

    internal override int GetInlineBody(in PeerKey peer) => Options.MaxBlockSize;

    internal override int GetSizeExponent(in PeerKey peer) => BlockValue.ExponentFor(Options.MaxBlockSize);

    private void CompleteLater(PendingResponse pending, CoapResponse response) => Post(new Work(default, pending, response));

    private void Post(Work work)
    {
        _work.Enqueue(work);
        // The thread says that it waits before it looks at the queue a last time; see Wait.
        if (Interlocked.Exchange(ref _isWaiting, 0) == 1)
            _socket.Wake();
        // The same for its end; see Run.
        if (_hasStopped)
            FailPosted();
    }

    private void FailPosted()
    {
        while (_work.TryDequeue(out Work work))
        {
            if (work.Subject is OutgoingMessage { IsCancelled: false } message)
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
            _engine.Dispose();
            _hasStopped = true;
            Interlocked.MemoryBarrier();
            FailPosted();
            _socket.Dispose();
            _stopped.SetResult();
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
        if (now >= _engine.NextTimeout)
            HandleTimeout(now);
        _mustCommit |= count + done > 0;
        CommitAndFlush();
    }

    private void Receive(int index, long now)
    {
        ReadOnlySpan<byte> datagram = _socket.GetReceived(index, out PeerKey peer, out bool isMulticast, out bool isTruncated);
        try
        {
            if (isTruncated)
                _engine.ReceiveTruncated(peer, datagram, isMulticast, now);
            else
                _engine.Receive(peer, datagram, isMulticast, now);
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
            }
        }
        catch (Exception e)
        {
            LogWorkFailed(e, work.Peer);
        }
    }

    private void HandleTimeout(long now)
    {
        try
        {
            _engine.HandleTimeout(now);
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
            long timeout = _engine.NextTimeout;
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

    [LoggerMessage(1011, LogLevel.Error, "Could not make durable what was received on {LocalEndPoint}; {Count} answers are held back, the peers will repeat their requests")]
    private partial void LogCommitFailed(Exception exception, IPEndPoint localEndPoint, int count);

    private readonly record struct Work(PeerKey Peer, object Subject, CoapResponse? Response);
}
