using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;

namespace Surety.Coap;

public sealed partial class TcpCoapEndpoint
{
    // Descriptors or memory come back when connections end; meanwhile clients wait in the listen queue.
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);

    private const long FullLogInterval = 60_000;

    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _fullLoggedAt = -FullLogInterval;

    /// <summary>Connects to a server.</summary>
    /// <param name="host">A name, which is looked up, or an address.</param>
    /// <param name="port">The port.</param>
    /// <param name="tls">How the connection is secured; null: as the endpoint was opened.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The server, once both sides have told their capabilities.</returns>
    /// <exception cref="CoapExchangeException">There is no connection: refused, timed out, or ended by the peer, with its reason.</exception>
    /// <exception cref="AuthenticationException">The TLS handshake failed, or the server is not the one meant; the message says what to do.</exception>
    public ValueTask<CoapPeer> ConnectAsync(string host, int port, TlsClientOptions? tls = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        return IPAddress.TryParse(host, out IPAddress? address)
            ? ConnectAsync(new IPEndPoint(address, port), address.ToString(), port, tls, cancellationToken)
            : ConnectAsync(new DnsEndPoint(host, port), host, port, tls, cancellationToken);
    }

    /// <summary>Connects to a server at an address.</summary>
    /// <param name="remote">Address and port.</param>
    /// <param name="tls">How the connection is secured; null: as the endpoint was opened.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The server, once both sides have told their capabilities.</returns>
    /// <exception cref="CoapExchangeException">There is no connection: refused, timed out, or ended by the peer, with its reason.</exception>
    /// <exception cref="AuthenticationException">The TLS handshake failed, or the server is not the one meant; the message says what to do.</exception>
    public ValueTask<CoapPeer> ConnectAsync(IPEndPoint remote, TlsClientOptions? tls = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(remote);
        return ConnectAsync(remote, remote.Address.ToString(), remote.Port, tls, cancellationToken);
    }

    internal static IPEndPoint? GetRemoteEndPoint(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint is not IPEndPoint remote ? null
                : remote.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(remote.Address.MapToIPv4(), remote.Port) : remote;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The peer has reset the connection already.
            return null;
        }
    }

    internal void CancelTimer(TcpConnection connection) => _engine.Timers.Cancel(connection);

    internal void ScheduleFirstMessage(TcpConnection connection, long now) =>
        _engine.Timers.Schedule(connection, now + (long)Options.Tcp.CsmTimeout.TotalMilliseconds);

    /// <summary>The session of a connection whose peer sends the messages of RFC 7252, one in each TLS record.</summary>
    internal RecordSession OpenRecords(TcpConnection connection, long now)
    {
        _records ??= new RecordEngine(_engine, (pending, response) => Post(new Work(WorkKind.Complete, null, pending, response)), now);
        return _records.Open(PeerKey.FromConnection(connection.Number), connection);
    }

    internal void OnSessionEnded(TcpConnection connection, string reason)
    {
        LogEnded(connection.RemoteEndPoint, connection.Number, reason);
        _connections.TryRemove(connection.Number, out _);
        _engine.Timers.Schedule(connection, _clock.Now + (long)Options.Tcp.LingerTimeout.TotalMilliseconds);
    }

    internal void OnConnectionGone(TcpConnection connection)
    {
        _all.Remove(connection);
        LeaveConnection();
    }

    private async ValueTask<CoapPeer> ConnectAsync(EndPoint remote, string host, int port, TlsClientOptions? tls, CancellationToken cancellationToken)
    {
        tls ??= _clientTls;
        if (IsSecure != tls is not null)
            throw new ArgumentException(IsSecure ? "This endpoint makes secure connections; say how." : "This endpoint makes connections without security.", nameof(tls));
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isStopping) == 1, this);
        var connected = new TaskCompletionSource<CoapPeer>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!TryEnterConnection())
            throw new CoapExchangeException(ExchangeFailure.Overloaded, $"There are {Options.Tcp.MaxConnections} connections already.");
        TcpConnection connection = await EstablishAsync(remote, host, port, tls, connected, cancellationToken).ConfigureAwait(false);
        Post(new Work(WorkKind.Open, connection));
        try
        {
            return await connected.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Post(new Work(WorkKind.Abort, connection, "the connection is not wanted any more"));
            throw;
        }
    }

    private async Task<TcpConnection> EstablishAsync(
        EndPoint remote, string host, int port, TlsClientOptions? tls, TaskCompletionSource<CoapPeer> connected, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        using var timeout = new CancellationTokenSource(Options.Tcp.HandshakeTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            if (DescriptorLimit.IsNearlyReached(socket))
                throw new CoapExchangeException(ExchangeFailure.Overloaded, $"Nearly all of the {DescriptorLimit.Value} files that this process may open are in use; raise the limit (ulimit -n).");
            await socket.ConnectAsync(remote, either.Token).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            PeerIdentity identity = PeerIdentity.None;
            if (tls is not null)
            {
                var secured = new SslStream(stream);
                stream = secured;
                identity = (await TlsHandshake.ConnectAsync(secured, tls, host, port, _time, either.Token).ConfigureAwait(false)).Identity;
            }

            return new TcpConnection(this, Interlocked.Increment(ref _lastNumber), socket, stream, identity, connected);
        }
        catch (Exception e)
        {
            stream?.Dispose();
            socket.Dispose();
            LeaveConnection();
            cancellationToken.ThrowIfCancellationRequested();
            throw e switch
            {
                OperationCanceledException => new CoapExchangeException(
                    ExchangeFailure.Timeout, $"{host}:{port} did not take the connection within {Options.Tcp.HandshakeTimeout.TotalSeconds:0.###} s."),
                SocketException or IOException => new CoapExchangeException(ExchangeFailure.Unreachable, $"Cannot connect to {host}:{port}: {e.Message}"),
                _ => e,
            };
        }
    }

    /// <summary>Accepts until the endpoint stops, whatever happens to single connections, and also when the system has nothing left to give.</summary>
    private async Task AcceptAsync(Func<CancellationToken, ValueTask<Socket>> accept)
    {
        CancellationToken stop = _stop.Token;
        while (true)
        {
            try
            {
                if (_serverTls is not null)
                    await _handshakes.WaitAsync(stop).ConfigureAwait(false);
                _ = AdmitAsync(await AcceptOneAsync(accept, stop).ConfigureAwait(false));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async ValueTask<Socket> AcceptOneAsync(Func<CancellationToken, ValueTask<Socket>> accept, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await accept(stop).ConfigureAwait(false);
            }
            catch (SocketException e) when (!stop.IsCancellationRequested)
            {
                // The client may have given up before it was accepted; anything else is our own trouble, and does not go by at once.
                if (e.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
                    continue;
                LogAcceptFailed(LocalEndPoint, e.Message);
                await Task.Delay(AcceptPause, _time, stop).ConfigureAwait(false);
            }
        }
    }

    private async Task AdmitAsync(Socket socket)
    {
        IPEndPoint? remote = GetRemoteEndPoint(socket);
        Stream? stream = null;
        bool isCounted = false;
        try
        {
            isCounted = TryEnterConnection();
            bool hasDescriptors = !DescriptorLimit.IsNearlyReached(socket);
            if (!isCounted || !hasDescriptors)
            {
                NoteFull(remote, hasDescriptors);
                socket.Dispose();
                if (isCounted)
                    LeaveConnection();
                return;
            }

            socket.NoDelay = true;
            stream = new NetworkStream(socket, ownsSocket: true);
            TlsHandshake? handshake = null;
            TlsRecordStream? records = null;
            if (_serverTls is not null)
            {
                var secured = new SslStream(records = new TlsRecordStream(stream));
                stream = secured;
                using var timeout = new CancellationTokenSource(Options.Tcp.HandshakeTimeout, _time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stop.Token);
                handshake = await TlsHandshake.AcceptAsync(secured, _serverTls, _time, either.Token).ConfigureAwait(false);
                if (handshake.Problem is not null)
                    LogRefused(remote, handshake.Problem);
                // ALPN has settled it: this is RFC 8323.
                if (!secured.NegotiatedApplicationProtocol.Protocol.IsEmpty)
                {
                    records.PassesThrough = true;
                    records = null;
                }
            }

            var connection = new TcpConnection(this, Interlocked.Increment(ref _lastNumber), socket, stream, handshake?.Identity ?? PeerIdentity.None, null, records);
            Post(new Work(WorkKind.Open, connection, handshake?.Problem, handshake));
        }
        catch (Exception e)
        {
            LogHandshakeFailed(remote, TlsHandshake.Describe(e));
            stream?.Dispose();
            socket.Dispose();
            if (isCounted)
                LeaveConnection();
        }
        finally
        {
            if (_serverTls is not null)
                _handshakes.Release();
        }
    }

    private bool TryEnterConnection()
    {
        if (Interlocked.Increment(ref _connectionCount) <= Options.Tcp.MaxConnections)
            return true;
        LeaveConnection();
        return false;
    }

    private void LeaveConnection()
    {
        if (Interlocked.Decrement(ref _connectionCount) == 0 && Volatile.Read(ref _isStopping) == 1)
            _gone.TrySetResult();
    }

    /// <summary>Once a minute at most: there may be very many.</summary>
    private void NoteFull(IPEndPoint? remote, bool hasDescriptors)
    {
        long now = _clock.Now;
        long last = Interlocked.Read(ref _fullLoggedAt);
        if (now - last < FullLogInterval || Interlocked.CompareExchange(ref _fullLoggedAt, now, last) != last)
            return;
        if (hasDescriptors)
            LogFull(remote, Options.Tcp.MaxConnections);
        else
            LogOutOfDescriptors(remote, DescriptorLimit.Value);
    }

    [LoggerMessage(1110, LogLevel.Debug, "The connection with {Remote} (number {Number}) ended: {Reason}")]
    private partial void LogEnded(IPEndPoint? remote, ulong number, string reason);

    [LoggerMessage(1111, LogLevel.Error, "Cannot accept a connection on {LocalEndPoint}, trying again: {Reason}")]
    private partial void LogAcceptFailed(IPEndPoint localEndPoint, string reason);

    [LoggerMessage(1112, LogLevel.Warning, "Refused {Remote}: there are {Count} connections already")]
    private partial void LogFull(IPEndPoint? remote, int count);

    [LoggerMessage(1115, LogLevel.Error, "Refused {Remote}: nearly all of the {Limit} files that this process may open are in use; raise the limit (ulimit -n, or LimitNOFILE of the service)")]
    private partial void LogOutOfDescriptors(IPEndPoint? remote, long limit);

    [LoggerMessage(1113, LogLevel.Warning, "Refused {Remote}: {Problem}")]
    private partial void LogRefused(IPEndPoint? remote, string problem);

    [LoggerMessage(1114, LogLevel.Information, "The TLS handshake with {Remote} failed: {Reason}")]
    private partial void LogHandshakeFailed(IPEndPoint? remote, string reason);
}
