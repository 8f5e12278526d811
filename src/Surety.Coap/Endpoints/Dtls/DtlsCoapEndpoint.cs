using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Dtls;

namespace Surety.Coap;

/// <summary>
/// CoAP over DTLS (RFC 7252, 9), in both roles on one socket. A peer is known by its session, whatever its address is at the moment. What
/// handshakes compute with public keys is done on the thread pool; everything else on the endpoint's thread.
/// </summary>
public sealed partial class DtlsCoapEndpoint : DatagramCoapEndpoint
{
    // Sealed records are longer than messages: header, Connection ID of any length, nonce, type, tag.
    private const int MaxOverhead = 13 + 255 + 16 + 1 + 32 + 16;

    // Beside a body of one message: header, token, options.
    private const int MessageOverhead = 80;

    // Sessions that are saved at once, in about 0.2 ms; then datagrams are taken.
    private const int SavedAtOnce = 256;

    // Servers whose sessions are remembered, to be resumed.
    private const int MaxResumptions = 64;

    private readonly ConcurrentDictionary<ulong, DtlsSession> _sessions = new();
    private readonly Dictionary<ulong, Connecting> _connecting = [];
    private readonly Dictionary<PeerKey, (DtlsResumption Resumption, DtlsClientOptions Options)> _resumptions = [];
    private readonly Queue<Saving> _saving = new();
    private readonly ICoapHandler _handler;
    private readonly DtlsEngine _dtls;
    private readonly DtlsCoapOptions _dtlsOptions;
    private readonly ILogger _logger;
    private readonly CertificateTrust? _clientTrust;
    private readonly byte[] _nowhere;
    private DtlsSession? _rentedFor;
    private int _publicKeyWork;
    private long _now;

    private DtlsCoapEndpoint(
        DatagramSocket socket, ICoapHandler handler, CoapEndpointOptions options, TlsServerOptions? tls, DtlsCoapOptions dtls, ILogger logger, TimeProvider time)
        : base("coaps", socket, handler, options, logger, time)
    {
        _handler = handler;
        _logger = logger;
        _dtlsOptions = dtls;
        _nowhere = new byte[DatagramSocket.MaxSize];
        _clientTrust = tls?.ClientTrust;
        _dtls = new DtlsEngine(new Host(this), tls?.ToDtls(dtls), dtls.Engine, time, Now);
    }

    /// <summary>What happened so far, below CoAP.</summary>
    public DtlsStatistics DtlsStatistics => _dtls.Statistics;

    /// <summary>Established sessions.</summary>
    public int SessionCount => _sessions.Count;

    // Between two steps of saving, the socket is looked at.
    private protected override long NextTimeout => _saving.Count > 0 ? Now : Math.Min(base.NextTimeout, _dtls.NextTimeout);

