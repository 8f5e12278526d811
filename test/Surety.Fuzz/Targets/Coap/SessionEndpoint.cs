using System.Net;
using Surety.Coap;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>Stands for the endpoint of a session that has no socket.</summary>
/// <param name="options">Limits.</param>
/// <param name="send">Sends a message over the session.</param>
internal sealed class SessionEndpoint(CoapEndpointOptions options, Action<OutgoingMessage> send) : CoapEndpoint("coap+tcp", options)
{
    public override IPEndPoint LocalEndPoint { get; } = new(IPAddress.Loopback, 5683);

    public override PeerIdentity GetIdentity(in PeerKey peer) => PeerIdentity.None;

    public override IPEndPoint? GetRemoteEndPoint(in PeerKey peer) => null;

    public override bool IsReachable(in PeerKey peer) => true;

    public override void Send(in PeerKey peer, OutgoingMessage message) => send(message);

    // What is given up has no exchange any more: a session without a socket sends at once, or fails.
    public override void Cancel(OutgoingMessage message)
    {
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal override int GetInlineBody(in PeerKey peer) => throw new NotSupportedException();

    internal override int GetSizeExponent(in PeerKey peer) => throw new NotSupportedException();
}
