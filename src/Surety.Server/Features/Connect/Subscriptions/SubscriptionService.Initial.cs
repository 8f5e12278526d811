using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Notifications;

namespace Surety.Server.Features.Connect;

/// <summary>Observations that rules of the account make, and their attributes.</summary>
internal sealed partial class SubscriptionService
{
    /// <summary>
    /// Says what is observed of a device while it is registered; in place of what was said before. The values go to every channel of the account.
    /// </summary>
    /// <param name="device">The device. What it does not list is observed once it does.</param>
    /// <param name="observations">Empty: nothing.</param>
    public void SetInitial(EntityId device, IReadOnlyList<InitialObservation> observations)
    {
        lock (_lock)
        {
            if (!_index.SetInitial(device, observations))
                return;
        }

        if (_server is null || !_server.Registrations.TryGet(device.ToDeviceId(), out var registration))
            return;
        ApplyRules(registration);
        RequestMissing(registration);
    }

    /// <summary>The attributes that were written for an observation and are others now. The lock is held.</summary>
    private static AttributeChange? Rewrite(PathSubscription subscription)
    {
        var wanted = subscription.Initial ?? NotificationAttributes.None;
        // Before the path is observed they are written with it.
        if (subscription.Observation is null || wanted == subscription.Written)
            return null;
        var change = new AttributeChange(wanted, subscription.Written.Names & ~wanted.Names);
        subscription.Written = wanted;
        return change;
    }

    /// <summary>Writes other attributes to a path that is observed already.</summary>
    private void RequestAttributes(EntityId device, Lwm2mPath path, AttributeChange change)
    {
        var request = DeviceRequest.WriteAttributes(path, change);
        var isQueued = requests.TryEnqueue(new QueuedRequest(device.ToDeviceId(), request, (_, outcome) =>
        {
            if (outcome.Response is { IsSuccess: false } refused)
                LogAttributesRefused(path, device, refused.Code);
        }) { Retries = 2 });
        if (!isQueued)
            LogAttributesNotQueued(path, device);
    }

    /// <summary>Writes the attributes ahead of the observation. A device that refuses them is observed without: better too many values than none.</summary>
    private async Task WriteAttributesAsync(Registration registration, PathSubscription subscription, CancellationToken cancellationToken)
    {
        NotificationAttributes wanted;
        AttributeNames unset;
        lock (_lock)
        {
            wanted = subscription.Initial ?? NotificationAttributes.None;
            unset = subscription.Written.Names & ~wanted.Names;
        }

        if (wanted.IsEmpty && unset == AttributeNames.None)
            return;
        var response = await _server!.SendAsync(registration, DeviceRequest.WriteAttributes(subscription.Path, new AttributeChange(wanted, unset)), cancellationToken);
        if (!response.IsSuccess)
            LogAttributesRefused(subscription.Path, subscription.Device, response.Code);
        lock (_lock)
            subscription.Written = wanted;
    }

    /// <summary>Tells those who want a value: each once, and every channel of the account when a rule of the account observes the path.</summary>
    private void Publish(PathSubscription subscription, EntityId account, ReadOnlySpan<EntityId> applications, in ChannelEvent channelEvent)
    {
        if (subscription.Initial is not null)
        {
            hub.PublishToAccount(account, channelEvent);
            return;
        }

        foreach (var application in applications)
            hub.Publish(application, channelEvent);
    }

    [LoggerMessage(1413, LogLevel.Warning, "The attributes of {Path} that a bootstrap rule names were refused by device {Device} ({Code}): the path is observed without them")]
    private partial void LogAttributesRefused(Lwm2mPath path, EntityId device, CoapCode code);

    [LoggerMessage(1414, LogLevel.Warning, "The changed attributes of {Path} were not written to device {Device}: too many requests wait for it; they are written when it registers")]
    private partial void LogAttributesNotQueued(Lwm2mPath path, EntityId device);
}
