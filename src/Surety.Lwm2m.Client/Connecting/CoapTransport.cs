using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>
/// The endpoints that clients speak through, opened when they are needed. TCP and TLS endpoints serve any number of clients, each with its own
/// connections; a UDP socket, with DTLS or without, belongs to one client, since servers know it by its address.
/// </summary>
public sealed class CoapTransport : IAsyncDisposable
{
    private readonly ConcurrentDictionary<CoapPeer, ICoapHandler> _owners = new();
    private readonly Lock _lock = new();
    private readonly List<CoapEndpoint> _endpoints = [];
    private readonly CoapEndpointOptions _options;
    private readonly ILogger? _logger;
    private readonly TimeProvider? _time;
    private readonly Router _router;
    private TcpCoapEndpoint? _tcp;
    private TcpCoapEndpoint? _tls;
    private bool _isDisposed;

    /// <summary>A transport without endpoints yet.</summary>
    /// <param name="options">Limits and parameters; null: <see cref="DefaultOptions"/>.</param>
    /// <param name="logger">For failures.</param>
    /// <param name="time">The clock.</param>
    public CoapTransport(CoapEndpointOptions? options = null, ILogger? logger = null, TimeProvider? time = null)
    {
        _options = options ?? DefaultOptions;
        _logger = logger;
        _time = time;
        _router = new Router(_owners);
    }

    /// <summary>Defaults of CoAP, with as much memory for duplicates as a client's few servers can need: 64 KiB.</summary>
    public static CoapEndpointOptions DefaultOptions { get; } = new() { DeduplicationMemory = 64 * 1024 };

    /// <summary>Closes all endpoints.</summary>
    public async ValueTask DisposeAsync()
    {
        CoapEndpoint[] endpoints;
        lock (_lock)
        {
            _isDisposed = true;
            endpoints = [.. _endpoints];
            _endpoints.Clear();
        }

        foreach (CoapEndpoint endpoint in endpoints)
            await endpoint.DisposeAsync().ConfigureAwait(false);
    }

    internal async ValueTask<CoapPeer> ConnectAsync(CoapUri server, TlsClientOptions? tls, ICoapHandler client, CancellationToken cancellationToken)
    {
        TcpCoapEndpoint endpoint = OpenTcp(tls);
        CoapPeer peer = await endpoint.ConnectAsync(server.Host, server.Port, tls, cancellationToken).ConfigureAwait(false);
        _owners[peer] = client;
        // The connection may have ended before its owner was known here.
        if (!endpoint.IsReachable(peer.Key) && _owners.TryRemove(peer, out _))
            throw new CoapExchangeException(ExchangeFailure.Unreachable, $"The connection to {server} was closed at once.");
        return peer;
    }

    internal UdpCoapEndpoint OpenUdp(AddressFamily family, ICoapHandler client)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var endpoint = UdpCoapEndpoint.Open(
                new IPEndPoint(family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0), client, _options, _logger, _time);
            _endpoints.Add(endpoint);
            return endpoint;
        }
    }

    internal DtlsCoapEndpoint OpenDtls(AddressFamily family, ICoapHandler client)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var endpoint = DtlsCoapEndpoint.Open(
                new IPEndPoint(family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0), client, _options, logger: _logger, time: _time);
            _endpoints.Add(endpoint);
            return endpoint;
        }
    }

    internal async ValueTask CloseAsync(CoapEndpoint endpoint)
    {
        lock (_lock)
            _endpoints.Remove(endpoint);
        await endpoint.DisposeAsync().ConfigureAwait(false);
    }

    internal void Close(CoapPeer peer)
    {
        if (peer.Endpoint is DtlsCoapEndpoint secure)
            secure.Close(peer.Key);
        else if (_owners.TryRemove(peer, out _) && peer.Endpoint is TcpCoapEndpoint endpoint)
            endpoint.Release(peer.Key);
    }

    private TcpCoapEndpoint OpenTcp(TlsClientOptions? tls)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            ref TcpCoapEndpoint? endpoint = ref tls is null ? ref _tcp : ref _tls;
            if (endpoint is null)
            {
                endpoint = TcpCoapEndpoint.OpenClient(_router, _options, tls, _logger, _time);
                _endpoints.Add(endpoint);
            }

            return endpoint;
        }
    }

    /// <summary>Hands what comes over a connection to the client that made it.</summary>
    private sealed class Router(ConcurrentDictionary<CoapPeer, ICoapHandler> owners) : ICoapHandler
    {
        public void OnRequest(ref IncomingRequest request)
        {
            if (owners.TryGetValue(request.Peer, out ICoapHandler? owner))
                owner.OnRequest(ref request);
            else
                request.RespondError(CoapCode.ServiceUnavailable, "the client has closed this connection"u8);
        }

        public BodyReceiver? OpenBody(ref IncomingRequest request) => owners.TryGetValue(request.Peer, out ICoapHandler? owner) ? owner.OpenBody(ref request) : null;

        public bool OnNotification(in CoapPeer peer, in CoapMessage notification) =>
            owners.TryGetValue(peer, out ICoapHandler? owner) && owner.OnNotification(peer, notification);

        public void OnPeerReleased(in CoapPeer peer, ConnectionRelease release)
        {
            if (owners.TryGetValue(peer, out ICoapHandler? owner))
                owner.OnPeerReleased(peer, release);
        }

        public void OnPeerClosed(in CoapPeer peer)
        {
            if (owners.TryRemove(peer, out ICoapHandler? owner))
                owner.OnPeerClosed(peer);
        }
    }
}
