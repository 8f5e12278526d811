using System.Net;
using System.Net.Sockets;

namespace Surety.Coap;

/// <summary>A UDP socket that works in batches, owned by one thread. Only <see cref="Wake"/> may be called from others.</summary>
internal abstract class DatagramSocket : IDisposable
{
    /// <summary>Room for one received datagram, bytes: clients that ignore the MTU send object lists of a few KiB in one.</summary>
    public const int IncomingSize = 16 * 1024;

    /// <summary>The longest payload of a UDP datagram over IPv4, bytes.</summary>
    public const int MaxSize = 65_507;

    /// <summary>Datagrams a batch.</summary>
    public const int BatchSize = 64;

    protected DatagramSocket(Socket socket, int outgoingSize)
    {
        Socket = socket;
        OutgoingSize = outgoingSize;
    }

    /// <summary>The address and port listened on.</summary>
    public IPEndPoint LocalEndPoint => (IPEndPoint)Socket.LocalEndPoint!;

    /// <summary>Room for one datagram to be sent, bytes.</summary>
    protected int OutgoingSize { get; }

    protected Socket Socket { get; }

    /// <summary>Datagrams committed and not yet flushed.</summary>
    public abstract int OutgoingCount { get; }

    /// <summary>Takes what has arrived, without waiting.</summary>
    /// <returns>The number of datagrams.</returns>
    public abstract int Receive();

    /// <summary>A datagram of the batch that <see cref="Receive"/> took.</summary>
    public abstract Span<byte> GetReceived(int index, out PeerKey peer, out bool isMulticast, out bool isTruncated);

    /// <summary>Waits until a datagram arrives, <see cref="Wake"/> is called, or the time is over.</summary>
    /// <param name="milliseconds">The time; negative: for ever.</param>
    public abstract void Wait(int milliseconds);

    /// <summary>Ends a <see cref="Wait"/>, or the next one.</summary>
    public abstract void Wake();

    /// <summary>The buffer of the next outgoing datagram; there must be fewer than <see cref="BatchSize"/>.</summary>
    public abstract Span<byte> Rent(scoped in PeerKey peer);

    /// <summary>Adds the rented datagram to the batch.</summary>
    public abstract void Commit(int length);

    /// <summary>Sends the batch.</summary>
    public abstract void Flush();

    /// <summary>Throws the batch away.</summary>
    public abstract void Discard();

    public virtual void Dispose() => Socket.Dispose();

    /// <summary>Opens the best socket of this platform.</summary>
    /// <param name="local">The address and port to bind; port 0 takes any.</param>
    /// <param name="outgoingSize">Room for one datagram to be sent, bytes.</param>
    /// <param name="portable">Use no system calls of a platform.</param>
    public static DatagramSocket Open(IPEndPoint local, int outgoingSize, bool portable = false)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = true;
            // A mass reconnect must fit in while the thread is busy; the system caps this at its own maximum.
            socket.ReceiveBufferSize = 4 * 1024 * 1024;
            socket.SendBufferSize = 4 * 1024 * 1024;
            socket.Bind(local);
            return portable || !OperatingSystem.IsLinux()
                ? new PortableDatagramSocket(socket, outgoingSize)
                : new LinuxDatagramSocket(socket, outgoingSize);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Receives what is sent to a multicast group (RFC 7252, 12.8).</summary>
    public void Join(IPAddress group, int interfaceIndex)
    {
        if (group.AddressFamily == AddressFamily.InterNetworkV6)
        {
            Socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(group, interfaceIndex));
            return;
        }

        Socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group, interfaceIndex));
    }
}
