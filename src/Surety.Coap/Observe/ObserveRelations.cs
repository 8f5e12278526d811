using System.Collections.Concurrent;

namespace Surety.Coap;

/// <summary>The observers of our resources (RFC 7641, 4). Forward <see cref="OnReset"/> and <see cref="OnPeerClosed"/> from the handler. Thread-safe.</summary>
/// <param name="time">The clock.</param>
/// <param name="maxRelations">The most relations kept; above that requests are answered as if Observe were absent (RFC 7641, 4.1). Default 10,000.</param>
public sealed class ObserveRelations(TimeProvider? time = null, int maxRelations = 10_000)
{
    private readonly ConcurrentDictionary<(CoapPeer Peer, CoapToken Token), ObserveRelation> _relations = new();
    private readonly MonotonicClock _clock = new(time ?? TimeProvider.System);

    /// <summary>A relation has ended, for whatever reason.</summary>
    public event Action<ObserveRelation>? Removed;

    /// <summary>All relations.</summary>
    public IEnumerable<ObserveRelation> All => _relations.Values;

    /// <summary>How many there are.</summary>
    public int Count => _relations.Count;

    internal long Now => _clock.Now;

    /// <summary>Does what the Observe option of a request says: adds the client (0), replacing a relation with the same token, or removes it (1).</summary>
    /// <param name="request">A request that will be answered with success.</param>
    /// <param name="state">What the resource wants to remember.</param>
    /// <returns>The new relation, whose <see cref="ObserveRelation.NextSequence"/> goes into the response; null when the client was not added.</returns>
    public ObserveRelation? Apply(in IncomingRequest request, object? state = null)
    {
        if (request.Observe is not (0 or 1) || request.IsMulticast)
            return null;
        (CoapPeer, CoapToken) key = (request.Peer, new CoapToken(request.Message.Token));
        if (_relations.TryRemove(key, out ObserveRelation? old))
            End(old);
        if (request.Observe == 1 || _relations.Count >= maxRelations)
            return null;
        var relation = new ObserveRelation(this, request, state, Now, old);
        _relations[key] = relation;
        return relation;
    }

    /// <summary>Ends a relation without telling the client.</summary>
    public void Remove(ObserveRelation relation)
    {
        ArgumentNullException.ThrowIfNull(relation);
        if (_relations.TryRemove(new((relation.Peer, relation.Token), relation)))
            End(relation);
    }

    /// <summary>See <see cref="ICoapHandler.OnReset"/>.</summary>
    public void OnReset(in CoapPeer peer, ushort messageId)
    {
        foreach (ObserveRelation relation in _relations.Values)
        {
            if (relation.Peer == peer && relation.HasSent(messageId))
                Remove(relation);
        }
    }

    /// <summary>See <see cref="ICoapHandler.OnPeerClosed"/>.</summary>
    public void OnPeerClosed(in CoapPeer peer)
    {
        foreach (ObserveRelation relation in _relations.Values)
        {
            if (relation.Peer == peer)
                Remove(relation);
        }
    }

    private void End(ObserveRelation relation)
    {
        relation.IsActive = false;
        Removed?.Invoke(relation);
    }
}
