using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Tasks.Sources;

namespace Surety.Coap;

/// <summary>
/// One TCP or TLS connection: moves bytes between its stream and its session. All calls are made in the endpoint's rounds; only waiting is
/// done beside them. While nothing arrives, no buffer is held.
/// </summary>
internal sealed partial class TcpConnection : TimerNode, ITcpSessionOwner, IValueTaskSource
{
    private const int MaxReadsPerRound = 16;

    private readonly TcpCoapEndpoint _endpoint;
    private readonly SslProtocols _protocol;
    private readonly TlsCipherSuite _cipherSuite;
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly TaskCompletionSource<CoapPeer>? _connected;
    private InputBuffer _input = null!;
    private ManualResetValueTaskSourceCore<bool> _goesOn;
    private bool _isReady;
    private bool _isBlocked;
    private bool _isWriting;
    private bool _isShutDown;
    private bool _isDisposed;
    private bool _isReading;
    private bool _hasReadAll;
    private bool _isGone;

    /// <param name="endpoint">Whose connection it is.</param>
    /// <param name="number">Names it.</param>
    /// <param name="socket">Connected.</param>
    /// <param name="stream">Over the socket; owns it.</param>
    /// <param name="identity">What the peer has proven.</param>
    /// <param name="connected">Is told when the CSMs were exchanged, or that they will not be.</param>
    /// <param name="records">Hands over the TLS records one by one, while the layout of the peer's messages is not known; null: it is.</param>
    public TcpConnection(
        TcpCoapEndpoint endpoint, ulong number, Socket socket, Stream stream, PeerIdentity identity, TaskCompletionSource<CoapPeer>? connected, TlsRecordStream? records = null)
    {
        _undecided = records;
        _endpoint = endpoint;
        _socket = socket;
        _stream = stream;
        _connected = connected;
        Number = number;
        Identity = identity;
        RemoteEndPoint = TcpCoapEndpoint.GetRemoteEndPoint(socket);
        // The stream forgets it when it is closed.
        if (stream is SslStream tls)
            (_protocol, _cipherSuite) = (tls.SslProtocol, tls.NegotiatedCipherSuite);
    }

    public ulong Number { get; }

    public PeerIdentity Identity { get; }

    public IPEndPoint? RemoteEndPoint { get; }

    /// <summary>Version and cipher suite; null without TLS.</summary>
    public PeerSecurity? Security => _protocol == SslProtocols.None
        ? null
        : new PeerSecurity(_protocol == SslProtocols.Tls13 ? "TLS 1.3" : "TLS 1.2", _cipherSuite.ToString(), HasConnectionId: false);

    public ITcpSession Session { get; private set; } = null!;

    public void CreateSession(CoapTcpEngine engine)
    {
        _input = new InputBuffer(engine);
        Session = new CoapTcpSession(engine, PeerKey.FromConnection(Number), this);
    }

    /// <summary>There is something to read, or there is room again for what was read before.</summary>
    public void Read(long now)
    {
        _isReading = false;
        if (_isDisposed)
        {
            FinishClose();
            return;
        }

        for (int i = 0; TryDeliver(now); i++)
        {
            if (i == MaxReadsPerRound)
            {
                // The others first.
                PostRead();
                return;
            }

            int count;
            try
            {
                ValueTask<int> read = _stream.ReadAsync(_input.Room);
                if (!read.IsCompleted)
                {
                    // Part of a TLS record: the buffer is kept for the rest.
                    _isReading = true;
                    _ = AwaitReadAsync(read);
                    return;
                }

                count = read.GetAwaiter().GetResult();
            }
            catch (Exception e)
            {
                OnReceiveEnded(e, now);
                return;
            }

            if (count == 0)
            {
                OnReceiveEnded(null, now);
                return;
            }

            _input.Add(count);
            if (_input.IsFull)
                continue;
            DeliverAndWait(now);
            return;
        }
    }

    /// <summary>A read that had to wait has ended.</summary>
    public void OnRead(int count, Exception? failure, long now)
    {
        if (failure is not null || count == 0)
        {
            OnReceiveEnded(failure, now);
            return;
        }

        _isReading = false;
        _input.Add(count);
        DeliverAndWait(now);
    }

    /// <summary>Nothing more will come.</summary>
    /// <param name="failure">Why; null when the peer has closed its side in order.</param>
    /// <param name="now">Milliseconds.</param>
    public void OnReceiveEnded(Exception? failure, long now)
    {
        _isReading = false;
        _hasReadAll = true;
        Session.OnTransportClosed(failure is null ? "the peer closed the connection" : "the connection failed: " + TlsHandshake.Describe(failure), now);
        if (failure is not null || _isShutDown)
            Close();
        else
            Flush();
        FinishClose();
    }

