using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>A message of ours, which must come to an end once, whatever the peer does.</summary>
internal sealed class FuzzedRequest(CoapCode code) : OutgoingMessage, IActsAtOnce
{
    public bool IsOver { get; set; }

    public override bool ExpectsResponse => !code.IsEmpty;

    protected internal override CoapCode Write(ref CoapMessageWriter writer)
    {
        if (code.IsRequest)
            writer.Option(CoapOptionNumber.UriPath, "r");
        return code;
    }

    protected internal override void OnResponse(in CoapPeer peer, in CoapMessage response) => End();

    protected internal override void OnAcknowledged() => End();

    protected internal override void OnFailed(ExchangeFailure failure) => End();

    private void End()
    {
        Assert.False(IsOver);
        IsOver = true;
    }
}
