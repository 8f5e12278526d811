namespace Surety.Coap;

/// <summary>
/// What stands above one or more endpoints. Calls come on the endpoints' threads, from several endpoints at once, and must not block:
/// what takes longer is deferred (<see cref="IncomingRequest.Defer"/>).
/// </summary>
public interface ICoapHandler
{
    /// <summary>Answers a request, or defers the answer. A request that is neither answered nor deferred gets 5.00.</summary>
    /// <exception cref="CoapException">Becomes the response.</exception>
    void OnRequest(ref IncomingRequest request);

    /// <summary>
    /// Takes a response that answers no waiting request: a notification (RFC 7641, 4.2), or a stray. Accepted Confirmable ones are
    /// acknowledged once <see cref="Commit"/> has returned; refused ones get a Reset, which ends the observation at the peer.
    /// </summary>
    /// <returns>True when the response belongs to an observation of ours.</returns>
    bool OnNotification(in CoapPeer peer, in CoapMessage notification);

    /// <summary>
    /// Offers to receive the body of a block-wise request as it arrives. The default, null, has the endpoint collect it (up to its
    /// limit), and <see cref="OnRequest"/> sees the whole.
    /// </summary>
    /// <param name="request">The first block's request, without payload.</param>
    BodyReceiver? OpenBody(ref IncomingRequest request) => null;

    /// <summary>
    /// Says whether the condition of a request with If-Match or If-None-Match holds (RFC 7252, 5.10.8), before the request is handled; of
    /// block-wise requests, before each block. When it does not, the request gets 4.12 and <see cref="OnRequest"/> is not called.
    /// </summary>
    /// <returns>Null, the default, when the handler does not know conditions: the request gets 4.02.</returns>
    bool? IsConditionMet(in IncomingRequest request) => null;

    /// <summary>A Reset that matches no message still waiting for one: the peer refused a Non-confirmable notification (RFC 7641, 3.6).</summary>
    void OnReset(in CoapPeer peer, ushort messageId)
    {
    }

    /// <summary>
    /// Everything handled since the last call is about to be acknowledged: make it durable. When this throws, nothing is sent, and the
    /// peers will repeat themselves.
    /// </summary>
    void Commit()
    {
    }

    /// <summary>The peer wants its connection to end (RFC 8323, 5.5). Requests of ours that wait for responses may still get them; new ones fail.</summary>
    void OnPeerReleased(in CoapPeer peer, ConnectionRelease release)
    {
    }

    /// <summary>A session or connection has ended; its key will not be used again.</summary>
    void OnPeerClosed(in CoapPeer peer)
    {
    }
}
