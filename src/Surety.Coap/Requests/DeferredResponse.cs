namespace Surety.Coap;

/// <summary>The place of an answer that comes later. The endpoint acknowledges the request meanwhile (RFC 7252, 5.2.2).</summary>
public abstract class DeferredResponse
{
    private int _isCompleted;

    private protected DeferredResponse(in CoapPeer peer) => Peer = peer;

    /// <summary>Who asked.</summary>
    public CoapPeer Peer { get; }

    /// <summary>Sends the response, from any thread; only the first call counts.</summary>
    public void Complete(CoapResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (Interlocked.Exchange(ref _isCompleted, 1) == 0)
            Send(response);
    }

    private protected abstract void Send(CoapResponse response);
}
