namespace Surety.Coap;

/// <summary>One message of a request, and the task of its response.</summary>
internal sealed class RequestMessage(CoapCode method, CoapOptions options, ReadOnlyMemory<byte> payload) : OutgoingMessage
{
    private const uint EveryClass = 2 | 8 | 16;

    private readonly TaskCompletionSource<CoapResponse> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // RFC 7967: with every class unwanted, nothing but the acknowledgement will come.
    private readonly bool _expectsResponse = (options.GetUInt(CoapOptionNumber.NoResponse) & EveryClass) != EveryClass;

    public override bool ExpectsResponse => _expectsResponse;

    public async Task<CoapResponse> SendAsync(CoapPeer peer, CancellationToken cancellationToken)
    {
        peer.Endpoint.Send(peer.Key, this);
        using CancellationTokenRegistration registration = cancellationToken.Register(
            static state =>
            {
                (CoapEndpoint endpoint, RequestMessage message) = ((CoapEndpoint, RequestMessage))state!;
                endpoint.Cancel(message);
                message._response.TrySetCanceled();
            },
            (peer.Endpoint, this));
        return await _response.Task.ConfigureAwait(false);
    }

    protected internal override CoapCode Write(ref CoapMessageWriter writer)
    {
        options.WriteTo(ref writer);
        writer.Payload(payload.Span);
        return method;
    }

    protected internal override void OnResponse(in CoapPeer peer, in CoapMessage response) => _response.TrySetResult(CoapResponse.Read(response));

    protected internal override void OnAcknowledged() => _response.TrySetResult(new CoapResponse(CoapCode.Empty));

    protected internal override void OnFailed(ExchangeFailure failure) => _response.TrySetException(new CoapExchangeException(failure));
}
