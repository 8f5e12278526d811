namespace Surety.Coap;

/// <summary>A request cannot be served; the code and the message go to the client as its response.</summary>
public sealed class CoapException : Exception
{
    /// <summary>A failure with the response code that says it on the wire.</summary>
    /// <param name="code">An error code, class 4 or 5.</param>
    /// <param name="diagnostic">The diagnostic payload: what is wrong, for a person (RFC 7252, 5.5.2).</param>
    public CoapException(CoapCode code, string diagnostic)
        : base(diagnostic) => Code = code;

    /// <summary>The response code.</summary>
    public CoapCode Code { get; }
}
