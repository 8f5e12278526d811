namespace Surety.Coap;

/// <summary>Where a connection stands in its life (RFC 8323, 3.3, 5.5, 5.6).</summary>
internal enum CoapTcpSessionState
{
    /// <summary>Our CSM is sent; the peer's must be the next message.</summary>
    ExpectCsm,

    /// <summary>Messages go both ways.</summary>
    Open,

    /// <summary>We sent a Release: requests of ours are refused, the peer is expected to finish and close.</summary>
    Releasing,

    /// <summary>The peer sent a Release: what is outstanding is finished, then we close.</summary>
    Released,

    /// <summary>Nothing more is taken in or accepted for sending.</summary>
    Ended,
}
