namespace Surety.Coap;

/// <summary>The protocol parameters of message transmission, and the times derived from them (RFC 7252, 4.8).</summary>
public sealed record TransmissionParameters
{
    /// <summary>The parameters of RFC 7252, 4.8.</summary>
    public static TransmissionParameters Default { get; } = new();

    /// <summary>ACK_TIMEOUT: how long to wait for an acknowledgement before the first retransmission. Default 2 s; at least 1 s is wanted on the Internet (RFC 7252, 4.8.1).</summary>
    public TimeSpan AckTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>ACK_RANDOM_FACTOR: the first time-out is drawn between ACK_TIMEOUT and this many times it. Default 1.5; at least 1.</summary>
    public double AckRandomFactor { get; init; } = 1.5;

    /// <summary>MAX_RETRANSMIT: retransmissions before giving up. Default 4.</summary>
    public int MaxRetransmit { get; init; } = 4;

    /// <summary>NSTART: interactions that may be outstanding with one peer; others wait. Default 1 (RFC 7252, 4.7).</summary>
    public int NStart { get; init; } = 1;

    /// <summary>DEFAULT_LEISURE: the time over which answers to multicast requests are spread. Default 5 s (RFC 7252, 8.2).</summary>
    public TimeSpan DefaultLeisure { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>PROBING_RATE: bytes a second sent, on average, to a peer that does not answer. Default 1 (RFC 7252, 4.7).</summary>
    public double ProbingRate { get; init; } = 1;

    /// <summary>
    /// How long a request may take to handle before it is acknowledged without its response. Default 1 s: half of the client's
    /// ACK_TIMEOUT, so that it need not retransmit (RFC 7252, 5.2.2).
    /// </summary>
    public TimeSpan PiggybackDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait for a separate response after the acknowledgement. Default EXCHANGE_LIFETIME, 247 s.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(247);

    /// <summary>MAX_LATENCY: a datagram is expected to arrive within this time or never: 100 s.</summary>
    public static TimeSpan MaxLatency { get; } = TimeSpan.FromSeconds(100);

    /// <summary>MAX_TRANSMIT_SPAN: from the first transmission to the last retransmission; 45 s.</summary>
    public TimeSpan MaxTransmitSpan => AckTimeout * (((1 << MaxRetransmit) - 1) * AckRandomFactor);

    /// <summary>MAX_TRANSMIT_WAIT: from the first transmission to giving up; 93 s.</summary>
    public TimeSpan MaxTransmitWait => AckTimeout * (((1 << (MaxRetransmit + 1)) - 1) * AckRandomFactor);

    /// <summary>EXCHANGE_LIFETIME: a Message ID may be used again after this time; 247 s (PROCESSING_DELAY is ACK_TIMEOUT).</summary>
    public TimeSpan ExchangeLifetime => MaxTransmitSpan + (2 * MaxLatency) + AckTimeout;

    /// <summary>NON_LIFETIME: the same for Non-confirmable messages; 145 s.</summary>
    public TimeSpan NonLifetime => MaxTransmitSpan + MaxLatency;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(AckTimeout, TimeSpan.FromMilliseconds(20));
        ArgumentOutOfRangeException.ThrowIfLessThan(AckRandomFactor, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxRetransmit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxRetransmit, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(NStart, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ProbingRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(PiggybackDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ResponseTimeout, TimeSpan.FromHours(24));
    }
}
