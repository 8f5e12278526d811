using System.Net;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>Delivers datagrams, and knows which of them must be acknowledged or reset (RFC 7252, 4.2).</summary>
internal sealed class ReplyCheck(SimulatedNetwork network)
{
    private readonly HashSet<(IPEndPoint Peer, IPEndPoint Endpoint, ushort MessageId)> _seen = [];
    private readonly HashSet<(IPEndPoint Peer, IPEndPoint Endpoint, ushort MessageId)> _confirmable = [];

    public void Deliver(IPEndPoint from, SimulatedEndpoint to, byte[] bytes, bool mayBeLost = false)
    {
        CoapParseResult result = CoapMessage.Parse(bytes, out CoapMessage message);
        (IPEndPoint, IPEndPoint, ushort) key = (from, to.LocalEndPoint, message.MessageId);
        // What repeats a Message ID is a duplicate, whatever it is itself.
        if (result != CoapParseResult.Ignore && _seen.Add(key) && message.Type == MessageType.Confirmable && !mayBeLost)
            _confirmable.Add(key);
        network.Inject(from, to, bytes);
        network.Run(TimeSpan.Zero);
    }

    public void Check()
    {
        foreach (SimulatedNetwork.Datagram sent in network.Sent)
        {
            Assert.Equal(CoapParseResult.Message, CoapMessage.Parse(sent.Bytes, out _));
            if (sent.Type >= MessageType.Acknowledgement)
                _confirmable.Remove((sent.To, sent.From, sent.MessageId));
        }

        Assert.Empty(_confirmable);
    }
}
