using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Notifications;

namespace Surety.Server.Features.Connect;

/// <summary>How the observations are made and ended.</summary>
internal sealed partial class SubscriptionService
{
    // Of the twenty requests that may wait for a device, so many are the platform's: applications need not wait behind a long list.
    private const int MaxRequested = 4;

    private static DeviceResponse Refusal(string reason) =>
        new(CoapCode.PreconditionFailed) { ContentFormat = ContentFormat.TextPlain, Payload = Encoding.UTF8.GetBytes(reason) };

    /// <summary>Has the device observe what is wanted of it and is not observed, a few at a time.</summary>
    private void RequestMissing(Registration registration)
    {
        var device = registration.Device.ToEntityId();
        List<PathSubscription>? missing = null;
        lock (_lock)
        {
            if (!_index.Has(device))
                return;
            var room = MaxRequested;
            foreach (var subscription in _index.Of(device))
            {
                if (subscription.IsRequested)
                    room--;
                else if (subscription is { Observation: null, IsRefused: false, IsWanted: true, Pending.Count: 0 })
                    (missing ??= []).Add(subscription);
            }

            if (missing is null || room <= 0)
                return;
            missing.RemoveRange(Math.Min(room, missing.Count), Math.Max(0, missing.Count - room));
            foreach (var subscription in missing)
                subscription.IsRequested = true;
        }

        foreach (var subscription in missing)
        {
            if (Request(subscription, null))
                continue;
            // It is tried again when one of the others is answered, or the device speaks.
            lock (_lock)
                subscription.IsRequested = false;
            LogQueueFull(subscription.Path, registration.Endpoint);
        }
    }

    /// <summary>Has the device observe a path, and tells the application the outcome.</summary>
    private bool RequestFor((EntityId Account, EntityId Application) caller, PathSubscription subscription)
    {
        string? asyncId;
        lock (_lock)
        {
            if (!subscription.Pending.TryGetValue(caller.Application, out asyncId))
                return true;
            subscription.IsRequested = true;
        }

        return Request(subscription, outcome => Complete(caller, subscription, asyncId, outcome));
    }

    private void Complete((EntityId Account, EntityId Application) caller, PathSubscription subscription, string asyncId, in QueueOutcome outcome)
    {
        var isSubscribed = outcome.Response is { IsSuccess: true };
        if (!isSubscribed)
        {
            // Before the application is told: it may subscribe again at once.
            RemoveManual(caller.Application, subscription);
            _ = StoreAsync(() => store.RemoveAsync(caller.Account, caller.Application, subscription.Device, subscription.Path), subscription.Device);
        }

        AsyncResponses.Publish(hub, caller, asyncId, outcome);
        hub.Commit();
        if (!isSubscribed)
            return;
        lock (_lock)
            subscription.RemovePending(caller.Application);
        _ = StoreAsync(() => store.ConfirmAsync(caller.Account, caller.Application, subscription.Device, subscription.Path), subscription.Device);
    }

    /// <summary>Has the device observe a path, when it listens. Who subscribed by rule gets the first value as a notification.</summary>
    private bool Request(PathSubscription subscription, Action<QueueOutcome>? completed) => requests.TryEnqueue(
        new QueuedRequest(subscription.Device.ToDeviceId(), DeviceRequest.Read(subscription.Path), (_, outcome) =>
        {
            lock (_lock)
            {
                subscription.IsRequested = false;
                subscription.IsRefused |= outcome.Response is { IsSuccess: false };
            }

            completed?.Invoke(outcome);
            // Where the device does not answer, its next update goes on.
            if (outcome.Response is not null && _server!.Registrations.TryGet(subscription.Device.ToDeviceId(), out var registration))
                RequestMissing(registration);
        })
        {
            Retries = 2,
            Perform = (registration, cancellationToken) => ObserveAsync(registration, subscription, cancellationToken),
        });

