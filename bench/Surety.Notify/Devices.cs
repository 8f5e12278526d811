using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

/// <summary>
/// Devices on plain CoAP, each with a socket of its own: they register, and send values (LwM2M Send) whose number says when they were sent. Each of
/// a few threads has 16 datagrams under way, and waits for their acknowledgements.
/// </summary>
internal sealed class Devices : IDisposable
{
    private const int Threads = 4;
    private const int Window = 16;
    private const byte Created = 0x41;
    private const byte Changed = 0x44;

    private readonly Socket[] _sockets;
    private readonly IPEndPoint _server;
    private readonly long[] _sentAt;
    // Of each device: a number that comes again within EXCHANGE_LIFETIME is a repetition, and is answered without being taken (RFC 7252, 4.5).
    private readonly ushort[] _messageIds;
    private int _next;
    private int _lost;

    public Devices(int count, IPEndPoint server, int maxValues)
    {
        _server = server;
        _sentAt = new long[maxValues];
        _sockets = new Socket[count];
        _messageIds = new ushort[count];
        for (var i = 0; i < count; i++)
        {
            _sockets[i] = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000 };
            // An address of its own for each thousand: a machine has fewer ports than there are devices.
            _sockets[i].Bind(new IPEndPoint(new IPAddress([127, 0, 1, (byte)(1 + (i / 1000))]), 0));
            _sockets[i].Connect(server);
        }
    }

    /// <summary>Values that were sent and acknowledged.</summary>
    public int Sent => Volatile.Read(ref _next) - Lost;

    public int Lost => Volatile.Read(ref _lost);

    /// <summary>When a value was sent, in ticks of <see cref="Stopwatch"/>; 0 for one that was not.</summary>
    public long SentAt(int value) => value >= 0 && value < _sentAt.Length ? Volatile.Read(ref _sentAt[value]) : 0;

    public void Register()
    {
        var next = -1;
        Run(_ =>
        {
            int i;
            while ((i = Interlocked.Increment(ref next)) < _sockets.Length)
            {
                var links = "</1/0>,</3/0>,</3303/0>"u8;
                var message = new List<byte>(Header(i, 0xB2, "rd"u8)) { 0x11, 40 };
                AddQuery(message, 3, string.Create(CultureInfo.InvariantCulture, $"ep=notify-{i}"));
                AddQuery(message, 0, "lt=86400");
                AddQuery(message, 0, "lwm2m=1.1");
                message.Add(0xFF);
                message.AddRange(links);
                _sockets[i].Send(message.ToArray());
                if (!TryReceive(_sockets[i], Created))
                    throw new InvalidOperationException($"device {i} was not registered at {_server}");
            }
        });
    }

    /// <summary>Sends values for a time: as fast as they are acknowledged, or so many a second.</summary>
    public void Send(TimeSpan duration, int perSecond)
    {
        var clock = Stopwatch.StartNew();
        var first = _next;
        using var never = new ManualResetEvent(false);
        Run(thread =>
        {
            Span<int> under = stackalloc int[Window];
            var window = perSecond > 0 ? 1 : Window;
            var round = 0;
            var share = _sockets.Length / Threads;
            while (clock.Elapsed < duration)
            {
                if (perSecond > 0)
                {
                    var due = TimeSpan.FromSeconds((double)(Volatile.Read(ref _next) - first) / perSecond);
                    if (due > clock.Elapsed)
                    {
                        never.WaitOne(1);
                        continue;
                    }
                }

                for (var i = 0; i < window; i++)
                {
                    var device = (thread * share) + (round++ % share);
                    under[i] = device;
                    var value = Interlocked.Increment(ref _next) - 1;
                    if (value >= _sentAt.Length)
                        throw new InvalidOperationException("more values than there is room for");
                    Volatile.Write(ref _sentAt[value], Stopwatch.GetTimestamp());
                    _sockets[device].Send(Value(device, value));
                }

                foreach (var device in under[..window])
                {
                    if (!TryReceive(_sockets[device], Changed))
                        Interlocked.Increment(ref _lost);
                }
            }
        });
    }

    public void Dispose()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
    }

    private static void Run(Action<int> work)
    {
        var threads = Enumerable.Range(0, Threads).Select(i => new Thread(() => work(i))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    private static bool TryReceive(Socket socket, byte code)
    {
        Span<byte> buffer = stackalloc byte[256];
        try
        {
            return socket.Receive(buffer) >= 4 && buffer[1] == code;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // Confirmable, POST, without token, and a path of one segment (RFC 7252, 3).
    private byte[] Header(int device, byte option, ReadOnlySpan<byte> path)
    {
        var id = ++_messageIds[device];
        return [0x40, 0x02, (byte)(id >> 8), (byte)id, option, .. path];
    }

    private byte[] Value(int device, int value)
    {
        // SenML JSON (RFC 8428, 5), content format 110.
        var json = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[{{\"n\":\"/3303/0/5700\",\"v\":{value}}}]"));
        return [.. Header(device, 0xB2, "dp"u8), 0x11, 110, 0xFF, .. json];
    }

    private static void AddQuery(List<byte> message, int delta, string query)
    {
        var bytes = Encoding.ASCII.GetBytes(query);
        message.Add((byte)((delta << 4) | Math.Min(bytes.Length, 13)));
        if (bytes.Length >= 13)
            message.Add((byte)(bytes.Length - 13));
        message.AddRange(bytes);
    }
}
