namespace Surety.Coap;

/// <summary>Why a request got no response.</summary>
public enum ExchangeFailure
{
    /// <summary>Every retransmission went unacknowledged, or no response came within its time (RFC 7252, 4.2, 5.2.2).</summary>
    Timeout,

    /// <summary>The peer answered with a Reset: it has no context for the message.</summary>
    Reset,

    /// <summary>The peer cannot be reached: no connection, connection closed, or no route.</summary>
    Unreachable,

    /// <summary>The request does not fit into a message of this transport.</summary>
    TooLarge,

    /// <summary>The response broke the protocol: an unknown critical option, blocks out of order, a body that is too long.</summary>
    BadResponse,

    /// <summary>Too many requests wait for this peer.</summary>
    Overloaded,

    /// <summary>The caller gave up.</summary>
    Cancelled,

    /// <summary>The endpoint was closed.</summary>
    Closed,
}
