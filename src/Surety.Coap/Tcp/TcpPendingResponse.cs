namespace Surety.Coap;

/// <summary>A request that was deferred, until its response comes or its connection ends.</summary>
internal sealed class TcpPendingResponse(CoapTcpSession session, CoapToken token, ResponseContext context, RequestOptions options, long order)
{
    public CoapTcpSession Session => session;

    public CoapToken Token => token;

    public ResponseContext Context => context;

    public RequestOptions Options => options;

    /// <summary>Its place among the deferred requests of the connection.</summary>
    public long Order => order;

    public LinkedListNode<TcpPendingResponse>? Node { get; set; }
}
