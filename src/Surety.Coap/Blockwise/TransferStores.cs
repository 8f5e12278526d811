namespace Surety.Coap;

/// <summary>The transfers of an endpoint, shared by all its peers.</summary>
internal sealed class TransferStores
{
    public TransferStores(CoapEndpointOptions options)
    {
        // RFC 7959, 2.4, 2.5: peers can count on no more than EXCHANGE_LIFETIME.
        long maxIdle = (long)options.Transmission.ExchangeLifetime.TotalMilliseconds;
        Requests = new(options.MaxTransferMemory, maxIdle);
        Responses = new(options.MaxTransferMemory, maxIdle);
    }

    public TransferStore<RequestBody> Requests { get; }

    public TransferStore<ResponseBody> Responses { get; }

    public bool IsEmpty => Requests.Count == 0 && Responses.Count == 0;

    public void Sweep(long now)
    {
        Requests.Sweep(now);
        Responses.Sweep(now);
    }
}
