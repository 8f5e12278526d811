using System.Net;
using System.Net.Sockets;
using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Endpoints;

/// <summary>A plain socket that speaks to one address and hears nobody else.</summary>
internal sealed class UdpPeer : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[65536];
    private ushort _nextMessageId = 1;

    public UdpPeer(IPEndPoint server)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000, ReceiveBufferSize = 1 << 20 };
        _socket.Connect(server);
    }

    public Socket Socket => _socket;

    public IPEndPoint LocalEndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public ushort NextMessageId() => _nextMessageId++;

    public void Send(WireMessage message) => _socket.Send(message.ToBytes());

    public void Send(ReadOnlySpan<byte> bytes) => _socket.Send(bytes);

    public WireMessage Receive() => WireMessage.Parse(_buffer.AsSpan(0, _socket.Receive(_buffer)));

    public WireMessage Exchange(WireMessage message)
    {
        Send(message);
        return Receive();
    }

    public WireMessage Get(string path, MessageType type = MessageType.Confirmable) =>
        Exchange(new WireMessage(type, CoapCode.Get, NextMessageId()) { Token = [1, 2, 3, 4], Path = path });

    public void Dispose() => _socket.Dispose();
}
