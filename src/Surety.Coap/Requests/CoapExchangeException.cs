namespace Surety.Coap;

/// <summary>A request got no response.</summary>
public sealed class CoapExchangeException : IOException
{
    /// <summary>A failed exchange.</summary>
    public CoapExchangeException(ExchangeFailure failure, string message)
        : base(message) => Failure = failure;

    /// <summary>A failed exchange.</summary>
    public CoapExchangeException(ExchangeFailure failure)
        : this(failure, Describe(failure))
    {
    }

    /// <summary>Why.</summary>
    public ExchangeFailure Failure { get; }

    private static string Describe(ExchangeFailure failure) => failure switch
    {
        ExchangeFailure.Timeout => "The peer did not answer in time.",
        ExchangeFailure.Reset => "The peer rejected the message with a Reset.",
        ExchangeFailure.Unreachable => "The peer cannot be reached.",
        ExchangeFailure.TooLarge => "The request does not fit into one message of this transport.",
        ExchangeFailure.BadResponse => "The peer's response breaks the protocol.",
        ExchangeFailure.Overloaded => "Too many requests wait for this peer.",
        ExchangeFailure.Closed => "The endpoint was closed.",
        _ => "The request was cancelled.",
    };
}
