using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>One client's ways to its servers: UDP, DTLS, TCP, TLS. Names are looked up anew for each connection.</summary>
/// <param name="transport">The endpoints; not disposed with the connector.</param>
/// <param name="tls">The client's certificate and whom it trusts: for accounts that bring no credentials, and <c>coaps</c> or <c>coaps+tcp</c>.</param>
/// <param name="findCertificate">
/// Our certificate for an account of mode 4, or for one that brings no credentials; a result of null means that of <paramref name="tls"/>. Asked
/// for each connection, so that it may change; must be quick.
/// </param>
public sealed class CoapConnector(CoapTransport transport, TlsClientOptions? tls = null, Func<SecurityInstance, TlsCertificate?>? findCertificate = null) : IServerConnector, IAsyncDisposable
{
    private readonly ConditionalWeakTable<AccountSecurity, TlsClientOptions> _ofAccounts = [];
    private readonly Lock _lock = new();
    private UdpCoapEndpoint? _ipv4;
    private UdpCoapEndpoint? _ipv6;
    private DtlsCoapEndpoint? _secureIPv4;
    private DtlsCoapEndpoint? _secureIPv6;
    private int _lookUps;

    /// <summary>Whether there is a way to servers with this scheme.</summary>
    public static bool IsSupported(CoapUri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.Scheme is "coap" or "coaps" or "coap+tcp" or "coaps+tcp";
    }

    /// <inheritdoc/>
    public ValueTask<CoapPeer> ConnectAsync(CoapUri server, ICoapHandler client, CancellationToken cancellationToken) =>
        ConnectAsync(server, tls, client, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CoapPeer> ConnectAsync(SecurityInstance account, CoapUri server, ICoapHandler client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(server);
        return ConnectAsync(server, account.Security is { } security ? ToTls(account, server, security) : WithCertificate(tls, findCertificate?.Invoke(account)), client, cancellationToken);
    }

    /// <inheritdoc/>
    public string? FindProblem(CoapUri server, AccountSecurity security)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(security);
        if (!IsSupported(server))
            return $"there is no way to {server} here: the scheme must be coap, coaps, coap+tcp or coaps+tcp";
        return AccountTls.TryCreate(server, security, null, tls?.ServerTrust.Anchors ?? [], out _, out string? problem) ? null : problem;
    }

    private TlsClientOptions? ToTls(SecurityInstance account, CoapUri server, AccountSecurity security)
    {
        if (!_ofAccounts.TryGetValue(security, out TlsClientOptions? options))
        {
            if (!AccountTls.TryCreate(server, security, null, tls?.ServerTrust.Anchors ?? [], out options, out string? problem))
                throw new InvalidOperationException($"The account of {server} cannot be used: {problem}.");
            // Kept, since a session is resumed with the very credential that it was made with.
            if (options is not null)
                _ofAccounts.AddOrUpdate(security, options);
        }

        if (security.Mode != SecurityMode.CertificateWithEst)
            return options;
        return WithCertificate(options, findCertificate?.Invoke(account) ?? tls?.Certificate
            ?? throw new InvalidOperationException($"{server} wants a certificate that is enrolled over EST, and there is none yet."));
    }

    private static TlsClientOptions? WithCertificate(TlsClientOptions? options, TlsCertificate? certificate) => options is null || certificate is null ? options : new TlsClientOptions
    {
        ServerTrust = options.ServerTrust,
        Certificate = certificate,
        ServerName = options.ServerName,
        ChecksServerName = options.ChecksServerName,
        AllowMissingAlpn = options.AllowMissingAlpn,
        CipherSuites = options.CipherSuites,
    };

    private ValueTask<CoapPeer> ConnectAsync(CoapUri server, TlsClientOptions? security, ICoapHandler client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        switch (server.Scheme)
        {
            case "coap":
                return server.Address is { } address
                    ? ValueTask.FromResult(ToPeer(address, server.Port, client))
                    : LookUpAsync(server, client, cancellationToken);
            case "coap+tcp":
                return transport.ConnectAsync(server, null, client, cancellationToken);
            case "coaps" or "coaps+tcp" when security is null:
                throw new InvalidOperationException($"{server} needs a certificate and trusted authorities, and there are none.");
            case "coaps":
                return ConnectSecurelyAsync(server, security, client, cancellationToken);
            case "coaps+tcp":
                return transport.ConnectAsync(server, security, client, cancellationToken);
            default:
                throw new NotSupportedException($"There is no way to {server} here: the scheme must be coap, coaps, coap+tcp or coaps+tcp.");
        }
    }

    /// <inheritdoc/>
    public void Close(CoapPeer peer) => transport.Close(peer);

    /// <summary>Closes the client's sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        CoapEndpoint?[] endpoints;
        lock (_lock)
            endpoints = [_ipv4, _ipv6, _secureIPv4, _secureIPv6];
        foreach (CoapEndpoint? endpoint in endpoints)
        {
            if (endpoint is not null)
                await transport.CloseAsync(endpoint).ConfigureAwait(false);
        }
    }

    private async ValueTask<CoapPeer> LookUpAsync(CoapUri server, ICoapHandler client, CancellationToken cancellationToken) =>
        ToPeer(await LookUpAsync(server, cancellationToken).ConfigureAwait(false), server.Port, client);

    private async ValueTask<IPAddress> LookUpAsync(CoapUri server, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(server.Host, cancellationToken).ConfigureAwait(false);
        return addresses.Length == 0
            ? throw new CoapExchangeException(ExchangeFailure.Unreachable, $"The name {server.Host} has no address.")
            // A server may be reachable at some of its addresses only: each attempt takes the next.
            : addresses[(uint)Interlocked.Increment(ref _lookUps) % addresses.Length];
    }

    private async ValueTask<CoapPeer> ConnectSecurelyAsync(CoapUri server, TlsClientOptions security, ICoapHandler client, CancellationToken cancellationToken)
    {
        IPAddress address = server.Address ?? await LookUpAsync(server, cancellationToken).ConfigureAwait(false);
        DtlsCoapEndpoint endpoint;
        lock (_lock)
        {
            // The same socket for every attempt: an earlier session is resumed, or replaced.
            ref DtlsCoapEndpoint? secure = ref address.AddressFamily == AddressFamily.InterNetworkV6 ? ref _secureIPv6 : ref _secureIPv4;
            endpoint = secure ??= transport.OpenDtls(address.AddressFamily, client);
        }

        return await endpoint.ConnectAsync(new IPEndPoint(address, server.Port), security, server.Host, cancellationToken).ConfigureAwait(false);
    }

    private CoapPeer ToPeer(IPAddress address, int port, ICoapHandler client)
    {
        lock (_lock)
        {
            // The same socket for every attempt: the server sees the same address.
            ref UdpCoapEndpoint? endpoint = ref address.AddressFamily == AddressFamily.InterNetworkV6 ? ref _ipv6 : ref _ipv4;
            endpoint ??= transport.OpenUdp(address.AddressFamily, client);
            return new CoapPeer(endpoint, PeerKey.FromAddress(new IPEndPoint(address, port)));
        }
    }
}
