using System.Diagnostics;
using System.Globalization;
using System.Net;
using Surety.Dtls;

namespace Surety.DtlsLoad;

/// <summary>What idle sessions cost: made by real handshakes between two engines in this process, of which the server's is measured.</summary>
internal static class SessionMemory
{
    private static readonly byte[] Key = new byte[16];

    public static void Measure(int count)
    {
        var network = new Network();
        var clientOptions = new DtlsClientOptions { PreSharedKey = new("device"u8.ToArray(), Key), RequestTicket = false };
        var serverOptions = new DtlsServerOptions { PreSharedKeys = new OneKey(), MaxCachedSessions = 0, CipherSuites = [System.Net.Security.TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8] };
        long before = GC.GetTotalMemory(true), resident = Resident();
        network.Server = new DtlsEngine(new Host(network, toServer: false), serverOptions, null, null, 0);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            network.ClientAddress = new PeerAddress(new IPEndPoint(new IPAddress(BitConverter.GetBytes(0x0A000000 + i).Reverse().ToArray()), 5684));
            network.Client = new DtlsEngine(new Host(network, toServer: true), null, null, null, 0);
            network.Client.Connect(network.ServerAddress, clientOptions, 0);
            network.Deliver();
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        network.Client = null;
        // What may still be asked for is let go of after four minutes.
        network.Server.HandleTimeout(300_000);
        long after = GC.GetTotalMemory(true), residentAfter = Resident();
        Write($"{network.Server.SessionCount} sessions: {(after - before) / (double)count:F0} bytes of heap each, {(residentAfter - resident) / (double)count:F0} resident; both sides of a PSK handshake {seconds / count * 1e6:F1} us");

        start = Stopwatch.GetTimestamp();
        byte[][] saved = [.. network.Server.Sessions.Select(DtlsEngine.Save)];
        Write($"saved in {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s, {saved.Sum(session => (long)session.Length) / (double)count:F0} bytes each");
        var restored = new DtlsEngine(new Host(network, toServer: false), serverOptions, null, null, 0);
        start = Stopwatch.GetTimestamp();
        foreach (byte[] session in saved)
            restored.Restore(session, 0);
        Write($"{restored.SessionCount} restored in {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s");
        GC.KeepAlive(network);
    }

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static long Resident()
    {
        using Process self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    private sealed class OneKey : IPreSharedKeyStore
    {
        public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity) => new(Key);
    }

    /// <summary>Two engines and the datagrams between them.</summary>
    private sealed class Network
    {
        public PeerAddress ServerAddress { get; } = new(new IPEndPoint(IPAddress.Loopback, 5684));

        public PeerAddress ClientAddress { get; set; }

        public DtlsEngine? Server { get; set; }

        public DtlsEngine? Client { get; set; }

        public Queue<(bool ToServer, byte[] Bytes)> OnTheWay { get; } = new();

        public void Deliver()
        {
            while (OnTheWay.TryDequeue(out (bool ToServer, byte[] Bytes) datagram))
            {
                if (datagram.ToServer)
                    Server!.Receive(ClientAddress, datagram.Bytes, 0);
                else
                    Client!.Receive(ServerAddress, datagram.Bytes, 0);
            }
        }
    }

    private sealed class Host(Network network, bool toServer) : IDtlsHost
    {
        private readonly byte[] _buffer = new byte[2048];

        public Span<byte> Rent(in PeerAddress to, int length) => _buffer;

        public void Commit(int length) => network.OnTheWay.Enqueue((toServer, _buffer[..length]));

        public void OnEstablished(DtlsSession session)
        {
        }

        public void OnReceived(DtlsSession session, ReadOnlySpan<byte> content)
        {
        }

        public void OnClosed(DtlsSession session)
        {
        }

        public void OnHandshakeFailed(in HandshakeFailure failure) => throw new InvalidOperationException(failure.Message);

        public bool TryOffload(HandshakeTask task) => false;

        public void Post(HandshakeTask task)
        {
        }
    }
}
