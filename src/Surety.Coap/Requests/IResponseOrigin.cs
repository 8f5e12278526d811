namespace Surety.Coap;

/// <summary>Where a request came from, and where its answer goes: an endpoint's engine or a connection.</summary>
internal interface IResponseOrigin
{
    /// <summary>Keeps what is needed to answer the current request later.</summary>
    DeferredResponse Defer(in IncomingRequest request);
}
