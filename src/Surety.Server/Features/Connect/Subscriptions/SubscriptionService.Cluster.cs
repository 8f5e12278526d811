using Surety.Lwm2m;

namespace Surety.Server.Features.Connect;

/// <summary>Devices that come from other nodes and go to them, and rules that were set there.</summary>
internal sealed partial class SubscriptionService
{
    private const string RulesTopic = "rules";

    /// <summary>Everybody who wants values of devices that are registered here, or has rules.</summary>
    public IReadOnlyList<EntityId> Applications
    {
        get
        {
            lock (_lock)
                return [.. _index.All.SelectMany(s => s.Applications).Concat(_index.ApplicationsWithRules).Distinct()];
        }
    }

    /// <summary>The paths of a device that somebody wants the values of.</summary>
    public HashSet<string> WantedOf(EntityId device)
    {
        lock (_lock)
            return [.. _index.Of(device).Where(s => s.IsWanted).Select(s => s.Path.ToString())];
    }

    /// <summary>The device is registered at another node: what is wanted of it is that node's to ask.</summary>
    public void OnMoved(EntityId device)
    {
        lock (_lock)
        {
            foreach (var subscription in _index.Of(device).ToArray())
            {
                subscription.Clear();
                _index.Remove(subscription);
            }
        }
    }

    /// <summary>
    /// A device has registered here that was at another node before: what that node has not asked it for yet is asked now; what was subscribed by hand there is
    /// over, as after any registration.
    /// </summary>
    public async Task OnArrivedAsync(EntityId device)
    {
        try
        {
            foreach (var stored in await store.LoadAsync(device))
            {
                var path = Lwm2mPath.Parse(stored.Path);
                var caller = (stored.AccountId, stored.ApplicationId);
                PathSubscription subscription;
                lock (_lock)
                {
                    // It was subscribed here since.
                    if (_index.Find(device, path)?.Manual.Contains(stored.ApplicationId) == true)
                        continue;
                    subscription = _index.FindOrAdd(device, path);
                    if (stored.PendingAsyncId is { } asyncId)
                    {
                        subscription.AddManual(stored.ApplicationId);
                        subscription.AddPending(stored.ApplicationId, asyncId);
                    }
                }

                if (stored.PendingAsyncId is not null)
                    RequestFor(caller, subscription);
                else
                    await store.RemoveAsync(stored.AccountId, stored.ApplicationId, device, path);
            }
        }
        catch (Exception e) when (e is System.Data.Common.DbException or Microsoft.EntityFrameworkCore.DbUpdateException)
        {
            LogNotStored(e, device);
        }
    }

    private async Task OnRulesChangedAsync(string? body)
    {
        // Of one application, or of all of them.
        EntityId? one = EntityId.TryParse(body, out var application) ? application : null;
        var stored = await store.LoadRulesAsync(one, CancellationToken.None);
        PresubscriptionRules[] changed;
        lock (_lock)
        {
            var gone = _index.ApplicationsWithRules.Where(a => (one is null || a == one) && stored.All(rules => rules.Application != a)).ToArray();
            changed = [.. stored, .. gone.Select(a => _index.RulesOfApplication(a)!.None)];
            foreach (var rules in changed)
                _index.SetRules(rules);
        }

        foreach (var rules in changed.Where(rules => rules.Rules.Count > 0))
            hub.EnsureChannel(rules.Account, rules.Application);
        foreach (var account in changed.Select(rules => rules.Account).Distinct())
            ApplyRulesOf(account);
    }

    private void ApplyRulesOf(EntityId account)
    {
        if (_server is not { } server)
            return;
        var tenant = account.ToTenantId();
        foreach (var registration in server.Registrations.ToArray())
        {
            if (registration.Tenant != tenant)
                continue;
            ApplyRules(registration);
            RequestMissing(registration);
        }
    }
}
