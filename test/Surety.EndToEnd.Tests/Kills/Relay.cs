using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Surety.EndToEnd.Tests.Kills;

/// <summary>
/// Stands between devices and a server: a port for each device's bootstrap, by which its socket is known, and one for the server, which it comes
/// to with the same socket.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    /// <summary>Where the server says that it is.</summary>
    public const string Host = "127.0.0.2";

    private const int MaxDatagram = 65_536;

    private readonly ConcurrentDictionary<IPEndPoint, Line> _lines = new();
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly ConcurrentBag<Task> _work = [];
    private readonly CancellationTokenSource _end = new();

    /// <summary>A relay to the server's port, which has the same number.</summary>
    public Relay(int port) => Listen(port, port, null);

    /// <summary>Opens a device's way to the bootstrap server.</summary>
    /// <returns>Its port.</returns>
    public int Open(Line line, int bootstrapPort) => Listen(0, bootstrapPort, line);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (Socket socket in _sockets)
            socket.Dispose();
        await Task.WhenAll(_work);
        _end.Dispose();
    }

    private int Listen(int port, int serverPort, Line? line)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(Host), port));
        _sockets.Add(socket);
        _work.Add(Task.Run(() => TakeAsync(socket, new IPEndPoint(IPAddress.Loopback, serverPort), line)));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task TakeAsync(Socket socket, IPEndPoint server, Line? known)
    {
        var ways = new Dictionary<IPEndPoint, Socket>();
        byte[] buffer = new byte[MaxDatagram];
        while (!_end.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult received = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _end.Token);
                var device = (IPEndPoint)received.RemoteEndPoint;
                Line? line = known ?? _lines.GetValueOrDefault(device);
                if (known is not null)
                    _lines[device] = known;
                line?.Ways.TryAdd((device, socket), true);
                if (!ways.TryGetValue(device, out Socket? way))
                {
                    ways[device] = way = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                    await way.ConnectAsync(server);
                    _sockets.Add(way);
                    Socket back = way;
                    _work.Add(Task.Run(() => ReturnAsync(back, socket, device, known)));
                }

                if (line?.Passes(End.Server) != false)
                    await way.SendAsync(buffer.AsMemory(0, received.ReceivedBytes), _end.Token);
            }
            catch (SocketException)
            {
                // The server is dead, or the device.
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ReturnAsync(Socket way, Socket socket, IPEndPoint device, Line? known)
    {
        byte[] buffer = new byte[MaxDatagram];
        while (!_end.IsCancellationRequested)
        {
            try
            {
                int length = await way.ReceiveAsync(buffer, _end.Token);
                if ((known ?? _lines.GetValueOrDefault(device))?.Passes(End.Device) != false)
                    await socket.SendToAsync(buffer.AsMemory(0, length), device, _end.Token);
            }
            catch (SocketException)
            {
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
