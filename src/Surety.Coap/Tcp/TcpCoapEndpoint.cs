using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Surety.Coap;

/// <summary>
/// CoAP over TCP and TLS (RFC 8323): accepts connections, opens them, or both. All connections are served in rounds, one round at a time:
/// everything that a round has changed is committed by the handler before the answers to it leave.
/// </summary>
public sealed partial class TcpCoapEndpoint : CoapEndpoint
{
    private readonly ConcurrentDictionary<ulong, TcpConnection> _connections = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket? _listener;
    private readonly TlsServerOptions? _serverTls;
    private readonly TlsClientOptions? _clientTls;
    private readonly CoapTcpEngine _engine;
    private readonly MonotonicClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _handshakes;
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _accepting = Task.CompletedTask;
    private ulong _lastNumber;
    private int _connectionCount;
    private int _isStopping;

    private TcpCoapEndpoint(
        Socket? listener, ICoapHandler handler, CoapEndpointOptions options, bool isSecure, TlsServerOptions? serverTls, TlsClientOptions? clientTls, ILogger? logger, TimeProvider? time)
        : base(isSecure ? "coaps+tcp" : "coap+tcp", options)
    {
        _listener = listener;
        _serverTls = serverTls;
        _clientTls = clientTls;
        _logger = logger ?? NullLogger.Instance;
        _time = time ?? TimeProvider.System;
        _clock = new MonotonicClock(_time);
        _handshakes = new SemaphoreSlim(options.Tcp.MaxHandshakes);
        _engine = new CoapTcpEngine(this, handler, (pending, response) => Post(new Work(WorkKind.Complete, null, pending, response)), _logger, _clock.Now);
        _timer = _time.CreateTimer(static state => ((TcpCoapEndpoint)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // Keys may be kept longer than this process lives: a number must not come again for another peer.
        _lastNumber = RandomNumbers.NextUInt64();
        LocalEndPoint = (IPEndPoint?)listener?.LocalEndPoint ?? new IPEndPoint(IPAddress.Any, 0);
    }

    /// <summary>The address and port listened on; <c>0.0.0.0:0</c> when only connections of our own are made.</summary>
    public override IPEndPoint LocalEndPoint { get; }

    /// <summary>What happened so far.</summary>
    public CoapStatistics Statistics => _engine.Statistics;

    /// <summary>Connections at present, those in handshake included.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    internal long Now => _clock.Now;

    /// <summary>Listens on an address and serves what connects. Connections of our own can be made, too.</summary>
    /// <param name="listen">The address and port; port 0 takes any.</param>
    /// <param name="handler">What answers the requests.</param>
    /// <param name="options">Limits and parameters.</param>
    /// <param name="tls">Certificates; null for connections without security.</param>
    /// <param name="logger">For failures.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SocketException">The address is in use, or not ours.</exception>
    public static TcpCoapEndpoint Open(
        IPEndPoint listen, ICoapHandler handler, CoapEndpointOptions? options = null, TlsServerOptions? tls = null, ILogger? logger = null, TimeProvider? time = null) =>
        Open(listen, handler, options, tls, logger, time, static listener => listener.AcceptAsync);

    internal static TcpCoapEndpoint Open(
        IPEndPoint listen, ICoapHandler handler, CoapEndpointOptions? options, TlsServerOptions? tls, ILogger? logger, TimeProvider? time,
        Func<Socket, Func<CancellationToken, ValueTask<Socket>>> accept)
    {
        ArgumentNullException.ThrowIfNull(listen);
        ArgumentNullException.ThrowIfNull(handler);
        var listener = new Socket(listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (listen.Address.Equals(IPAddress.IPv6Any))
                listener.DualMode = true;
            listener.Bind(listen);
            listener.Listen(512);
            var endpoint = new TcpCoapEndpoint(listener, handler, options ?? CoapEndpointOptions.Default, tls is not null, tls, null, logger, time);
            endpoint._accepting = endpoint.AcceptAsync(accept(listener));
            return endpoint;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>An endpoint that listens nowhere and only makes connections. Peers send requests over those, too.</summary>
    /// <param name="handler">What answers the requests.</param>
    /// <param name="options">Limits and parameters.</param>
    /// <param name="tls">How connections are secured; null for connections without security.</param>
    /// <param name="logger">For failures.</param>
    /// <param name="time">The clock.</param>
    public static TcpCoapEndpoint OpenClient(
        ICoapHandler handler, CoapEndpointOptions? options = null, TlsClientOptions? tls = null, ILogger? logger = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new TcpCoapEndpoint(null, handler, options ?? CoapEndpointOptions.Default, tls is not null, null, tls, logger, time);
    }

    /// <inheritdoc/>
    public override PeerIdentity GetIdentity(in PeerKey peer) => Find(peer)?.Identity ?? PeerIdentity.None;

    /// <inheritdoc/>
    public override PeerSecurity? GetSecurity(in PeerKey peer) => Find(peer)?.Security;

    /// <inheritdoc/>
    public override IPEndPoint? GetRemoteEndPoint(in PeerKey peer) => Find(peer)?.RemoteEndPoint;

    /// <inheritdoc/>
    public override bool IsReachable(in PeerKey peer) => Find(peer) is not null;

    /// <inheritdoc/>
    public override void Send(in PeerKey peer, OutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_disposed.Task.IsCompleted)
            message.OnFailed(ExchangeFailure.Closed);
        else
            Post(new Work(WorkKind.Send, Find(peer), message));
    }

    /// <inheritdoc/>
    public override void Cancel(OutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.IsCancelled = true;
        Post(new Work(WorkKind.Cancel, null, message));
    }

    /// <summary>Asks a peer to finish and to close its connection (RFC 8323, 5.5); requests to it fail from now on.</summary>
    /// <param name="peer">The peer; one that is not there is left alone.</param>
    /// <param name="release">Where to go instead, and when to come back.</param>
    public void Release(in PeerKey peer, ConnectionRelease? release = null)
    {
        if (Find(peer) is { } connection)
            Post(new Work(WorkKind.Release, connection, release ?? new ConnectionRelease()));
    }

    /// <summary>Ends a peer's connection at once (RFC 8323, 5.6).</summary>
    /// <param name="peer">The peer; one that is not there is left alone.</param>
    /// <param name="diagnostic">Why, for people.</param>
    public void Abort(in PeerKey peer, string diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        if (Find(peer) is { } connection)
            Post(new Work(WorkKind.Abort, connection, diagnostic));
    }

    /// <inheritdoc/>
    public override int CloseSessions(Func<PeerIdentity, PeerRefusal?> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        int count = 0;
        foreach ((_, TcpConnection connection) in _connections)
        {
            if (!connection.Identity.IsAuthenticated || find(connection.Identity) is not { } reason)
                continue;
            LogRefused(connection.RemoteEndPoint, reason.Reason);
            Post(new Work(WorkKind.Abort, connection, reason.Reason));
            count++;
        }

        return count;
    }

    /// <inheritdoc/>
    public override void CloseSession(in PeerKey peer, PeerRefusal reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (Find(peer) is not { } connection)
            return;
        LogRefused(connection.RemoteEndPoint, reason.Reason);
        Post(new Work(WorkKind.Abort, connection, reason.Reason));
    }

    /// <summary>Releases all connections, gives them <see cref="CoapTcpOptions.ReleaseTimeout"/> to finish, and closes.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isStopping, 1) == 1)
        {
            await _disposed.Task.ConfigureAwait(false);
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        _listener?.Dispose();
        await _accepting.ConfigureAwait(false);
        Post(new Work(WorkKind.Stop));
        if (Volatile.Read(ref _connectionCount) > 0)
            await Task.WhenAny(_gone.Task, Task.Delay(Options.Tcp.ReleaseTimeout + Options.Tcp.LingerTimeout, _time)).ConfigureAwait(false);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new Work(WorkKind.Close, null, closed));
        await closed.Task.ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
        _disposed.SetResult();
    }

    internal override int GetInlineBody(in PeerKey peer) => Find(peer)?.Session.InlineBody ?? CoapTcpSession.BaseMaxMessageSize - 128;

    internal override int GetSizeExponent(in PeerKey peer) => Find(peer)?.Session.SizeExponent ?? BlockValue.ExponentFor(1024);

    private TcpConnection? Find(in PeerKey peer) =>
        peer == PeerKey.FromConnection(peer.Number) && _connections.TryGetValue(peer.Number, out TcpConnection? connection) ? connection : null;
}
