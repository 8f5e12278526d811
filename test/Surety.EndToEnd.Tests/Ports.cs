using System.Net;
using System.Net.Sockets;

namespace Surety.EndToEnd.Tests;

/// <summary>Where a server listens.</summary>
internal sealed record Ports(int Rest, int Coaps, int CoapsTcp, int Coap, int BootstrapCoaps, int BootstrapCoapsTcp)
{
    public static Ports Free() => new(
        FreePort(SocketType.Stream), FreePort(SocketType.Dgram), FreePort(SocketType.Stream), FreePort(SocketType.Dgram), FreePort(SocketType.Dgram), FreePort(SocketType.Stream));

    private static int FreePort(SocketType type)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
