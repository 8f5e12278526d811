using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Surety.Dtls;

namespace Surety.Interop.Tests.Dtls;

/// <summary>An engine with a socket of its own, on a thread of its own. Each line that a peer sends is answered with a greeting.</summary>
internal sealed class DtlsUdpHost : IDtlsHost, IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly byte[] _buffer = new byte[65_536];
    private readonly Task _running;
    private readonly Random _random = new(1);
    private readonly List<string> _received = [];
    private IPEndPoint _to = new(IPAddress.Any, 0);
    private volatile bool _isStopping;

    public DtlsUdpHost(DtlsServerOptions? server, double loss = 0, DtlsEngineOptions? options = null)
    {
        Loss = loss;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Engine = new DtlsEngine(this, server, options, null, Now);
        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public DtlsEngine Engine { get; }

    /// <summary>The part of our datagrams that is lost.</summary>
    public double Loss { get; }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public ConcurrentQueue<DtlsSession> Established { get; } = new();

    public ConcurrentQueue<HandshakeFailure> Failures { get; } = new();

    public ConcurrentQueue<DtlsSession> Closed { get; } = new();

    private static long Now => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    public void Connect(int port, DtlsClientOptions options) =>
        _posted.Enqueue(() => Engine.Connect(new PeerAddress(new IPEndPoint(IPAddress.Loopback, port)), options, Now));

    public void Send(string text) => _posted.Enqueue(() => Engine.Send(Established.Last(), Encoding.ASCII.GetBytes(text)));

    public void Close() => _posted.Enqueue(() => Engine.Close(Established.Last()));

    public async Task<DtlsSession> WaitForSessionAsync(int count = 1)
    {
        await WaitAsync(() => Established.Count >= count);
        return Established.Last();
    }

    public Task WaitForTextAsync(string text) => WaitAsync(() =>
    {
        lock (_received)
            return string.Concat(_received).Contains(text, StringComparison.Ordinal);
    });

    public async Task WaitAsync(Func<bool> until)
    {
        long start = Stopwatch.GetTimestamp();
        while (!until())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < ForeignProcess.Patience, "nothing happened; failures: " + string.Join("; ", Failures.Select(failure => failure.Message)));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public Span<byte> Rent(in PeerAddress to, int length)
    {
        _to = to.ToEndPoint();
        return _buffer;
    }

    public void Commit(int length)
    {
        if (_random.NextDouble() >= Loss)
            _socket.SendTo(_buffer.AsSpan(0, length), _to);
    }

    public void OnEstablished(DtlsSession session) => Established.Enqueue(session);

    public void OnReceived(DtlsSession session, ReadOnlySpan<byte> content)
    {
        string text = Encoding.ASCII.GetString(content);
        lock (_received)
            _received.Add(text);
        if (session.IsServer)
            Engine.Send(session, "hello from Surety\n"u8);
    }

    public void OnClosed(DtlsSession session) => Closed.Enqueue(session);

    public void OnHandshakeFailed(in HandshakeFailure failure) => Failures.Enqueue(failure);

    public bool TryOffload(HandshakeTask task)
    {
        _ = Task.Run(async () =>
        {
            await task.RunAsync();
            Post(task);
        });
        return true;
    }

    public void Post(HandshakeTask task) => _posted.Enqueue(() => Engine.Complete(task, Now));

    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        await _running;
        _socket.Dispose();
        Engine.Dispose();
    }

    private void Run()
    {
        byte[] datagram = new byte[65_536];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        var any = new IPEndPoint(IPAddress.Any, 0);
        while (!_isStopping)
        {
            while (_posted.TryDequeue(out Action? action))
                action();
            if (_socket.Poll(2000, SelectMode.SelectRead))
            {
                try
                {
                    int length = _socket.ReceiveFrom(datagram, SocketFlags.None, from);
                    if (_random.NextDouble() >= Loss)
                        Engine.Receive(new PeerAddress((IPEndPoint)any.Create(from)), datagram.AsSpan(0, length), Now);
                }
                catch (SocketException)
                {
                    // The peer is not there (yet): an ICMP message.
                }
            }

            if (Engine.NextTimeout <= Now)
                Engine.HandleTimeout(Now);
        }
    }
}
