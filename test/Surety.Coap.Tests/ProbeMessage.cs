using Surety.Testing.Coap;

namespace Surety.Coap.Tests;

/// <summary>A message of ours that remembers what became of it.</summary>
internal sealed class ProbeMessage(CoapCode code, string path = "/p", byte[]? payload = null, bool expectsResponse = true) : OutgoingMessage, IActsAtOnce
{
    /// <summary>A Confirmable GET.</summary>
    public ProbeMessage()
        : this(CoapCode.Get)
    {
    }

    public List<CoapResponse> Responses { get; } = [];

    public List<CoapPeer> Responders { get; } = [];

    public List<ushort> MessageIds { get; } = [];

    public ExchangeFailure? Failure { get; private set; }

    public bool IsAcknowledged { get; private set; }

    public bool IsOver => Failure is not null || IsAcknowledged || Responses.Count > 0;

    public override bool ExpectsResponse => expectsResponse;

    protected internal override CoapCode Write(ref CoapMessageWriter writer)
    {
        if (code.IsEmpty)
            return code;
        var options = new CoapOptions();
        CoapUri.AddPathAndQuery(path, options);
        options.WriteTo(ref writer);
        writer.Payload(payload);
        return code;
    }

    protected internal override void OnSent(ushort messageId) => MessageIds.Add(messageId);

    protected internal override void OnResponse(in CoapPeer peer, in CoapMessage response)
    {
        Responders.Add(peer);
        Responses.Add(CoapResponse.Read(response));
    }

    protected internal override void OnAcknowledged() => IsAcknowledged = true;

    protected internal override void OnFailed(ExchangeFailure failure)
    {
        Assert.Null(Failure);
        Failure = failure;
    }
}
