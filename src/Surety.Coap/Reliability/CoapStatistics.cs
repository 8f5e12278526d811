namespace Surety.Coap;

/// <summary>Counts of an endpoint since it was opened. Written by one thread; readers see each number whole.</summary>
public sealed class CoapStatistics
{
    /// <summary>Messages received, of every kind.</summary>
    public long Received { get; internal set; }

    /// <summary>Messages sent, retransmissions included.</summary>
    public long Sent { get; internal set; }

    /// <summary>Requests handled.</summary>
    public long Requests { get; internal set; }

    /// <summary>Repeated messages that were answered from memory or dropped.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Retransmissions of ours.</summary>
    public long Retransmissions { get; internal set; }

    /// <summary>Exchanges of ours that got no response.</summary>
    public long Failures { get; internal set; }

    /// <summary>Messages that could not be read.</summary>
    public long Malformed { get; internal set; }

    /// <summary>Responses that belonged to nothing, and were rejected.</summary>
    public long Strays { get; internal set; }

    /// <summary>Batches whose answers were held back since they could not be made durable.</summary>
    public long FailedCommits { get; internal set; }
}
