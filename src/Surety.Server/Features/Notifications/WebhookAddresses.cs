using System.Net;
using System.Net.Sockets;
using Surety.Server.Hosting;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Notifications;

/// <summary>
/// To which addresses webhooks may connect. An application names any URL it likes; what only the server can reach - services of its machine, its
/// network, a cloud's metadata - is not the application's to call.
/// </summary>
internal sealed class WebhookAddresses(SuretySettings settings, DemoOptions demo)
{
    // What is not globally reachable in IANA's registries of special-purpose addresses (RFC 6890; RFC 8190), and multicast.
    private static readonly IPNetwork[] Forbidden =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // The first covers the unspecified address, loopback and IPv4-compatible addresses.
            "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>False when the operator permits every address, and for <c>--demo</c>, where all is on one machine.</summary>
    public bool IsRestricted { get; } = !settings.Notifications.AllowPrivateWebhooks && !demo.Enabled;

    /// <summary>Whether an address is of a private network, of this machine or of the link, also when it is written within another.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Addresses that carry one of IPv4 which is where they lead: RFC 6052, 2.1; RFC 3056, 2.
            var bytes = address.GetAddressBytes();
            if (Nat64.Contains(address))
                return IsPrivate(new IPAddress(bytes.AsSpan(12)));
            if (SixToFour.Contains(address))
                return IsPrivate(new IPAddress(bytes.AsSpan(2, 4)));
        }

        foreach (var network in Forbidden)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }

    /// <summary>For requests that callers have a say in: without redirections, cookies and trace, to addresses that are permitted.</summary>
    /// <param name="connectTimeout">How long a connection may take.</param>
    public SocketsHttpHandler CreateHandler(TimeSpan connectTimeout) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        // No trace context: that is for our own services.
        ActivityHeadersPropagator = null,
        ConnectTimeout = connectTimeout,
        // What is connected to is what was checked: a name that is resolved twice may have two answers. A proxy would resolve it itself.
        ConnectCallback = IsRestricted ? ConnectAsync : null,
        UseProxy = !IsRestricted,
        // The addresses behind a name change.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 16,
        // What a body may be, so that its connection is used again.
        MaxResponseDrainSize = 16 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
    };

    /// <summary>Connects to a host by those of its addresses that are permitted, one after the other.</summary>
    /// <exception cref="ForbiddenAddressException">It has no such address.</exception>
    /// <exception cref="SocketException">It cannot be resolved, or none of them can be reached.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var permitted = Array.FindAll(addresses, address => !IsPrivate(address));
        if (permitted.Length == 0)
        {
            throw new ForbiddenAddressException(
                "its address is that of a private network or of the server itself, which the operator does not permit (Surety:Notifications:AllowPrivateWebhooks)");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