    /// <summary>Binds a socket and starts to serve it.</summary>
    /// <param name="local">The address and port; port 0 takes any.</param>
    /// <param name="handler">What answers the requests.</param>
    /// <param name="options">Limits and parameters.</param>
    /// <param name="tls">How clients are accepted; null: only connections of our own are made.</param>
    /// <param name="dtls">Limits of DTLS, pre-shared keys.</param>
    /// <param name="saved">Sessions to go on with, from <see cref="SaveAsync"/>; those that cannot be read are left out.</param>
    /// <param name="logger">For failures.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SocketException">The address is in use, or not ours.</exception>
    public static DtlsCoapEndpoint Open(
        IPEndPoint local, ICoapHandler handler, CoapEndpointOptions? options = null, TlsServerOptions? tls = null, DtlsCoapOptions? dtls = null,
        IEnumerable<byte[]>? saved = null, ILogger? logger = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(handler);
        options ??= CoapEndpointOptions.Default;
        dtls ??= DtlsCoapOptions.Default;
        DatagramSocket socket = OpenSocket(local, options, MaxOverhead, portable: false);
        try
        {
            var endpoint = new DtlsCoapEndpoint(socket, handler, options, tls, dtls, logger ?? NullLogger.Instance, time ?? TimeProvider.System);
            foreach (byte[] session in saved ?? [])
                endpoint.Restore(session);
            endpoint.Start();
            return endpoint;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Makes a session with a server; one that there was with it before is resumed, when both still want that.</summary>
    /// <param name="server">Its address and port.</param>
    /// <param name="tls">Our certificate, and whom we believe.</param>
    /// <param name="host">The name or address that the server's certificate must have; null: the address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AuthenticationException">The handshake failed; the message says why.</exception>
    /// <exception cref="CoapExchangeException">The endpoint is closed.</exception>
    public ValueTask<CoapPeer> ConnectAsync(IPEndPoint server, TlsClientOptions tls, string? host = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(tls);
        return ConnectAsync(server, tls.ToDtls(host ?? server.Address.ToString()), cancellationToken);
    }

    /// <summary>Makes a session with a server.</summary>
    /// <param name="server">Its address and port.</param>
    /// <param name="options">How: a pre-shared key for instance.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AuthenticationException">The handshake failed; the message says why.</exception>
    /// <exception cref="CoapExchangeException">The endpoint is closed.</exception>
    public async ValueTask<CoapPeer> ConnectAsync(IPEndPoint server, DtlsClientOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(options);
        var connecting = new Connecting(PeerKey.FromAddress(server), options);
        Post(default, connecting);
        await using (cancellationToken.Register(() => Post(default, new Cancellation(connecting))))
            return await connecting.Task.ConfigureAwait(false);
    }

    /// <summary>Ends a session, and tells the peer. One that is not there is left alone.</summary>
    public void Close(in PeerKey peer)
    {
        if (Find(peer) is { } session)
            Post(default, new Closing(session, null));
    }

    /// <inheritdoc/>
    public override int CloseSessions(Func<PeerIdentity, PeerRefusal?> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        int count = 0;
        foreach ((_, DtlsSession session) in _sessions)
        {
            if (session.Tag is not PeerIdentity { IsAuthenticated: true } identity || find(identity) is not { } reason)
                continue;
            Post(default, new Closing(session, reason));
            count++;
        }

        return count;
    }

    /// <inheritdoc/>
    public override void CloseSession(in PeerKey peer, PeerRefusal reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (Find(peer) is { } session)
            Post(default, new Closing(session, reason));
    }

    /// <summary>
    /// Writes all sessions as bytes, with their keys: whoever keeps them encrypts them. Each is written as it is at that moment; those that end meanwhile
    /// are left out, and those that begin meanwhile are for the next time.
    /// </summary>
    /// <returns>One element a session.</returns>
    /// <exception cref="CoapExchangeException">The endpoint is closed.</exception>
    public Task<IReadOnlyList<byte[]>> SaveAsync()
    {
        var saving = new Saving();
        Post(default, saving);
        return saving.Task;
    }

    /// <summary>What is known of a peer's session; null when it is not there.</summary>
    public DtlsSession? FindSession(in PeerKey peer) => Find(peer);

    /// <inheritdoc/>
    public override PeerIdentity GetIdentity(in PeerKey peer) => Find(peer)?.Tag as PeerIdentity ?? PeerIdentity.None;

    /// <inheritdoc/>
    public override PeerSecurity? GetSecurity(in PeerKey peer) =>
        Find(peer) is { } session ? new PeerSecurity("DTLS 1.2", session.CipherSuite.ToString(), session.HasConnectionId) : null;

    /// <inheritdoc/>
    public override IPEndPoint? GetRemoteEndPoint(in PeerKey peer) => Find(peer)?.Address.ToEndPoint();

    /// <inheritdoc/>
    public override bool IsReachable(in PeerKey peer) => Find(peer) is not null;

    internal override int GetInlineBody(in PeerKey peer)
    {
        int room = (Find(peer)?.MaxContent ?? Options.MaxBlockSize) - MessageOverhead;
        return room >= Options.MaxBlockSize ? Options.MaxBlockSize : 1 << Math.Max(4, int.Log2(Math.Max(room, 1)));
    }

    internal override int GetSizeExponent(in PeerKey peer) => BlockValue.ExponentFor(GetInlineBody(peer));

    private static PeerKey ToKey(DtlsSession session) => PeerKey.FromSession(session.Number);

    /// <summary>The two have the same form; the protocol below does not know the one above.</summary>
    private static PeerAddress ToAddress(in PeerKey key) => Unsafe.BitCast<PeerKey, PeerAddress>(key);

    private static PeerKey ToKey(in PeerAddress address) => Unsafe.BitCast<PeerAddress, PeerKey>(address);

    private DtlsSession? Find(in PeerKey peer) =>
        peer == PeerKey.FromSession(peer.Number) && _sessions.TryGetValue(peer.Number, out DtlsSession? session) ? session : null;

    private void Restore(byte[] saved)
    {
        if (_dtls.Restore(saved, Now) is not { } session)
            return;
        session.Tag = DtlsConversion.ToIdentity(session.Peer);
        _sessions[session.Number] = session;
    }

    [LoggerMessage(1040, LogLevel.Debug, "DTLS session with {Peer}: {CipherSuite}, {Identity}, resumed: {IsResumed}, Connection ID: {HasConnectionId}")]
    private partial void LogEstablished(PeerAddress peer, System.Net.Security.TlsCipherSuite cipherSuite, PeerIdentity identity, bool isResumed, bool hasConnectionId);

    [LoggerMessage(1041, LogLevel.Warning, "Refused {Peer}: {Reason} ({Alert})")]
    private partial void LogFailed(PeerAddress peer, string reason, AlertDescription alert);

    [LoggerMessage(1042, LogLevel.Warning, "Ended the DTLS session with {Peer}, {Identity}: {Reason} ({Alert})")]
    private partial void LogClosed(PeerAddress peer, PeerIdentity identity, string reason, AlertDescription alert);
}
