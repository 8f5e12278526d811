using System.Net;

namespace Surety.Coap;

/// <summary>One of our addresses, over one transport: receives requests and sends ours. Safe to use from any thread.</summary>
public abstract class CoapEndpoint : IAsyncDisposable
{
    private ICoapTrace? _trace;

    private protected CoapEndpoint(string scheme, CoapEndpointOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Scheme = scheme;
        Options = options;
    }

    /// <summary><c>coap</c>, <c>coaps</c>, <c>coap+tcp</c> or <c>coaps+tcp</c>.</summary>
    public string Scheme { get; }

    /// <summary>Limits and parameters.</summary>
    public CoapEndpointOptions Options { get; }

    /// <summary>The transport delivers, in order, or breaks the connection.</summary>
    public bool IsReliable => Scheme is "coap+tcp" or "coaps+tcp";

    /// <summary>The transport has security.</summary>
    public bool IsSecure => Scheme is "coaps" or "coaps+tcp";

    /// <summary>The address and port listened on.</summary>
    public abstract IPEndPoint LocalEndPoint { get; }

    /// <summary>Is told of each message that comes and goes; null, as it mostly is: nobody listens.</summary>
    public ICoapTrace? Trace
    {
        get => Volatile.Read(ref _trace);
        set => Volatile.Write(ref _trace, value);
    }

    /// <summary>What a peer has proven about itself.</summary>
    public abstract PeerIdentity GetIdentity(in PeerKey peer);

    /// <summary>Where a peer is now; null when it is not there any more.</summary>
    public abstract IPEndPoint? GetRemoteEndPoint(in PeerKey peer);

    /// <summary>The peer can be sent to: always true over UDP, true while the connection or session lives elsewhere.</summary>
    public abstract bool IsReachable(in PeerKey peer);

    /// <summary>What protects the way to a peer; null: nothing does, or the peer is not there.</summary>
    public virtual PeerSecurity? GetSecurity(in PeerKey peer) => null;

    /// <summary>What protects the way to a peer, for people: <c>DTLS 1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, Connection ID</c>. Null: nothing does, or the peer is not there.</summary>
    public string? DescribeSecurity(in PeerKey peer) => GetSecurity(peer)?.ToString();

    /// <summary>Sends a message; what becomes of it is told to <paramref name="message"/> on the endpoint's thread.</summary>
    public abstract void Send(in PeerKey peer, OutgoingMessage message);

    /// <summary>Gives a message up: nothing is sent or told any more.</summary>
    public abstract void Cancel(OutgoingMessage message);

    /// <summary>
    /// Ends every session and connection whose peer is not welcome any more: its device was suspended, its certificate revoked, its authority
    /// removed. Looks at all of them, on the caller's thread; the endpoint's own threads go on meanwhile. A session that is established while
    /// this runs is asked about by <see cref="CertificateTrust.FindRefusal"/>.
    /// </summary>
    /// <param name="find">Says why a peer must go; null: it stays. Not asked about peers that have proven nothing.</param>
    /// <returns>How many are being ended.</returns>
    public virtual int CloseSessions(Func<PeerIdentity, PeerRefusal?> find) => 0;

    /// <summary>Ends a peer's session or connection at once, and tells it why: by a fatal alert over DTLS (RFC 5246, 7.2.2), by Abort over TCP and TLS (RFC 8323, 5.6).</summary>
    /// <param name="peer">The peer; one that is not there, or has no session, is left alone.</param>
    /// <param name="reason">Why.</param>
    public virtual void CloseSession(in PeerKey peer, PeerRefusal reason)
    {
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Our bodies on their way.</summary>
    internal OpenUploads OpenUploads { get; } = new();

    internal string DescribePeer(in PeerKey peer) => GetRemoteEndPoint(peer)?.ToString() ?? peer.ToString();

    /// <summary>The longest body that goes into one message to this peer, bytes.</summary>
    internal abstract int GetInlineBody(in PeerKey peer);

    /// <summary>The size exponent of blocks for this peer: 0-6, or 7 for BERT.</summary>
    internal abstract int GetSizeExponent(in PeerKey peer);
}
