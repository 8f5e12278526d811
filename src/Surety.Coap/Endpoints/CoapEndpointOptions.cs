namespace Surety.Coap;

/// <summary>Limits and parameters of an endpoint, over any transport.</summary>
public sealed record CoapEndpointOptions
{
    /// <summary>The defaults.</summary>
    public static CoapEndpointOptions Default { get; } = new();

    /// <summary>Retransmission and its times; unreliable transports only.</summary>
    public TransmissionParameters Transmission { get; init; } = TransmissionParameters.Default;

    /// <summary>The largest block sent and asked for over unreliable transports, bytes: a power of two, 16 to 1024. Default 1024, which fits an IPv6 MTU (RFC 7252, 4.6).</summary>
    public int MaxBlockSize { get; init; } = 1024;

    /// <summary>The longest request body collected from blocks, bytes. Default 1 MiB; a longer one gets 4.13 and this number in Size1.</summary>
    public int MaxRequestBody { get; init; } = 1024 * 1024;

    /// <summary>The most memory for bodies in transfer, in each direction, bytes. Default 32 MiB; the least recently used transfer is dropped first.</summary>
    public long MaxTransferMemory { get; init; } = 32 * 1024 * 1024;

    /// <summary>
    /// Memory for the messages that are remembered to recognise duplicates, bytes: a power of two, 64 KiB to 16 GiB. Default 64 MiB, which
    /// holds about a million exchanges: 4,000 a second over the 247 s of EXCHANGE_LIFETIME. Above that rate the oldest are forgotten early.
    /// </summary>
    public long DeduplicationMemory { get; init; } = 64 * 1024 * 1024;

    /// <summary>Requests of ours that may wait for one peer, because of NSTART, before more are refused. Default 100.</summary>
    public int MaxWaitingPerPeer { get; init; } = 100;

    /// <summary>Requests of ours that may be outstanding or waiting in all. Default 1,000,000.</summary>
    public int MaxExchanges { get; init; } = 1_000_000;

    /// <summary>
    /// The longest token accepted in a request, bytes (RFC 8974). Default 64. A longer one gets 4.00 over unreliable transports (RFC 8974,
    /// 2.2.2); over reliable ones, where the CSM tells the limit, it is a format error (2.2.1).
    /// </summary>
    public int MaxTokenLength { get; init; } = 64;

    /// <summary>
    /// Proof of the source address, with an Echo option, before a peer without identity gets an answer that is longer than 136 bytes and
    /// than three times its request (RFC 9175, 2.4, 2.6). Requests that may change something prove it before they are handled, since they
    /// are handled once only. Default false: clients that do not know the option get no further. For open networks.
    /// </summary>
    public bool MitigateAmplification { get; init; }

    /// <summary>The longest message received over a reliable transport, bytes. Default 1 MiB + 1 KiB; told to the peer in the CSM (RFC 8323, 5.3.1).</summary>
    public int MaxMessageSize { get; init; } = (1024 + 1) * 1024;

    /// <summary>Connections; TCP and TLS only.</summary>
    public CoapTcpOptions Tcp { get; init; } = CoapTcpOptions.Default;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public void Validate()
    {
        Transmission.Validate();
        Tcp.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBlockSize, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBlockSize, 1024);
        if (!int.IsPow2(MaxBlockSize))
            throw new ArgumentOutOfRangeException(nameof(MaxBlockSize), MaxBlockSize, "A block size is a power of two.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRequestBody, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTransferMemory, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(DeduplicationMemory, 64 * 1024);
        if (!long.IsPow2(DeduplicationMemory))
            throw new ArgumentOutOfRangeException(nameof(DeduplicationMemory), DeduplicationMemory, "The memory is a power of two.");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DeduplicationMemory, DeduplicationLog.MaxCapacity);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWaitingPerPeer, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxExchanges, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxExchanges, 1 << 24);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokenLength, CoapToken.MaxShortLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxTokenLength, CoapToken.MaxExtendedLength);
        // RFC 8323, 5.3.1: 1152 is the base value that every peer may assume.
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessageSize, 1152);
    }
}
