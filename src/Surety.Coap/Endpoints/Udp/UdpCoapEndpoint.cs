using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Surety.Coap;

/// <summary>CoAP over UDP (RFC 7252), without security.</summary>
public sealed class UdpCoapEndpoint : DatagramCoapEndpoint
{
    private UdpCoapEndpoint(DatagramSocket socket, ICoapHandler handler, CoapEndpointOptions options, ILogger logger, TimeProvider time)
        : base("coap", socket, handler, options, logger, time)
    {
    }

    /// <summary>Binds a socket and starts to serve it.</summary>
    /// <param name="local">The address and port; port 0 takes any.</param>
    /// <param name="handler">What answers the requests.</param>
    /// <param name="options">Limits and parameters.</param>
    /// <param name="logger">For failures.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SocketException">The address is in use, or not ours.</exception>
    public static UdpCoapEndpoint Open(IPEndPoint local, ICoapHandler handler, CoapEndpointOptions? options = null, ILogger? logger = null, TimeProvider? time = null) =>
        Open(local, handler, options, logger, time, portable: false);

    internal static UdpCoapEndpoint Open(IPEndPoint local, ICoapHandler handler, CoapEndpointOptions? options, ILogger? logger, TimeProvider? time, bool portable)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(handler);
        options ??= CoapEndpointOptions.Default;
        DatagramSocket socket = OpenSocket(local, options, 0, portable);
        try
        {
            var endpoint = new UdpCoapEndpoint(socket, handler, options, logger ?? NullLogger.Instance, time ?? TimeProvider.System);
            endpoint.Start();
            return endpoint;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override PeerIdentity GetIdentity(in PeerKey peer) => PeerIdentity.None;

    /// <inheritdoc/>
    public override IPEndPoint? GetRemoteEndPoint(in PeerKey peer) => peer.ToEndPoint();

    /// <inheritdoc/>
    public override bool IsReachable(in PeerKey peer) => peer.IsAddress && (peer.IsIPv4 || LocalEndPoint.AddressFamily == AddressFamily.InterNetworkV6);

    /// <summary>Serves requests to a multicast group as well, <c>224.0.1.187</c> or <c>ff02::fd</c> for instance (RFC 7252, 12.8).</summary>
    /// <param name="group">The group's address, of the socket's address family.</param>
    /// <param name="interfaceIndex">The interface; 0 lets the system choose.</param>
    public void JoinMulticastGroup(IPAddress group, int interfaceIndex = 0)
    {
        ArgumentNullException.ThrowIfNull(group);
        Socket.Join(group, interfaceIndex);
    }

    internal override int GetInlineBody(in PeerKey peer) => Options.MaxBlockSize;

    internal override int GetSizeExponent(in PeerKey peer) => BlockValue.ExponentFor(Options.MaxBlockSize);

    private protected override void OnDatagram(in PeerKey from, Span<byte> datagram, bool isMulticast, bool isTruncated, long now)
    {
        if (isTruncated)
            Engine.ReceiveTruncated(from, datagram, isMulticast, now);
        else
            Engine.Receive(from, datagram, isMulticast, now);
    }

    private protected override Span<byte> RentMessage(in PeerKey peer) => RentDatagram(peer);

    private protected override void CommitMessage(int length) => Socket.Commit(length);
}
