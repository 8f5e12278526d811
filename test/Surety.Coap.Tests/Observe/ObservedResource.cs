using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Observe;

/// <summary>A resource at <c>/r</c> with a value that can be observed.</summary>
internal sealed class ObservedResource : CoapRouter, IActsAtOnce
{
    public ObservedResource(SimulatedNetwork network, int maxRelations = 10_000)
    {
        Relations = new ObserveRelations(network.Time, maxRelations);
        Relations.Removed += Removed.Add;
        Map("/r").On(CoapCode.Get, Respond).On(CoapCode.Fetch, Respond);
    }

    public ObserveRelations Relations { get; }

    public List<ObserveRelation> Removed { get; } = [];

    public byte[] Value { get; set; } = [0];

    /// <summary>A new value, for all observers.</summary>
    public void Set(byte[] value, bool confirmable)
    {
        Value = value;
        foreach (ObserveRelation relation in Relations.All)
            relation.Notify(new CoapResponse(CoapCode.Content, ContentFormat.OctetStream, value), confirmable);
    }

    public void Set(byte value, bool confirmable = true) => Set([value], confirmable);

    public override void OnReset(in CoapPeer peer, ushort messageId) => Relations.OnReset(peer, messageId);

    private void Respond(ref IncomingRequest request)
    {
        var response = new CoapResponse(CoapCode.Content, ContentFormat.OctetStream, Value);
        if (Relations.Apply(request) is { } relation)
            response.Options.Set(CoapOptionNumber.Observe, relation.NextSequence());
        request.Respond(response);
    }
}
