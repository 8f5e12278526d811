using System.Runtime.InteropServices;

namespace Surety.Coap;

/// <summary>The observers of our resources (RFC 7641, 4). Forward <see cref="OnReset"/> and <see cref="OnPeerClosed"/> from the handler. Thread-safe.</summary>
/// <param name="time">The clock.</param>
/// <param name="maxRelations">The most relations kept; above that requests are answered as if Observe were absent (RFC 7641, 4.1). Default 10,000.</param>
public sealed class ObserveRelations(TimeProvider? time = null, int maxRelations = 10_000)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CoapPeer, List<ObserveRelation>> _byPeer = [];
    private readonly MonotonicClock _clock = new(time ?? TimeProvider.System);
    private int _count;

    /// <summary>A relation has ended, for whatever reason.</summary>
    public event Action<ObserveRelation>? Removed;

    /// <summary>All relations, as they are now.</summary>
    public IEnumerable<ObserveRelation> All
    {
        get
        {
            lock (_lock)
                return [.. _byPeer.Values.SelectMany(relations => relations)];
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    internal long Now => _clock.Now;

    /// <summary>Does what the Observe option of a request says: adds the client (0), replacing a relation with the same token, or removes it (1).</summary>
    /// <param name="request">A request that will be answered with success.</param>
    /// <param name="state">What the resource wants to remember.</param>
    /// <returns>The new relation, whose <see cref="ObserveRelation.NextSequence"/> goes into the response; null when the client was not added.</returns>
    public ObserveRelation? Apply(in IncomingRequest request, object? state = null)
    {
        if (request.Observe is not (0 or 1) || request.IsMulticast)
            return null;
        var token = new CoapToken(request.Message.Token);
        ObserveRelation? old, added = null;
        lock (_lock)
        {
            old = _byPeer.TryGetValue(request.Peer, out List<ObserveRelation>? relations) ? relations.Find(relation => relation.Token == token) : null;
            if (old is not null)
                Take(old);
            if (request.Observe == 0 && _count < maxRelations)
            {
                added = new ObserveRelation(this, request, state, Now, old);
                ref List<ObserveRelation>? ofPeer = ref CollectionsMarshal.GetValueRefOrAddDefault(_byPeer, request.Peer, out _);
                (ofPeer ??= []).Add(added);
                _count++;
            }
        }

        if (old is not null)
            End(old, isLast: false);
        return added;
    }

    /// <summary>Ends a relation without telling the client.</summary>
    public void Remove(ObserveRelation relation)
    {
        ArgumentNullException.ThrowIfNull(relation);
        Remove(relation, isLast: false);
    }

    /// <summary>See <see cref="ICoapHandler.OnReset"/>.</summary>
    public void OnReset(in CoapPeer peer, ushort messageId)
    {
        foreach (ObserveRelation relation in Of(peer))
        {
            if (relation.HasSent(messageId))
                Remove(relation);
        }
    }

    /// <summary>See <see cref="ICoapHandler.OnPeerClosed"/>.</summary>
    public void OnPeerClosed(in CoapPeer peer)
    {
        foreach (ObserveRelation relation in Of(peer))
            Remove(relation);
    }

    internal void Remove(ObserveRelation relation, bool isLast)
    {
        bool removed;
        lock (_lock)
            removed = Take(relation);
        if (removed)
            End(relation, isLast);
    }

    private ObserveRelation[] Of(in CoapPeer peer)
    {
        lock (_lock)
            return _byPeer.TryGetValue(peer, out List<ObserveRelation>? relations) ? [.. relations] : [];
    }

    private bool Take(ObserveRelation relation)
    {
        if (!_byPeer.TryGetValue(relation.Peer, out List<ObserveRelation>? relations) || !relations.Remove(relation))
            return false;
        if (relations.Count == 0)
            _byPeer.Remove(relation.Peer);
        _count--;
        return true;
    }

    private void End(ObserveRelation relation, bool isLast)
    {
        relation.End(isLast);
        Removed?.Invoke(relation);
    }
}
