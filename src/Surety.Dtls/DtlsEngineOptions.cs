namespace Surety.Dtls;

/// <summary>Limits and times of an engine.</summary>
public sealed record DtlsEngineOptions
{
    // 576 bytes, which IPv4 carries everywhere, without the headers of IP and UDP.
    private const int SmallDatagram = 548;

    /// <summary>The defaults.</summary>
    public static DtlsEngineOptions Default { get; } = new();

    /// <summary>Established sessions. Default 1,000,000, at less than 1 KiB each; beyond that the one idle longest is dropped.</summary>
    public int MaxSessions { get; init; } = 1_000_000;

    /// <summary>Handshakes at once, of clients whose address is proven. Default 10,000; beyond that the oldest is dropped.</summary>
    public int MaxHandshakes { get; init; } = 10_000;

    /// <summary>Memory for the messages of one handshake that are being put together, bytes. Default 24 KiB: a chain of eight certificates fits.</summary>
    public int MaxHandshakeMemory { get; init; } = 24 * 1024;

    /// <summary>How long a handshake may take. Default 60 s: the retransmissions of a slow radio fit in.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The first retransmission of a client. Default 1 s (RFC 6347, 4.2.4.1); doubled each time, up to 60 s.</summary>
    public TimeSpan ClientRetransmission { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The first retransmission of a server. Default 9 s (RFC 7925, 11): devices take seconds for their signatures, and a client that misses
    /// something repeats itself, which is answered at once.
    /// </summary>
    public TimeSpan ServerRetransmission { get; init; } = TimeSpan.FromSeconds(9);

    /// <summary>Sessions that heard nothing for so long are dropped. Default null: only when room is needed, since devices sleep for days.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>The longest datagram of a handshake, bytes. Default 1,232: IPv6's least MTU. After the third repetition in a handshake it becomes 548, which IPv4 carries everywhere.</summary>
    public int MaxDatagram { get; init; } = 1232;

    /// <summary>The length of the Connection IDs that are given out, bytes, 4 to 20. Default 8; 0: none is, as server or client.</summary>
    public int ConnectionIdLength { get; init; } = 8;

    /// <summary>The first bytes of each Connection ID: a node's number, for a router before several of them. Default none; at least four bytes must be left.</summary>
    public ReadOnlyMemory<byte> ConnectionIdPrefix { get; init; }

    /// <summary>How long the key of cookies is used (RFC 6347, 4.2.1); those of the key before are accepted as well. Default 2 min.</summary>
    public TimeSpan CookieKeyLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Between two changes of the address of a peer that does not check return routability (RFC 9146, 6): bounds what somebody who can move records to other addresses makes us
    /// send there. Default 10 s; three changes are allowed at once.
    /// </summary>
    public TimeSpan AddressChangeInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a peer may take to answer from a new address (RFC 9853, 5.5); after that the next record from there begins a new check. Default 9 s:
    /// devices on slow radios take seconds (RFC 7925, 11), and nothing is gained by giving up early.
    /// </summary>
    public TimeSpan PathValidationTimeout { get; init; } = TimeSpan.FromSeconds(9);

    /// <summary>The longest datagram of a handshake whose flights were repeated so often: the datagrams may be too long for the path.</summary>
    internal int GetMaxDatagram(int repetitions) => repetitions > 2 ? Math.Min(SmallDatagram, MaxDatagram) : MaxDatagram;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSessions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxHandshakes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxHandshakeMemory, 4096);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDatagram, SmallDatagram);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxDatagram, 16_384);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ConnectionIdLength, 20);
        if (ConnectionIdLength != 0)
            ArgumentOutOfRangeException.ThrowIfLessThan(ConnectionIdLength, ConnectionIdPrefix.Length + 4);
    }
}
