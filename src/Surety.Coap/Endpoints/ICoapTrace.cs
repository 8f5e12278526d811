namespace Surety.Coap;

/// <summary>Watches the messages of an endpoint (<see cref="CoapEndpoint.Trace"/>).</summary>
public interface ICoapTrace
{
    /// <summary>A message came, and is handled next, or goes, and is sent when what it speaks of is durable. Called on the endpoint's thread, which waits.</summary>
    /// <param name="peer">With whom.</param>
    /// <param name="isSent">It is ours.</param>
    /// <param name="message">The message; over TCP and TLS without type and Message ID.</param>
    void OnMessage(in CoapPeer peer, bool isSent, in CoapMessage message);
}
