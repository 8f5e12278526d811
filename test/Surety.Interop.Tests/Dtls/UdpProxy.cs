using System.Net;
using System.Net.Sockets;

namespace Surety.Interop.Tests.Dtls;

/// <summary>
/// The network between a client and a server: what goes through may be lost, swapped with what comes next, or doubled; and to the server the
/// client may suddenly have another address, as behind a NAT that has forgotten it.
/// </summary>
internal sealed class UdpProxy : IAsyncDisposable
{
    // A datagram held back for the next one goes on after this when none comes.
    private static readonly TimeSpan HeldFor = TimeSpan.FromMilliseconds(100);

    private readonly Socket _front = Open();
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _loops = [];
    private readonly Random _random;
    private readonly Lock _gate = new();
    private Socket _back = Open();
    private EndPoint? _client;
    private int _handshakeDatagrams;
    private int _helloFragments;

    public UdpProxy(int server, double loss = 0, double reordering = 0, double duplication = 0, int seed = 1)
    {
        _server = new IPEndPoint(IPAddress.Loopback, server);
        Loss = loss;
        Reordering = reordering;
        Duplication = duplication;
        _random = new Random(seed);
        _loops.Add(Task.Run(() => RelayAsync(_front, ToServer)));
        _loops.Add(RelayBack(_back));
    }

    /// <summary>Where the client has to send to.</summary>
    public int Port => ((IPEndPoint)_front.LocalEndPoint!).Port;

    /// <summary>The client's port, as the server sees it.</summary>
    public int ClientPort
    {
        get
        {
            lock (_gate)
                return ((IPEndPoint)_back.LocalEndPoint!).Port;
        }
    }

    public double Loss { get; }

    public double Reordering { get; }

    public double Duplication { get; }

    /// <summary>Datagrams of the client that begin with a record of a handshake.</summary>
    public int HandshakeDatagrams => Volatile.Read(ref _handshakeDatagrams);

    /// <summary>Datagrams of the client with a ClientHello that is not whole (RFC 6347, 4.2.2).</summary>
    public int HelloFragments => Volatile.Read(ref _helloFragments);

    /// <summary>From now on the client has another address. The old one leads nowhere.</summary>
    public void Rebind()
    {
        lock (_gate)
        {
            _back.Dispose();
            _back = Open();
            _loops.Add(RelayBack(_back));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _front.Dispose();
        lock (_gate)
            _back.Dispose();
        await Task.WhenAll(_loops);
        _stopping.Dispose();
    }

    private static Socket Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private Task RelayBack(Socket back) => Task.Run(() => RelayAsync(back, datagram => _client is { } client ? _front.SendTo(datagram, client) : 0));

    private int ToServer(byte[] datagram)
    {
        if (datagram is [22, ..])
            Interlocked.Increment(ref _handshakeDatagrams);
        if (datagram is [22, ..] && datagram[13] == 1 && !datagram.AsSpan(14, 3).SequenceEqual(datagram.AsSpan(22, 3)))
            Interlocked.Increment(ref _helloFragments);
        lock (_gate)
            return _back.SendTo(datagram, _server);
    }

    private async Task RelayAsync(Socket from, Func<byte[], int> send)
    {
        byte[] buffer = new byte[65_536];
        byte[]? held = null;
        Task? release = null;
        Task<SocketReceiveFromResult>? receiving = null;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                receiving ??= from.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stopping.Token).AsTask();
                if (held is not null && await Task.WhenAny(receiving, release!) == release)
                {
                    send(held);
                    held = null;
                    continue;
                }

                SocketReceiveFromResult result = await receiving;
                receiving = null;
                byte[] datagram = buffer[..result.ReceivedBytes];
                if (from == _front)
                    _client = result.RemoteEndPoint;
                (bool isLost, bool isHeld, bool isDoubled) = Draw();
                if (isLost)
                    continue;
                if (isHeld && held is null)
                {
                    held = datagram;
                    release = Task.Delay(HeldFor, _stopping.Token);
                    continue;
                }

                send(datagram);
                if (isDoubled)
                    send(datagram);
                if (held is not null)
                    send(held);
                held = null;
            }
            catch (SocketException e) when (e.SocketErrorCode != SocketError.OperationAborted)
            {
                // Nobody is there at the moment: an ICMP message.
                receiving = null;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private (bool IsLost, bool IsHeld, bool IsDoubled) Draw()
    {
        lock (_random)
            return (_random.NextDouble() < Loss, _random.NextDouble() < Reordering, _random.NextDouble() < Duplication);
    }
}
