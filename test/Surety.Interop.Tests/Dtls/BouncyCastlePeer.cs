using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Org.BouncyCastle.Tls;

namespace Surety.Interop.Tests.Dtls;

/// <summary>
/// BouncyCastle's DTLS on a thread and a socket of its own, in either role. It sends to where the last datagram came from. As a server it
/// answers what it is sent with a greeting.
/// </summary>
internal sealed partial class BouncyCastlePeer : DatagramTransport, IAsyncDisposable
{
    private const int Mtu = 1400;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ConcurrentQueue<string> _toSend = new();
    private readonly StringBuilder _received = new();
    private readonly Task _running;
    private EndPoint _remote = new IPEndPoint(IPAddress.Loopback, 9);
    private volatile bool _isStopping;

    private BouncyCastlePeer(int? server, Func<DatagramTransport, DtlsTransport> shakeHands)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (server is { } port)
            _remote = new IPEndPoint(IPAddress.Loopback, port);
        _running = Task.Factory.StartNew(() => Run(shakeHands, isServer: server is null), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>What went wrong; null as long as nothing did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The handshake is complete.</summary>
    public bool IsEstablished { get; private set; }

    /// <summary>Begins a session.</summary>
    /// <param name="port">The server.</param>
    /// <param name="suite">The only suite.</param>
    /// <param name="connectionId">What it wants in records to itself; null: it has no Connection ID at all.</param>
    public static BouncyCastlePeer StartClient(int port, int suite, byte[]? connectionId) =>
        new(port, transport => new DtlsClientProtocol().Connect(MakeClient(suite, connectionId), transport));

    /// <summary>Waits for a client.</summary>
    public static BouncyCastlePeer StartServer(int suite, byte[]? connectionId) =>
        new(null, transport => new DtlsServerProtocol().Accept(MakeServer(suite, connectionId), transport));

    public void Tell(string text) => _toSend.Enqueue(text);

    /// <summary>Waits until a text came as often as this.</summary>
    public async Task WaitForTextAsync(string text, int occurrences = 1)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            lock (_received)
            {
                if (_received.ToString().Split(text).Length > occurrences)
                    return;
            }

            Assert.True(Failure is null && Stopwatch.GetElapsedTime(start) < ForeignProcess.Patience, $"'{text}' did not come {occurrences} times: {Failure}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public int GetReceiveLimit() => Mtu;

    public int GetSendLimit() => Mtu;

    public int Receive(byte[] buf, int off, int len, int waitMillis) => Receive(buf.AsSpan(off, len), waitMillis);

    public int Receive(Span<byte> buffer, int waitMillis)
    {
        // BouncyCastle waits for ever at 0.
        if (!_socket.Poll(TimeSpan.FromMilliseconds(Math.Clamp(waitMillis, 1, 50)), SelectMode.SelectRead))
            return -1;
        try
        {
            return _socket.ReceiveFrom(buffer, ref _remote);
        }
        catch (SocketException)
        {
            return -1;
        }
    }

    public void Send(byte[] buf, int off, int len) => Send(buf.AsSpan(off, len));

    public void Send(ReadOnlySpan<byte> buffer) => _socket.SendTo(buffer, _remote);

    public void Close()
    {
        // The socket goes with the peer.
    }

    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        await Task.WhenAny(_running, Task.Delay(TimeSpan.FromSeconds(5)));
        _socket.Dispose();
    }

    private void Run(Func<DatagramTransport, DtlsTransport> shakeHands, bool isServer)
    {
        try
        {
            byte[] buffer = new byte[20_000];
            DtlsTransport transport = shakeHands(this);
            IsEstablished = true;
            while (!_isStopping)
            {
                while (_toSend.TryDequeue(out string? text))
                    transport.Send(Encoding.ASCII.GetBytes(text));
                int length = transport.Receive(buffer, 0, buffer.Length, 20);
                if (length <= 0)
                    continue;
                lock (_received)
                    _received.Append(Encoding.ASCII.GetString(buffer, 0, length));
                if (isServer)
                    transport.Send("hello from BouncyCastle\n"u8);
            }

            transport.Close();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            Failure = e;
        }
    }
}
