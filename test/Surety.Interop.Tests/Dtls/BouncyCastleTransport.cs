using System.Net;
using System.Net.Sockets;
using Org.BouncyCastle.Tls;

namespace Surety.Interop.Tests.Dtls;

/// <summary>A UDP socket for BouncyCastle; without a port to speak to, it speaks to whoever spoke last.</summary>
internal sealed class BouncyCastleTransport : DatagramTransport, IDisposable
{
    private Socket _socket = Open();
    private EndPoint _remote;

    public BouncyCastleTransport(int remotePort) => _remote = new IPEndPoint(IPAddress.Loopback, remotePort);

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>As after a NAT has forgotten us: another port.</summary>
    public void Rebind()
    {
        _socket.Dispose();
        _socket = Open();
    }

    public int GetReceiveLimit() => 1500;

    public int GetSendLimit() => 1232;

    public int Receive(byte[] buf, int off, int len, int waitMillis) => Receive(buf.AsSpan(off, len), waitMillis);

    public int Receive(Span<byte> buffer, int waitMillis)
    {
        // Zero is for ever for one and not at all for the other.
        return _socket.Poll(TimeSpan.FromMilliseconds(Math.Max(1, waitMillis)), SelectMode.SelectRead) ? _socket.ReceiveFrom(buffer, ref _remote) : -1;
    }

    public void Send(byte[] buf, int off, int len) => Send(buf.AsSpan(off, len));

    public void Send(ReadOnlySpan<byte> buffer) => _socket.SendTo(buffer, _remote);

    public void Close()
    {
    }

    public void Dispose() => _socket.Dispose();

    private static Socket Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
