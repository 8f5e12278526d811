
namespace Surety.Coap.Tests.Tcp;

/// <summary>A request, or a message without response, that remembers what became of it.</summary>
internal sealed class RecordingMessage(CoapCode code, bool expectsResponse = true, string path = "/r", byte[]? payload = null) : OutgoingMessage
{
    public List<string> Events { get; } = [];

    public override bool ExpectsResponse => expectsResponse;

    protected internal override CoapCode Write(ref CoapMessageWriter writer)
    {
        if (code.IsRequest)
            writer.Option(CoapOptionNumber.UriPath, path[1..]);
        writer.Payload(payload);
        return code;
    }

    protected internal override void OnSent(ushort messageId) => Events.Add("sent");

    protected internal override void OnResponse(in CoapPeer peer, in CoapMessage response) => Events.Add(TcpSessionHarness.Describe(response));

    protected internal override void OnAcknowledged() => Events.Add("acknowledged");

    protected internal override void OnFailed(ExchangeFailure failure) => Events.Add(failure.ToString());
}
