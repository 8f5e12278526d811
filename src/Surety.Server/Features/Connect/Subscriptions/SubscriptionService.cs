using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Echo;
using Surety.Server.Features.Notifications;

namespace Surety.Server.Features.Connect;

/// <summary>
/// Which values of which devices go to which applications: subscriptions made by hand, rules that subscribe devices as they register, and the
/// observations that both need. (connect, "Subscriptions".)
/// </summary>
internal sealed partial class SubscriptionService(
    SubscriptionStore store, NotificationHub hub, DeviceRequests requests, EchoJournal echoes, IClusterNotices notices, TimeProvider time, ILogger<SubscriptionService> log)
{
    private readonly Lock _lock = new();
    private readonly SubscriptionIndex _index = new();
    private readonly List<(EntityId Account, EntityId Application, PathSubscription Subscription)> _unanswered = [];
    private Lwm2mServer? _server;

    /// <summary>Reads what is stored; before devices are served.</summary>
    /// <param name="isHere">Of these devices; others are registered at other nodes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task LoadAsync(Predicate<EntityId> isHere, CancellationToken cancellationToken)
    {
        notices.Listen(RulesTopic, OnRulesChangedAsync);
        var rules = await store.LoadRulesAsync(null, cancellationToken);
        var subscriptions = await store.LoadAsync(cancellationToken);
        lock (_lock)
        {
            foreach (var set in rules)
                _index.SetRules(set);
            foreach (var stored in subscriptions.Where(stored => isHere(stored.DeviceId)))
            {
                var subscription = _index.FindOrAdd(stored.DeviceId, Lwm2mPath.Parse(stored.Path));
                subscription.AddManual(stored.ApplicationId);
                if (stored.PendingAsyncId is not { } asyncId)
                    continue;
                subscription.AddPending(stored.ApplicationId, asyncId);
                _unanswered.Add((stored.AccountId, stored.ApplicationId, subscription));
            }
        }
    }

    /// <summary>
    /// Takes the server, and joins what devices observe since before the restart with those who want it. Before devices are served: what they
    /// report is acknowledged, and must find its way.
    /// </summary>
    public void Attach(Lwm2mServer server)
    {
        _server = server;
        requests.Changed = Forget;
        foreach (var (account, application, subscription) in _unanswered)
            RequestFor((account, application), subscription);
        _unanswered.Clear();
        foreach (var registration in server.Registrations.ToArray())
        {
            ApplyRules(registration);
            foreach (var observation in server.Registrations.ObservationsOf(registration))
            {
                if (!TryAdopt(observation))
                    server.Forget(observation);
            }

            RequestMissing(registration);
        }
    }

    public IReadOnlyList<Presubscription> GetRules(EntityId application)
    {
        lock (_lock)
            return _index.RulesOfApplication(application)?.Rules ?? [];
    }

    /// <summary>Replaces the rules of an application, and applies them to the devices that are registered.</summary>
    public async Task SetRulesAsync(PresubscriptionRules rules, CancellationToken cancellationToken)
    {
        await store.SaveRulesAsync(rules, cancellationToken);
        lock (_lock)
            _index.SetRules(rules);
        notices.Publish(RulesTopic, rules.Application.ToString());
        hub.EnsureChannel(rules.Account, rules.Application);
        ApplyRulesOf(rules.Account);
    }

    /// <summary>The paths of a device that an application has subscribed to by hand.</summary>
    public IReadOnlyList<Lwm2mPath> PathsOf(EntityId application, EntityId device)
    {
        lock (_lock)
            return [.. _index.Of(device).Where(s => s.Manual.Contains(application)).Select(s => s.Path).Order()];
    }

    /// <summary>Subscribes by hand.</summary>
    /// <param name="caller">The account and application.</param>
    /// <param name="registration">The device.</param>
    /// <param name="path">An object, instance, resource or resource instance.</param>
    /// <param name="asyncId">The id of the outcome, when there is one to come.</param>
    /// <returns>Whether the values flow already, will, or cannot.</returns>
    public async Task<SubscribeResult> SubscribeAsync((EntityId Account, EntityId Application) caller, Registration registration, Lwm2mPath path, string asyncId)
    {
        var device = registration.Device.ToEntityId();
        hub.EnsureChannel(caller.Account, caller.Application);
        PathSubscription subscription;
        lock (_lock)
        {
            subscription = _index.FindOrAdd(device, path);
            if (subscription.Pending.TryGetValue(caller.Application, out var earlier))
                return new SubscribeResult(true, earlier);
            subscription.AddManual(caller.Application);
            if (subscription.Observation is null)
                subscription.AddPending(caller.Application, asyncId);
        }

        try
        {
            await store.SaveAsync(caller.Account, caller.Application, device, path, subscription.Observation is null ? asyncId : null);
        }
        catch
        {
            RemoveManual(caller.Application, subscription);
            throw;
        }

        lock (_lock)
        {
            if (subscription.Observation is not null)
            {
                subscription.RemovePending(caller.Application);
                return new SubscribeResult(true, null);
            }
        }

        if (RequestFor(caller, subscription))
            return new SubscribeResult(true, asyncId);
        await UnsubscribeAsync(caller, device, path);
        return default;
    }

    /// <summary>Ends an application's subscription to a path; without a path, to all of the device.</summary>
    public async Task UnsubscribeAsync((EntityId Account, EntityId Application) caller, EntityId device, Lwm2mPath? path)
    {
        await store.RemoveAsync(caller.Account, caller.Application, device, path);
        PathSubscription[] subscriptions;
        lock (_lock)
            subscriptions = [.. _index.Of(device).Where(s => path is null || s.Path == path)];
        foreach (var subscription in subscriptions)
            RemoveManual(caller.Application, subscription);
    }

    /// <summary>The application is no more; the database has removed what it kept of it.</summary>
    public void RemoveApplication(EntityId application)
    {
        var unwanted = new List<Observation>();
        lock (_lock)
        {
            _index.RemoveRules(application);
            foreach (var subscription in _index.All.Where(s => s.Applications.Contains(application)).ToArray())
            {
                subscription.RemoveManual(application);
                subscription.SetPresubscribed([.. subscription.Presubscribed.Where(a => a != application)]);
                RemoveIfUnwanted(subscription, unwanted);
            }
        }

        End(unwanted);
    }

    /// <summary>The last value that a subscription brought, while it is fresh.</summary>
    public CachedValue? FindFresh(EntityId device, Lwm2mPath path)
    {
        lock (_lock)
            return _index.Find(device, path)?.Value is { } value && value.IsFresh(time.GetUtcNow()) ? value : null;
    }

    /// <summary>A device has registered: what was subscribed by hand is gone, the rules are applied.</summary>
    public void OnRegistered(Registration registration)
    {
        var device = registration.Device.ToEntityId();
        var hadManual = false;
        lock (_lock)
        {
            if (!_index.HasRules && !_index.Has(device) && _index.InitialOf(device).Count == 0)
                return;
            foreach (var subscription in _index.Of(device))
            {
                hadManual |= subscription.Manual.Length > 0;
                subscription.ClearManual();
                subscription.Observation = null;
                subscription.Value = null;
                subscription.IsRefused = false;
                // Also what was written may be gone: the device may be another one under the same name.
                subscription.Written = NotificationAttributes.None;
            }
        }

        if (hadManual)
            _ = StoreAsync(() => store.RemoveAllAsync(device, isPendingKept: true), device);
        ApplyRules(registration);
        RequestMissing(registration);
    }

    /// <summary>A device has updated its registration; what it could not be asked for before is tried again.</summary>
    /// <param name="registration">The device.</param>
    /// <param name="hasOtherLinks">It lists other objects than before.</param>
    public void OnUpdated(Registration registration, bool hasOtherLinks)
    {
        if (hasOtherLinks)
        {
            lock (_lock)
            {
                foreach (var subscription in _index.Of(registration.Device.ToEntityId()))
                    subscription.IsRefused = false;
            }

            ApplyRules(registration);
        }

        RequestMissing(registration);
    }

    /// <summary>The device's registration has ended, and with it every observation and what was wanted of it.</summary>
    public void OnRemoved(EntityId device)
    {
        var hadManual = false;
        lock (_lock)
        {
            foreach (var subscription in _index.Of(device).ToArray())
            {
                hadManual |= subscription.Manual.Length > 0;
                subscription.Clear();
                _index.Remove(subscription);
            }

            _index.SetInitial(device, []);
        }

        if (hadManual)
            _ = StoreAsync(() => store.RemoveAllAsync(device, isPendingKept: false), device);
    }

    public void OnObservationEnded(Observation observation)
    {
        if (observation.Tag is not PathSubscription subscription)
            return;
        lock (_lock)
        {
            if (subscription.Observation != observation)
                return;
            subscription.Observation = null;
            subscription.Value = null;
        }
    }

    /// <summary>A value has come; on the endpoint's thread, many thousand times a second.</summary>
    public void OnNotification(Observation observation, in CoapMessage notification)
    {
        if (observation.Tag is not PathSubscription subscription)
            return;
        // An error ends the observation (RFC 7641, 3.2), and is no value.
        if (!notification.Code.IsSuccess)
            return;
        var format = notification.ContentFormat;
        var maxAge = notification.GetUIntOption(CoapOptionNumber.MaxAge) ?? 60;
        var value = new CachedValue(notification.Payload.ToArray(), format, time.GetUtcNow(), TimeSpan.FromSeconds(maxAge));
        subscription.Value = value;
        echoes.Report(observation.Registration.Tenant.ToEntityId(), subscription.Device, subscription.Path, value);
        Publish(subscription, observation.Registration.Tenant.ToEntityId(), subscription.Applications, ChannelEvent.Notification(
            subscription.Device, observation.Registration.Endpoint, subscription.Path, format, notification.Payload, maxAge));
    }

    /// <summary>A device has sent values by itself: they go to whoever wants their paths.</summary>
    public void OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries)
    {
        var device = registration.Device.ToEntityId();
        foreach (var entry in entries)
        {
            EntityId[] wanted;
            bool isInitial;
            lock (_lock)
            {
                isInitial = _index.InitialOf(device).Any(initial => entry.Path.StartsWith(initial.Path));
                wanted = isInitial ? [] : WhoWants(registration, device, entry.Path);
            }

            if ((wanted.Length == 0 && !isInitial) || entry.Value.IsNone)
                continue;
            var (payload, format) = SentValues.Encode(entry.Value);
            var told = ChannelEvent.Notification(device, registration.Endpoint, entry.Path, format, payload, 0);
            echoes.Report(registration.Tenant.ToEntityId(), device, entry.Path, new CachedValue(payload, format, time.GetUtcNow(), TimeSpan.Zero));
            if (isInitial)
                hub.PublishToAccount(registration.Tenant.ToEntityId(), told);
            foreach (var application in wanted)
                hub.Publish(application, told);
        }
    }

    private EntityId[] WhoWants(Registration registration, EntityId device, Lwm2mPath path)
    {
        HashSet<EntityId>? applications = null;
        foreach (var subscription in _index.Of(device))
        {
            if (path.StartsWith(subscription.Path))
                (applications ??= []).UnionWith(subscription.Applications);
        }

        if (_index.HasRules)
        {
            foreach (var rules in _index.RulesOf(registration.Tenant.ToEntityId()))
            {
                if (rules.Wants(registration, path))
                    (applications ??= []).Add(rules.Application);
            }
        }

        return applications is null ? [] : [.. applications];
    }

    private void ApplyRules(Registration registration)
    {
        var device = registration.Device.ToEntityId();
        var registered = new Lazy<IReadOnlyList<Lwm2mPath>>(() => RegisteredPaths.Observable(registration));
        var unwanted = new List<Observation>();
        var rewritten = new List<(Lwm2mPath Path, AttributeChange Change)>();
        lock (_lock)
        {
            var wanted = new Dictionary<Lwm2mPath, List<EntityId>>();
            foreach (var rules in _index.RulesOf(registration.Tenant.ToEntityId()))
            {
                foreach (var path in rules.PathsFor(registration, registered))
                {
                    if (!wanted.TryGetValue(path, out var applications))
                        wanted.Add(path, applications = []);
                    applications.Add(rules.Application);
                }
            }

            var initial = _index.InitialOf(device).Where(initial => registration.Links.Contains(initial.Path)).ToDictionary(initial => initial.Path, initial => initial.Attributes);
            foreach (var subscription in _index.Of(device).ToArray())
            {
                subscription.SetPresubscribed(wanted.Remove(subscription.Path, out var applications) ? [.. applications] : []);
                subscription.Initial = initial.Remove(subscription.Path, out var attributes) ? attributes : null;
                if (Rewrite(subscription) is { } change)
                    rewritten.Add((subscription.Path, change));
                RemoveIfUnwanted(subscription, unwanted);
            }

            foreach (var (path, applications) in wanted)
                _index.FindOrAdd(device, path).SetPresubscribed([.. applications]);
            foreach (var (path, attributes) in initial)
                _index.FindOrAdd(device, path).Initial = attributes;
        }

        End(unwanted);
        foreach (var (path, change) in rewritten)
            RequestAttributes(device, path, change);
    }
}
