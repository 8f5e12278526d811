namespace Surety.Lwm2m.Server;

/// <summary>Why a queued request got no response from its device.</summary>
public enum QueueFailure
{
    /// <summary>It got one.</summary>
    None,

    /// <summary>It waited until its time was over.</summary>
    Expired,

    /// <summary>The device ended its registration, or let it expire.</summary>
    Deregistered,

    /// <summary>The device was suspended or deleted.</summary>
    Blocked,

    /// <summary>Sent, and no answer in time; no retry is left.</summary>
    Timeout,

    /// <summary>The device could not be reached; no retry is left.</summary>
    NotConnected,

    /// <summary>The device rejected the message with a Reset, or its answer breaks the protocol.</summary>
    Rejected,

    /// <summary>The request does not fit into a message.</summary>
    TooLarge,
}
