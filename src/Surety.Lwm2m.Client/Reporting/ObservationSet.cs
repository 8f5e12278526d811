using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>The observations of one server.</summary>
internal sealed class ObservationSet(ServerSession session, int maxCount)
{
    private readonly List<Observation> _items = [];

    public int Count => _items.Count;

    public IReadOnlyList<Observation> All => _items;

    /// <summary>When the earliest wants to be checked; milliseconds.</summary>
    public long NextCheck
    {
        get
        {
            long next = long.MaxValue;
            foreach (Observation observation in _items)
                next = Math.Min(next, observation.NextCheck);
            return next;
        }
    }

    /// <summary>Does what the Observe option of a request says; the request will be answered with success.</summary>
    /// <returns>The Observe value of the response; null when the server does not observe.</returns>
    public uint? Apply(in OperationRequest request, IReadOnlyList<Lwm2mPath> paths, bool isComposite, ContentFormat format, NotificationAttributes parameters)
    {
        if (request.Observe is not (0 or 1))
            return null;
        CoapToken token = request.Token;
        Observation? old = _items.Find(observation => observation.Token == token);
        if (old is not null)
            Remove(old);
        // RFC 7641, 4.1: whoever cannot be added is answered as if it had not asked.
        if (request.Observe == 1 || _items.Count >= maxCount)
            return null;
        return Add(new Observation(session, token, paths, isComposite, format, parameters, old?.Sequence ?? 0)).NextSequence();
    }

    public Observation Add(Observation observation)
    {
        _items.Add(observation);
        session.OnStateToSave();
        return observation;
    }

    public void Remove(Observation observation)
    {
        if (!_items.Remove(observation))
            return;
        observation.End();
        session.OnStateToSave();
    }

    public void Clear()
    {
        while (_items.Count > 0)
            Remove(_items[^1]);
    }

    public void OnChanged(ReadOnlySpan<Lwm2mPath> changes, long now)
    {
        // From behind: an observation may end itself.
        for (int i = _items.Count - 1; i >= 0; i--)
            _items[i].OnChanged(changes, now);
    }

    public void Check(long now)
    {
        for (int i = _items.Count - 1; i >= 0; i--)
        {
            if (_items[i].NextCheck <= now)
                _items[i].Check(now);
        }
    }

    public void RefreshAttributes(long now)
    {
        for (int i = _items.Count - 1; i >= 0; i--)
            _items[i].RefreshAttributes(now);
    }

    public void Flush()
    {
        foreach (Observation observation in _items.ToArray())
            observation.Flush();
    }

    public void OnReset(ushort messageId)
    {
        if (_items.Find(observation => observation.HasSent(messageId)) is { } refused)
            Remove(refused);
    }
}
