using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Notifications.Kafka;

namespace Surety.Server.Features.Notifications;

/// <summary>Sets channels up and removes them. An application has one channel at a time. (connect, "Channels".)</summary>
internal sealed partial class NotificationService(
    NotificationHub hub,
    WebhookClient webhooks,
    KafkaClient kafka,
    ChannelRows rows,
    TimeProvider time,
    ILogger<NotificationService> log) : IDisposable
{
    private static readonly ReadOnlyMemory<byte> TestBody = "{}"u8.ToArray();

    // Setting up and removing go one by one: they change the row, the queue and the delivery together, and are rare.
    private readonly SemaphoreSlim _changing = new(1, 1);

    /// <summary>Channels of every account as they were left, and deliveries begin.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var (account, application, settings) in await rows.LoadAsync(cancellationToken))
            Begin(hub.Open(account, application, settings));
        foreach (var (application, state) in hub.FindQueues())
        {
            if (hub.Find(application) is null)
                hub.Open(state.Account, application, state.IsPolled ? ChannelSettings.LongPoll : ChannelSettings.Implicit);
        }
    }

    /// <summary>Ends all deliveries; what is under way may come to its end.</summary>
    public Task StopAsync() => Task.WhenAll(hub.Channels.Select(channel => StopDeliveryAsync(channel)));

    /// <summary>The channel of an application if it is of a type, or null.</summary>
    public LiveChannel? Find(Caller caller, ChannelType type) =>
        hub.Find(caller.ApplicationId) is { } channel && channel.Settings.Type == type ? channel : null;

    /// <summary>The kind of channel that an application has set up, or null.</summary>
    public ChannelMetadata? Describe(Caller caller) => hub.Find(caller.ApplicationId)?.Settings.Type switch
    {
        ChannelType.Webhook => new ChannelMetadata("CALLBACK"),
        ChannelType.Websocket => new ChannelMetadata("WEB_SOCKET"),
        ChannelType.LongPoll => new ChannelMetadata("LONG_POLLING"),
        ChannelType.EventStream => new ChannelMetadata("EVENT_STREAM"),
        ChannelType.Kafka => new ChannelMetadata("KAFKA"),
        _ => null,
    };

    /// <summary>Sets a webhook up, in the place of an older one, when it answers a test.</summary>
    /// <exception cref="ApiException">400.</exception>
    public async Task SetWebhookAsync(Caller caller, Webhook webhook, CancellationToken cancellationToken)
    {
        webhook.Serialization?.Validate();
        if (!WebhookTarget.TryCreate(webhook.Url!, webhook.Headers, out var target, out var reason))
            throw ApiException.Malformed(reason);
        RequireNoOther(caller, ChannelType.Webhook);
        if (await webhooks.PutAsync(target, TestBody, cancellationToken) is { } failure)
            throw ApiException.Malformed($"The webhook was tested with a PUT request, but {failure}.");

        await ReplaceAsync(caller, new ChannelSettings(ChannelType.Webhook, target, webhook.Serialization), cancellationToken);
    }

    /// <summary>Sets a Kafka channel up, in the place of an older one, when its cluster answers.</summary>
    /// <exception cref="ApiException">400.</exception>
    public async Task SetKafkaAsync(Caller caller, KafkaTarget target, SerializationConfigData? serialization, CancellationToken cancellationToken)
    {
        serialization?.Validate();
        RequireNoOther(caller, ChannelType.Kafka);
        if (await kafka.TestAsync(target, caller.ApplicationId, cancellationToken) is { } failure)
            throw ApiException.Malformed($"The Kafka cluster was asked for its brokers, but: {failure}.");
        await ReplaceAsync(caller, new ChannelSettings(ChannelType.Kafka, Serialization: serialization, Kafka: target), cancellationToken);
    }

    /// <summary>Sets the channel of an event stream up, or changes how it writes.</summary>
    /// <exception cref="ApiException">400.</exception>
    public Task SetStreamAsync(Caller caller, SerializationConfigData? serialization, CancellationToken cancellationToken)
    {
        serialization?.Validate();
        return ReplaceAsync(caller, new ChannelSettings(ChannelType.EventStream, Serialization: serialization), cancellationToken);
    }

    /// <summary>The channel of an event stream; made when there is none.</summary>
    /// <exception cref="ApiException">400.</exception>
    public async Task<LiveChannel> OpenStreamAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (Find(caller, ChannelType.EventStream) is null)
            await SetStreamAsync(caller, null, cancellationToken);
        return Find(caller, ChannelType.EventStream) ?? throw ChannelErrors.Deleted();
    }

    /// <summary>Sets a websocket channel up; one that is there stays as it is.</summary>
    /// <returns>The channel, and whether it is new.</returns>
    /// <exception cref="ApiException">400.</exception>
    public async Task<(LiveChannel Channel, bool IsNew)> SetWebsocketAsync(
        Caller caller, SerializationConfigData? serialization, CancellationToken cancellationToken)
    {
        serialization?.Validate();
        LiveChannel? channel = null;
        var isNew = false;
        await ChangeAsync(async () =>
        {
            RequireNoOther(caller, ChannelType.Websocket);
            channel = Find(caller, ChannelType.Websocket);
            if (channel is not null)
                return;
            var settings = new ChannelSettings(ChannelType.Websocket, Serialization: serialization);
            await rows.SaveAsync(caller, settings, cancellationToken);
            channel = hub.Open(caller.AccountId, caller.ApplicationId, settings);
            isNew = true;
        }, cancellationToken);
        return (channel!, isNew);
    }

    /// <summary>Removes an application's channel of a type, and its events.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> DeleteAsync(Caller caller, ChannelType type, CancellationToken cancellationToken)
    {
        var isDeleted = false;
        await ChangeAsync(async () =>
        {
            var channel = Find(caller, type) ?? (type == ChannelType.LongPoll ? Find(caller, ChannelType.Implicit) : null);
            if (channel is null)
                return;
            await RemoveAsync(channel, ChannelEnd.Deleted, cancellationToken);
            isDeleted = true;
        }, cancellationToken);
        return isDeleted;
    }

    /// <summary>Removes a channel for a reason that is not the application's wish.</summary>
    public Task ExpireAsync(LiveChannel channel, ChannelEnd reason, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            if (hub.Find(channel.Application) != channel)
                return;
            LogExpired(channel.Settings.Type, channel.Application, reason);
            await RemoveAsync(channel, reason, cancellationToken);
        },
        cancellationToken);

    public void Dispose() => _changing.Dispose();

    private static async Task StopDeliveryAsync(LiveChannel channel)
    {
        if (channel.Delivery is not { } delivery)
            return;
        channel.Delivery = null;
        await delivery.StopAsync();
        delivery.Dispose();
    }

    private async Task ChangeAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            await change();
        }
        finally
        {
            _changing.Release();
        }
    }

    private void RequireNoOther(Caller caller, ChannelType type)
    {
        if (hub.Find(caller.ApplicationId)?.Settings.Type is { } present && present != type && present != ChannelType.Implicit)
            throw ChannelErrors.OtherType(present);
    }

    private Task ReplaceAsync(Caller caller, ChannelSettings settings, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            RequireNoOther(caller, settings.Type);
            await rows.SaveAsync(caller, settings, cancellationToken);
            var channel = hub.Open(caller.AccountId, caller.ApplicationId, settings);
            await StopDeliveryAsync(channel);
            Begin(channel);
        },
        cancellationToken);

    private void Begin(LiveChannel channel)
    {
        if (!channel.IsHeld)
            return;
        ChannelDelivery? delivery = channel.Settings.Type switch
        {
            ChannelType.Webhook => new WebhookDelivery(channel, webhooks, time, log)
            {
                Expired = expired => _ = ExpireAsync(expired, ChannelEnd.Expired, CancellationToken.None),
            },
            ChannelType.Kafka => new KafkaDelivery(channel, kafka, time, log),
            _ => null,
        };
        channel.Delivery = delivery;
        delivery?.Begin();
    }

    private async Task RemoveAsync(LiveChannel channel, ChannelEnd reason, CancellationToken cancellationToken)
    {
        if (channel.Settings.IsSetUp)
            await rows.RemoveAsync(channel, cancellationToken);
        hub.Remove(channel, reason);
        await StopDeliveryAsync(channel);
        if (Removed is { } removed)
            await removed(channel);
    }

    [LoggerMessage(1531, LogLevel.Information, "The {Type} channel of application {Application} is removed: {Reason}")]
    private partial void LogExpired(ChannelType type, EntityId application, ChannelEnd reason);
}
