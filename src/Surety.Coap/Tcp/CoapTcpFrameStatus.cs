namespace Surety.Coap;

/// <summary>What stands at the beginning of the bytes received.</summary>
internal enum CoapTcpFrameStatus
{
    /// <summary>A whole message.</summary>
    Message,

    /// <summary>The beginning of one.</summary>
    Incomplete,

    /// <summary>A message that is longer than allowed, by what its header says.</summary>
    TooLong,

    /// <summary>Bytes that break the format, or a token that is longer than allowed: the stream cannot be followed any further (RFC 8323, 5.6).</summary>
    FormatError,
}