    /// <summary>A write that had to wait has ended.</summary>
    public void OnWritten(int count, Exception? failure, long now)
    {
        _isWriting = false;
        if (failure is not null || _isDisposed)
        {
            OnWriteFailed(failure, now);
            return;
        }

        Session.OnSent(count, now);
        Flush();
        ResumeReceive();
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (_isWriting || _isDisposed)
            return;
        while (Session.TryPeek(out ReadOnlyMemory<byte> bytes))
        {
            try
            {
                ValueTask write = _stream.WriteAsync(bytes);
                if (!write.IsCompletedSuccessfully)
                {
                    _isWriting = true;
                    _ = AwaitWriteAsync(write, bytes.Length);
                    return;
                }

                // Takes the result, so that its source can be used again.
                write.GetAwaiter().GetResult();
            }
            catch (Exception e)
            {
                OnWriteFailed(e, _endpoint.Now);
                return;
            }

            Session.OnSent(bytes.Length, _endpoint.Now);
        }

        ResumeReceive();
        if (Session.HasEnded && !Session.HasOutput && !_isShutDown)
            ShutDown();
    }

    /// <summary>Closes at once, whatever is still to be sent.</summary>
    public void Close()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        Session.OnTransportClosed("the connection was closed", _endpoint.Now);
        _endpoint.CancelTimer(this);
        // A peer that did not take everything is reset: the system would keep what it has for minutes otherwise.
        if (Session.HasOutput)
            Reset();
        _stream.Dispose();
        FinishClose();
    }

    void ITcpSessionOwner.OnReady() => _isReady = true;

    void ITcpSessionOwner.OnEnded(string reason)
    {
        _endpoint.OnSessionEnded(this, reason);
        _connected?.TrySetException(new CoapExchangeException(ExchangeFailure.Unreachable, $"The connection with {RemoteEndPoint} ended before it could be used: {reason}."));
        // What still comes in is read and dropped, or the peer might lose our last message to a reset of the connection.
        ResumeReceive();
    }

    void IValueTaskSource.GetResult(short token) => _goesOn.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _goesOn.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _goesOn.OnCompleted(continuation, state, token, flags);

    /// <summary>Waits for something to read, again and again, without a buffer: most connections are idle most of the time.</summary>
    private async Task ReceiveAsync()
    {
        try
        {
            while (!_hasReadAll)
            {
                await _stream.ReadAsync(Memory<byte>.Empty).ConfigureAwait(false);
                _goesOn.Reset();
                _endpoint.PostReceived(this);
                await new ValueTask(this, _goesOn.Version).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            _endpoint.PostReceiveEnded(this, e);
        }
    }

    private async Task AwaitReadAsync(ValueTask<int> read)
    {
        int count = 0;
        Exception? failure = null;
        try
        {
            count = await read.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }

        _endpoint.PostRead(this, count, failure);
    }

    private void DeliverAndWait(long now)
    {
        if (!TryDeliver(now))
            return;
        _isReading = true;
        _goesOn.SetResult(true);
    }

    /// <summary>Gives what was read to the session; false when it must wait for the peer to take its answers.</summary>
    private bool TryDeliver(long now)
    {
        if (!_input.Bytes.IsEmpty)
        {
            Decide(now);
            _input.Take(Session.Receive(_input.Bytes, now));
        }

        if (_isReady && !Session.HasEnded)
            _connected?.TrySetResult(new CoapPeer(_endpoint, Session.Key));
        if (!Session.HasEnded && Session.IsStalled)
        {
            _isBlocked = true;
            return false;
        }

        if (!_input.TryMakeRoom(Session.Wanted))
        {
            Session.Abort("there is no memory for so long a message at present", now);
            _input.Clear();
        }

        return true;
    }

    /// <summary>In a round of its own, so that what is then handled is committed before its answers leave.</summary>
    private void ResumeReceive()
    {
        if (!_isBlocked || (Session.IsStalled && !Session.HasEnded))
            return;
        _isBlocked = false;
        PostRead();
    }

    private void PostRead()
    {
        _isReading = true;
        _endpoint.PostReceived(this);
    }

    private async Task AwaitWriteAsync(ValueTask write, int count)
    {
        Exception? failure = null;
        try
        {
            await write.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }

        _endpoint.PostWritten(this, count, failure);
    }

    private void OnWriteFailed(Exception? failure, long now)
    {
        Session.OnTransportClosed("the connection failed: " + (failure is null ? "it was closed" : TlsHandshake.Describe(failure)), now);
        Close();
        FinishClose();
    }

    /// <summary>Everything is sent: says so to the peer, and waits for it to do the same.</summary>
    private void ShutDown()
    {
        _isShutDown = true;
        _ = ShutDownAsync();
        if (_hasReadAll)
            Close();
    }

    private async Task ShutDownAsync()
    {
        try
        {
            if (_stream is SslStream tls)
                await tls.ShutdownAsync().ConfigureAwait(false);
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The peer has gone already.
        }
    }

    private void Reset()
    {
        try
        {
            _socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Gone already.
        }
    }

    /// <summary>Gives the memory back once neither reading nor writing uses it any more.</summary>
    private void FinishClose()
    {
        if (!_isDisposed || _isWriting || _isReading || _isGone)
            return;
        _isGone = true;
        _input.Clear();
        Session.ClearOutput();
        _endpoint.OnConnectionGone(this);
    }
}
