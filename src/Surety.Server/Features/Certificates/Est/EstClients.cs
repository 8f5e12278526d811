using System.Diagnostics.CodeAnalysis;
using Surety.Coap;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// The devices that were admitted on a bootstrap connection, which may ask for certificates on that same connection. Bounded: when there are too
/// many, those admitted longest ago are forgotten, and have to bootstrap again.
/// </summary>
/// <param name="capacity">The most devices remembered.</param>
internal sealed class EstClients(int capacity = EstClients.DefaultCapacity)
{
    /// <summary>As many connections as an endpoint takes by default.</summary>
    public const int DefaultCapacity = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<CoapPeer, LinkedListNode<(CoapPeer Peer, EstClient Client)>> _byPeer = [];
    private readonly LinkedList<(CoapPeer Peer, EstClient Client)> _inOrder = new();

    /// <summary>How many are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _byPeer.Count;
        }
    }

    /// <summary>The device at this connection was admitted. The latest word counts.</summary>
    public void Admit(in CoapPeer peer, EstClient client)
    {
        lock (_lock)
        {
            RemoveLocked(peer);
            if (_byPeer.Count >= capacity)
                RemoveLocked(_inOrder.First!.Value.Peer);
            _byPeer[peer] = _inOrder.AddLast((peer, client));
        }
    }

    /// <summary>Who is at this connection. It must still prove the identity with which it was admitted.</summary>
    public bool TryGet(in CoapPeer peer, [NotNullWhen(true)] out EstClient? client)
    {
        lock (_lock)
            client = _byPeer.TryGetValue(peer, out var node) ? node.Value.Client : null;
        return client is not null && client.Identity.IsSameAs(peer.Identity);
    }

    /// <summary>The connection has ended.</summary>
    public void Remove(in CoapPeer peer)
    {
        lock (_lock)
            RemoveLocked(peer);
    }

    private void RemoveLocked(in CoapPeer peer)
    {
        if (_byPeer.Remove(peer, out var node))
            _inOrder.Remove(node);
    }
}