    private async Task<DeviceResponse> ObserveAsync(Registration registration, PathSubscription subscription, CancellationToken cancellationToken)
    {
        if (!subscription.IsWanted)
            return Refusal("the subscription has ended");
        if (subscription.Observation is not null)
        {
            return subscription.Value is { } known
                ? new DeviceResponse(CoapCode.Content) { Payload = known.Payload, ContentFormat = known.Format, MaxAge = TimeSpan.FromSeconds(known.SecondsLeft(time.GetUtcNow())) }
                : await _server!.SendAsync(registration, DeviceRequest.Read(subscription.Path), cancellationToken);
        }

        await WriteAttributesAsync(registration, subscription, cancellationToken);
        var result = await _server!.ObserveAsync(registration, subscription.Path, new ObserveOptions { Tag = subscription }, cancellationToken);
        var response = result.Response;
        if (!response.IsSuccess)
            return response;
        if (result.Observation is not { } observation)
            return Refusal("the device answers, but does not report changes");
        EntityId[]? presubscribed = null;
        AttributeChange? change = null;
        lock (_lock)
        {
            if (subscription.IsWanted)
            {
                subscription.Observation = observation.IsActive ? observation : null;
                subscription.Value ??= new CachedValue(response.Payload, response.ContentFormat, time.GetUtcNow(), response.MaxAge);
                presubscribed = subscription.Presubscribed;
                // A rule has changed while the device was asked.
                change = Rewrite(subscription);
            }
        }

        if (presubscribed is null)
        {
            End([observation]);
            return Refusal("the subscription has ended");
        }

        if (change is { } other)
            RequestAttributes(subscription.Device, subscription.Path, other);
        echoes.Report(
            registration.Tenant.ToEntityId(), subscription.Device, subscription.Path,
            new CachedValue(response.Payload, response.ContentFormat, time.GetUtcNow(), response.MaxAge));
        Publish(subscription, registration.Tenant.ToEntityId(), presubscribed, ChannelEvent.Notification(
            subscription.Device, registration.Endpoint, subscription.Path, response.ContentFormat, response.Payload.Span, (uint)response.MaxAge.TotalSeconds));
        hub.Commit();
        return response;
    }

    private bool TryAdopt(Observation observation)
    {
        lock (_lock)
        {
            if (_index.Find(observation.Registration.Device.ToEntityId(), observation.Path) is not { IsWanted: true, Observation: null } subscription)
                return false;
            subscription.Observation = observation;
            // Written before it was observed.
            subscription.Written = subscription.Initial ?? NotificationAttributes.None;
            observation.Tag = subscription;
            return true;
        }
    }

    /// <summary>Something was written: what was reported of the path before, and of what holds or belongs to it, is old.</summary>
    private void Forget(EntityId device, Lwm2mPath path)
    {
        lock (_lock)
        {
            foreach (var subscription in _index.Of(device))
            {
                if (subscription.Path.StartsWith(path) || path.StartsWith(subscription.Path))
                    subscription.Value = null;
            }
        }
    }

    private void RemoveManual(EntityId application, PathSubscription subscription)
    {
        var unwanted = new List<Observation>();
        lock (_lock)
        {
            if (subscription.RemoveManual(application))
                RemoveIfUnwanted(subscription, unwanted);
        }

        End(unwanted);
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

    private async Task StoreAsync(Func<Task> change, EntityId device)
    {
        try
        {
            await change();
        }
        catch (Exception e)
        {
            LogNotStored(e, device);
        }
    }

    [LoggerMessage(1411, LogLevel.Warning, "{Path} of {Endpoint} is not observed yet: too many requests wait for the device")]
    private partial void LogQueueFull(Lwm2mPath path, string endpoint);

    [LoggerMessage(1412, LogLevel.Error, "The subscriptions of device {Device} could not be changed in the database")]
    private partial void LogNotStored(Exception exception, EntityId device);
}
