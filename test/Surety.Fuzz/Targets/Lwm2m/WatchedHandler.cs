using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>Shows what a handler throws, which the engine answers by 5.00 and goes on.</summary>
internal sealed class WatchedHandler(ICoapHandler inner, FaultLogger log) : ICoapHandler, IActsAtOnce
{
    public void OnRequest(ref IncomingRequest request)
    {
        try
        {
            inner.OnRequest(ref request);
        }
        catch (Exception e)
        {
            log.Add("OnRequest", e);
            throw;
        }
    }

    public bool OnNotification(in CoapPeer peer, in CoapMessage notification)
    {
        try
        {
            return inner.OnNotification(peer, notification);
        }
        catch (Exception e)
        {
            log.Add("OnNotification", e);
            throw;
        }
    }

    public BodyReceiver? OpenBody(ref IncomingRequest request) => inner.OpenBody(ref request);

    public bool? IsConditionMet(in IncomingRequest request) => inner.IsConditionMet(request);

    public void OnReset(in CoapPeer peer, ushort messageId) => inner.OnReset(peer, messageId);

    public void Commit() => inner.Commit();
}
