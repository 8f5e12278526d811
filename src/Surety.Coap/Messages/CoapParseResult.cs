namespace Surety.Coap;

/// <summary>What became of bytes that should be a message.</summary>
public enum CoapParseResult
{
    /// <summary>A well-formed message.</summary>
    Message,

    /// <summary>Not for this version of CoAP, or too short for a header: silently ignored (RFC 7252, 3).</summary>
    Ignore,

    /// <summary>
    /// Type and Message ID can be read, the rest breaks the format: a Confirmable one is rejected with a Reset, any other ignored
    /// (RFC 7252, 4.2, 4.3).
    /// </summary>
    FormatError,
}
