namespace Surety.Coap;

/// <summary>Limits and times of an endpoint over TCP or TLS. None of the times wakes a device that sleeps: only <see cref="PingInterval"/> sends anything.</summary>
public sealed record CoapTcpOptions
{
    /// <summary>The defaults.</summary>
    public static CoapTcpOptions Default { get; } = new();

    /// <summary>
    /// Connections at a time, those in handshake included. Default 100,000; one more is closed as soon as it is accepted. So is one that
    /// would leave the process too few of the files that it may have open (<c>ulimit -n</c>).
    /// </summary>
    public int MaxConnections { get; init; } = 100_000;

    /// <summary>TLS handshakes at a time. Default 1,000; further clients wait in the listen queue.</summary>
    public int MaxHandshakes { get; init; } = 1_000;

    /// <summary>How long connecting and the TLS handshake may take. Default 30 s: a class 1 device needs seconds for its public-key operations.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for the peer's first message, the CSM (RFC 8323, 3.3). Default 30 s.</summary>
    public TimeSpan CsmTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection over which nothing was received for so long is released. Default 25 h, longer than LwM2M's usual lifetime of a day; null: never.</summary>
    public TimeSpan? IdleTimeout { get; init; } = TimeSpan.FromHours(25);

    /// <summary>A Ping is sent when nothing was received for so long (RFC 8323, 5.4). Default null: never, since a Ping wakes the peer's radio.</summary>
    public TimeSpan? PingInterval { get; init; }

    /// <summary>How long to wait for the Pong, or for anything else, before the connection is given up. Default 60 s.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a message may take to arrive, beyond the time that <see cref="MinReceiveRate"/> gives it. Default 30 s.</summary>
    public TimeSpan ReceiveTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The least rate at which a message must arrive, bytes a second. Default 240, which the slowest radios of the Internet of Things reach.</summary>
    public int MinReceiveRate { get; init; } = 240;

    /// <summary>How long a peer may take nothing of what is sent to it before the connection is aborted. Default 90 s.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Bytes that may wait to be sent to one peer. Default 256 KiB; while more wait, nothing is taken from the peer, and requests of ours wait.
    /// A message begun below the limit is always written whole.
    /// </summary>
    public int MaxOutgoingBacklog { get; init; } = 256 * 1024;

    /// <summary>Requests of one peer that may wait for a deferred answer. Default 256; one more is answered 4.29 (RFC 8516).</summary>
    public int MaxDeferredRequests { get; init; } = 256;

    /// <summary>Requests of ours that may wait for the responses of one peer. Default 1,000; further ones wait unsent.</summary>
    public int MaxOutstandingRequests { get; init; } = 1_000;

    /// <summary>
    /// Memory for messages of all connections together that are still arriving and longer than 16 KiB, bytes. Default 64 MiB; a connection
    /// that needs more is aborted.
    /// </summary>
    public long MaxReceiveMemory { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long a connection that was released, by us or by the peer, may go on to finish what is outstanding (RFC 8323, 5.5). Default 10 s.</summary>
    public TimeSpan ReleaseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a closed connection stays to see its last bytes off. Default 2 s.</summary>
    public TimeSpan LingerTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxHandshakes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HandshakeTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CsmTimeout, TimeSpan.Zero);
        if (IdleTimeout is { } idle)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(idle, TimeSpan.Zero, nameof(IdleTimeout));
        if (PingInterval is { } ping)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ping, TimeSpan.Zero, nameof(PingInterval));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(PingTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ReceiveTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinReceiveRate, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SendTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxOutgoingBacklog, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDeferredRequests, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxOutstandingRequests, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxReceiveMemory, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReleaseTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LingerTimeout, TimeSpan.Zero);
    }
}
