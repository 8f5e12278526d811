namespace Surety.Coap;

/// <summary>What of a request decides the form of its response, kept by deferred ones.</summary>
/// <param name="Method">The method.</param>
/// <param name="Block2">The block asked for; -1 without.</param>
/// <param name="Block1">The Block1 option to echo; -1 without.</param>
/// <param name="Transfer">What names the body among the peer's transfers.</param>
internal readonly record struct ResponseContext(CoapCode Method, long Block2, long Block1, TransferKey Transfer)
{
    /// <summary>The Content-Format wanted; -1 without.</summary>
    public required int Accept { get; init; }
}
