using System.Net;
using System.Net.Sockets;

namespace Surety.Coap;

/// <summary>Batches over the calls that every platform has; costs more system calls. A datagram to itself ends a wait.</summary>
internal sealed class PortableDatagramSocket : DatagramSocket
{
    private readonly Datagram[] _incoming = new Datagram[BatchSize];
    private readonly Datagram[] _outgoing = new Datagram[BatchSize];
    private readonly Socket _wake;
    private readonly IPEndPoint _self;
    private int _outgoingCount;

    public PortableDatagramSocket(Socket socket, int outgoingSize)
        : base(socket, outgoingSize)
    {
        socket.Blocking = false;
        for (int i = 0; i < BatchSize; i++)
        {
            _incoming[i] = new Datagram(IncomingSize + 1, new SocketAddress(socket.AddressFamily));
            _outgoing[i] = new Datagram(outgoingSize, new SocketAddress(socket.AddressFamily));
        }

        IPAddress address = LocalEndPoint.Address;
        if (address.Equals(IPAddress.Any))
            address = IPAddress.Loopback;
        else if (address.Equals(IPAddress.IPv6Any))
            address = IPAddress.IPv6Loopback;
        _self = new IPEndPoint(address, LocalEndPoint.Port);
        _wake = new Socket(socket.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _wake.Bind(new IPEndPoint(address, 0));
    }

    public override int OutgoingCount => _outgoingCount;

    public override int Receive()
    {
        int count = 0;
        // Not by the bytes available: an empty datagram has none, and would stand before all others for ever.
        for (int tries = 0; tries < 2 * BatchSize && count < BatchSize && Socket.Poll(0, SelectMode.SelectRead); tries++)
        {
            Datagram datagram = _incoming[count];
            try
            {
                datagram.Length = Socket.ReceiveFrom(datagram.Bytes, SocketFlags.None, datagram.Address);
                // An empty datagram is no CoAP message: it is our own to end a wait, or noise.
                if (datagram.Length > 0)
                    count++;
            }
            catch (SocketException)
            {
                // A datagram that is too long (Windows), or an ICMP error of an earlier send: the next one counts.
            }
        }

        return count;
    }

    public override Span<byte> GetReceived(int index, out PeerKey peer, out bool isMulticast, out bool isTruncated)
    {
        Datagram datagram = _incoming[index];
        peer = PeerKey.FromAddress((IPEndPoint)_self.Create(datagram.Address));
        isMulticast = false;
        isTruncated = datagram.Length > IncomingSize;
        return datagram.Bytes.AsSpan(0, Math.Min(datagram.Length, IncomingSize));
    }

    public override void Wait(int milliseconds) =>
        Socket.Poll(milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds), SelectMode.SelectRead);

    public override void Wake()
    {
        try
        {
            _wake.SendTo([], _self);
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // Closed meanwhile; or no buffers, and then there are datagrams to wake up for.
        }
    }

    public override Span<byte> Rent(scoped in PeerKey peer)
    {
        Datagram datagram = _outgoing[_outgoingCount];
        IPEndPoint endPoint = peer.ToEndPoint()!;
        if (LocalEndPoint.AddressFamily == AddressFamily.InterNetworkV6)
            endPoint.Address = endPoint.Address.MapToIPv6();
        endPoint.Serialize().Buffer.CopyTo(datagram.Address.Buffer);
        return datagram.Bytes;
    }

    public override void Commit(int length) => _outgoing[_outgoingCount++].Length = length;

    public override void Flush()
    {
        for (int i = 0; i < _outgoingCount; i++)
        {
            try
            {
                Socket.SendTo(_outgoing[i].Bytes.AsSpan(0, _outgoing[i].Length), SocketFlags.None, _outgoing[i].Address);
            }
            catch (SocketException)
            {
                // No route, or no buffers: UDP may lose it.
            }
        }

        _outgoingCount = 0;
    }

    public override void Discard() => _outgoingCount = 0;

    public override void Dispose()
    {
        base.Dispose();
        _wake.Dispose();
    }

    private sealed class Datagram(int size, SocketAddress address)
    {
        public byte[] Bytes { get; } = new byte[size];

        public SocketAddress Address => address;

        public int Length { get; set; }
    }
}
