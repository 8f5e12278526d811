using Surety.Lwm2m;

namespace Surety.Server.Features.Connect;

/// <summary>Who wants which values, in memory. Not thread-safe: the service guards it.</summary>
internal sealed class SubscriptionIndex
{
    private readonly Dictionary<EntityId, PathSubscription> _byDevice = [];
    private readonly Dictionary<EntityId, PresubscriptionRules> _rules = [];
    private readonly Dictionary<EntityId, IReadOnlyList<InitialObservation>> _initial = [];

    /// <summary>The rules of an account's applications.</summary>
    public IEnumerable<PresubscriptionRules> RulesOf(EntityId account) => _rules.Values.Where(rules => rules.Account == account);

    public IEnumerable<EntityId> ApplicationsWithRules => _rules.Keys;

    public bool HasRules => _rules.Count > 0;

    public PresubscriptionRules? RulesOfApplication(EntityId application) => _rules.GetValueOrDefault(application);

    public void RemoveRules(EntityId application) => _rules.Remove(application);

    public void SetRules(PresubscriptionRules rules)
    {
        if (rules.Rules.Count == 0)
            _rules.Remove(rules.Application);
        else
            _rules[rules.Application] = rules;
    }

    /// <summary>What is observed of a device from its registration on.</summary>
    public IReadOnlyList<InitialObservation> InitialOf(EntityId device) => _initial.GetValueOrDefault(device) ?? [];

    /// <returns>Whether it is something else than before.</returns>
    public bool SetInitial(EntityId device, IReadOnlyList<InitialObservation> observations)
    {
        if (observations.Count == 0)
            return _initial.Remove(device);
        if (_initial.TryGetValue(device, out var before) && before.SequenceEqual(observations))
            return false;
        _initial[device] = observations;
        return true;
    }

    public IEnumerable<PathSubscription> Of(EntityId device)
    {
        for (var s = _byDevice.GetValueOrDefault(device); s is not null; s = s.Next)
            yield return s;
    }

    /// <summary>Something of the device is wanted. For the way of every update.</summary>
    public bool Has(EntityId device) => _byDevice.ContainsKey(device);

    public IEnumerable<PathSubscription> All => _byDevice.Keys.SelectMany(Of);

    public PathSubscription? Find(EntityId device, Lwm2mPath path) => Of(device).FirstOrDefault(s => s.Path == path);

    public PathSubscription FindOrAdd(EntityId device, Lwm2mPath path)
    {
        if (Find(device, path) is { } found)
            return found;
        var added = new PathSubscription(device, path) { Next = _byDevice.GetValueOrDefault(device) };
        _byDevice[device] = added;
        return added;
    }

    public void Remove(PathSubscription subscription)
    {
        if (!_byDevice.TryGetValue(subscription.Device, out var first))
            return;
        if (first == subscription)
        {
            if (subscription.Next is { } next)
                _byDevice[subscription.Device] = next;
            else
                _byDevice.Remove(subscription.Device);
            return;
        }

        for (var s = first; s is not null; s = s.Next)
        {
            if (s.Next == subscription)
            {
                s.Next = subscription.Next;
                return;
            }
        }
    }
}
