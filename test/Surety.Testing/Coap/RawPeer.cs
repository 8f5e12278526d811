using System.Net;
using Surety.Coap;

namespace Surety.Testing.Coap;

/// <summary>A peer of a <see cref="SimulatedNetwork"/> without an engine: the test says what it sends, and looks at what arrives.</summary>
public sealed class RawPeer
{
    private readonly SimulatedNetwork _network;
    private readonly Queue<WireMessage> _received = [];
    private ushort _nextMessageId = 0x1000;

    internal RawPeer(SimulatedNetwork network, IPEndPoint address)
    {
        _network = network;
        LocalEndPoint = address;
    }

    public IPEndPoint LocalEndPoint { get; }

    /// <summary>Messages that have arrived and were not taken.</summary>
    public IReadOnlyCollection<WireMessage> Received => _received;

    public ushort NextMessageId() => _nextMessageId++;

    /// <summary>This peer, as an endpoint sees it.</summary>
    public CoapPeer SeenBy(SimulatedEndpoint endpoint) => new(endpoint, PeerKey.FromAddress(LocalEndPoint));

    public void Send(SimulatedEndpoint to, WireMessage message) => Send(to, message.ToBytes());

    public void Send(SimulatedEndpoint to, byte[] bytes) => _network.Transmit(LocalEndPoint, to.LocalEndPoint, bytes);

    /// <summary>Sends hexadecimal digits, with white space between them.</summary>
    public void SendHex(SimulatedEndpoint to, string hex) => Send(to, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

    /// <summary>The next message; time passes until it is there.</summary>
    public WireMessage Receive(TimeSpan? limit = null)
    {
        _network.RunUntil(() => _received.Count > 0, limit ?? TimeSpan.FromMinutes(5));
        return _received.Dequeue();
    }

    /// <summary>Sends a request and gives the message that comes next.</summary>
    public WireMessage Exchange(SimulatedEndpoint to, WireMessage request)
    {
        Send(to, request);
        return Receive();
    }

    /// <summary>Throws away what has arrived.</summary>
    public void Clear() => _received.Clear();

    internal void Deliver(byte[] bytes) => _received.Enqueue(WireMessage.Parse(bytes));
}
