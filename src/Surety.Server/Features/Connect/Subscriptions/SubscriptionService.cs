using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Notifications;

namespace Surety.Server.Features.Connect;

/// <summary>
/// Which values of which devices go to which applications: subscriptions made by hand, rules that subscribe devices as they register, and the
/// observations that both need. (connect, "Subscriptions".)
/// </summary>
internal sealed partial class SubscriptionService(
    SubscriptionStore store, NotificationHub hub, DeviceRequests requests, TimeProvider time, ILogger<SubscriptionService> log)
{
    private readonly Lock _lock = new();
    private readonly SubscriptionIndex _index = new();
    private Lwm2mServer? _server;

    /// <summary>Reads what is stored; before devices are served.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var rules = await store.LoadRulesAsync(cancellationToken);
        var subscriptions = await store.LoadAsync(cancellationToken);
        lock (_lock)
        {
            foreach (var set in rules)
                _index.SetRules(set);
            foreach (var (application, device, path) in subscriptions)
                _index.FindOrAdd(device, path).AddManual(application);
        }
    }

    /// <summary>Takes the server, and joins what devices observe since before the restart with those who want it.</summary>
    public void Attach(Lwm2mServer server)
    {
        _server = server;
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
        hub.EnsureChannel(rules.Account, rules.Application);
        var tenant = rules.Account.ToTenantId();
        foreach (var registration in _server!.Registrations.ToArray())
        {
            if (registration.Tenant != tenant)
                continue;
            ApplyRules(registration);
            RequestMissing(registration);
        }
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
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>Whether the values flow already, will, or cannot.</returns>
    public async Task<SubscribeResult> SubscribeAsync(
        (EntityId Account, EntityId Application) caller, Registration registration, Lwm2mPath path, string asyncId, CancellationToken cancellationToken)
    {
        var device = registration.Device.ToEntityId();
        hub.EnsureChannel(caller.Account, caller.Application);
        PathSubscription subscription;
        lock (_lock)
        {
            subscription = _index.FindOrAdd(device, path);
            subscription.AddManual(caller.Application);
            if (subscription.Observation is null)
                subscription.IsRequested = true;
        }

        await store.AddAsync(caller.Account, caller.Application, device, path, cancellationToken);
        if (subscription.Observation is not null)
            return SubscribeResult.Subscribed;
        if (Request(registration, subscription, outcome => AsyncResponses.Publish(hub, caller.Application, asyncId, outcome)))
            return SubscribeResult.Pending;
        await UnsubscribeAsync(caller, device, path, cancellationToken);
        return SubscribeResult.QueueFull;
    }

    /// <summary>Ends an application's subscription to a path; without a path, to all of the device.</summary>
    public async Task UnsubscribeAsync((EntityId Account, EntityId Application) caller, EntityId device, Lwm2mPath? path, CancellationToken cancellationToken)
    {
        await store.RemoveAsync(caller.Account, caller.Application, device, path, cancellationToken);
        var unwanted = new List<Observation>();
        lock (_lock)
        {
            foreach (var subscription in _index.Of(device).ToArray())
            {
                if ((path is null || subscription.Path == path) && subscription.RemoveManual(caller.Application))
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
            if (!_index.HasRules && !_index.Of(device).Any())
                return;
            foreach (var subscription in _index.Of(device).ToArray())
            {
                hadManual |= subscription.Manual.Length > 0;
                subscription.ClearManual();
                subscription.Observation = null;
                subscription.IsRequested = false;
            }
        }

        if (hadManual)
            _ = RemoveStoredAsync(device);
        ApplyRules(registration);
        RequestMissing(registration);
    }

    /// <summary>A device lists other objects than before.</summary>
    public void OnLinksChanged(Registration registration)
    {
        ApplyRules(registration);
        RequestMissing(registration);
    }

    /// <summary>The device's registration has ended, and every observation with it.</summary>
    public void OnRemoved(EntityId device)
    {
        lock (_lock)
        {
            foreach (var subscription in _index.Of(device).ToArray())
            {
                subscription.Observation = null;
                subscription.IsRequested = false;
            }
        }
    }

    public void OnObservationEnded(Observation observation)
    {
        if (observation.Tag is not PathSubscription subscription)
            return;
        lock (_lock)
        {
            if (subscription.Observation == observation)
                subscription.Observation = null;
        }
    }

    /// <summary>A value has come; on the endpoint's thread, many thousand times a second.</summary>
    public void OnNotification(Observation observation, in CoapMessage notification)
    {
        if (observation.Tag is not PathSubscription subscription)
            return;
        var format = notification.ContentFormat;
        var maxAge = notification.GetUIntOption(CoapOptionNumber.MaxAge) ?? 60;
        subscription.Value = new CachedValue(notification.Payload.ToArray(), format, time.GetUtcNow(), Limit(maxAge));
        if (!notification.Code.IsSuccess)
            return;
        foreach (var application in subscription.Applications)
            hub.Publish(application, ChannelEvent.Notification(subscription.Device, observation.Registration.Endpoint, subscription.Path, format, notification.Payload, maxAge));
    }

    /// <summary>A device has sent values by itself: they go to whoever wants their paths.</summary>
    public void OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries)
    {
        var device = registration.Device.ToEntityId();
        EntityId[] wanted = [];
        foreach (var entry in entries)
        {
            lock (_lock)
                wanted = WhoWants(registration, device, entry.Path);
            if (wanted.Length == 0 || entry.Value.IsNone)
                continue;
            var (payload, format) = SentValues.Encode(entry.Value);
            foreach (var application in wanted)
                hub.Publish(application, ChannelEvent.Notification(device, registration.Endpoint, entry.Path, format, payload, 0));
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

            foreach (var subscription in _index.Of(device).ToArray())
            {
                subscription.SetPresubscribed(wanted.Remove(subscription.Path, out var applications) ? [.. applications] : []);
                RemoveIfUnwanted(subscription, unwanted);
            }

            foreach (var (path, applications) in wanted)
                _index.FindOrAdd(device, path).SetPresubscribed([.. applications]);
        }

        End(unwanted);
    }

    private void RequestMissing(Registration registration)
    {
        List<PathSubscription> missing;
        lock (_lock)
        {
            missing = [.. _index.Of(registration.Device.ToEntityId()).Where(s => s is { Observation: null, IsRequested: false, IsWanted: true })];
            foreach (var subscription in missing)
                subscription.IsRequested = true;
        }

        foreach (var subscription in missing)
        {
            if (!Request(registration, subscription, null))
                LogQueueFull(subscription.Path, registration.Endpoint);
        }
    }

    /// <summary>Has the device observe a path, when it listens. Who subscribed by rule gets the first value as a notification.</summary>
    private bool Request(Registration registration, PathSubscription subscription, Action<QueueOutcome>? completed) => requests.TryEnqueue(
        new QueuedRequest(registration.Device, DeviceRequest.Read(subscription.Path), (_, outcome) =>
        {
            lock (_lock)
                subscription.IsRequested = false;
            completed?.Invoke(outcome);
            hub.Commit();
        })
        {
            Retries = 2,
            Perform = (current, cancellationToken) => ObserveAsync(current, subscription, cancellationToken),
        });

    private async Task<DeviceResponse> ObserveAsync(Registration registration, PathSubscription subscription, CancellationToken cancellationToken)
    {
        if (subscription.Observation is not null && subscription.Value is { } known)
            return new DeviceResponse(CoapCode.Content) { Payload = known.Payload, ContentFormat = known.Format, MaxAge = known.MaxAge };
        var result = await _server!.ObserveAsync(registration, subscription.Path, new ObserveOptions { Tag = subscription }, cancellationToken);
        var response = result.Response;
        EntityId[] presubscribed;
        lock (_lock)
        {
            subscription.Observation = result.Observation;
            presubscribed = subscription.Presubscribed;
        }

        if (!response.IsSuccess)
            return response;
        subscription.Value = new CachedValue(response.Payload, response.ContentFormat, time.GetUtcNow(), Limit((uint)response.MaxAge.TotalSeconds));
        foreach (var application in presubscribed)
        {
            hub.Publish(application, ChannelEvent.Notification(
                subscription.Device, registration.Endpoint, subscription.Path, response.ContentFormat, response.Payload.Span, (uint)response.MaxAge.TotalSeconds));
        }

        hub.Commit();
        return response;
    }

    private bool TryAdopt(Observation observation)
    {
        lock (_lock)
        {
            if (_index.Find(observation.Registration.Device.ToEntityId(), observation.Path) is not { IsWanted: true } subscription)
                return false;
            subscription.Observation = observation;
            observation.Tag = subscription;
            return true;
        }
    }

    private void RemoveIfUnwanted(PathSubscription subscription, List<Observation> unwanted)
    {
        if (subscription.IsWanted)
            return;
        if (subscription.Observation is { } observation)
            unwanted.Add(observation);
        subscription.Observation = null;
        _index.Remove(subscription);
    }

    /// <summary>Devices that listen are told; others learn of it by the Reset that their next notification gets.</summary>
    private void End(List<Observation> observations)
    {
        foreach (var observation in observations)
        {
            if (_server!.IsAwake(observation.Registration))
                _ = CancelAsync(observation);
            else
                _server.Forget(observation);
        }
    }

    private async Task CancelAsync(Observation observation)
    {
        try
        {
            await _server!.CancelAsync(observation);
        }
        catch (CoapExchangeException)
        {
            // It has ended for us; the device gets a Reset for what it still sends.
        }
    }

    private async Task RemoveStoredAsync(EntityId device)
    {
        try
        {
            await store.RemoveAllAsync(device, default);
        }
        catch (Exception e)
        {
            LogNotRemoved(e, device);
        }
    }

    private static TimeSpan Limit(uint maxAge) => TimeSpan.FromSeconds(Math.Min(maxAge, CachedValue.LongestAge.TotalSeconds));

    [LoggerMessage(1411, LogLevel.Warning, "{Path} of {Endpoint} is not observed: too many requests wait for the device")]
    private partial void LogQueueFull(Lwm2mPath path, string endpoint);

    [LoggerMessage(1412, LogLevel.Error, "Subscriptions of device {Device} that ended with its registration could not be removed from the database")]
    private partial void LogNotRemoved(Exception exception, EntityId device);
}
