using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>A request in one message, whose response is there as soon as it has come.</summary>
internal sealed class DirectRequest : OutgoingMessage
{
    private readonly CoapRequest _request;

    public DirectRequest(CoapRequest request)
    {
        _request = request;
        Token = request.Token;
    }

    public CoapResponse? Response { get; private set; }

    public ExchangeFailure? Failure { get; private set; }

    protected override CoapCode Write(ref CoapMessageWriter writer)
    {
        foreach ((CoapOptionNumber number, ReadOnlyMemory<byte> value) in _request.Options)
            writer.Option(number, value.Span);
        writer.Payload(_request.Payload.Span);
        return _request.Method;
    }

    protected override void OnResponse(in CoapPeer peer, in CoapMessage response) => Response = CoapResponse.Read(response);

    protected override void OnFailed(ExchangeFailure failure) => Failure = failure;
}
