using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Storage;

namespace Surety.Server.Features.Notifications;

/// <summary>Sets channels up and removes them. An application has one channel at a time. (connect, "Channels".)</summary>
internal sealed partial class NotificationService(
    NotificationHub hub,
    WebhookClient webhooks,
    SuretyDbFactory databases,
    TimeProvider time,
    IOptions<JsonOptions> json,
    ILogger<NotificationService> log) : IDisposable
{
    private static readonly ReadOnlyMemory<byte> TestBody = "{}"u8.ToArray();

    // Setting up and removing go one by one: they change the row, the queue and the delivery together, and are rare.
    private readonly SemaphoreSlim _changing = new(1, 1);

    /// <summary>Channels of every account as they were left, and deliveries begin.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var rows = await db.AllAccounts<Channel>().AsNoTracking().ToListAsync(cancellationToken);
        foreach (var row in rows)
            Begin(hub.Open(row.AccountId, row.ApplicationId, ToSettings(row)));
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

        var settings = new ChannelSettings(ChannelType.Webhook, target, webhook.Serialization);
        await ChangeAsync(async () =>
        {
            RequireNoOther(caller, ChannelType.Webhook);
            await SaveAsync(caller, settings, cancellationToken);
            var channel = hub.Open(caller.AccountId, caller.ApplicationId, settings);
            await StopDeliveryAsync(channel);
            Begin(channel);
        }, cancellationToken);
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
            await SaveAsync(caller, settings, cancellationToken);
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
        if (channel.Webhook is not { } delivery)
            return;
        channel.Webhook = null;
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

    private void Begin(LiveChannel channel)
    {
        if (channel.Settings.Type == ChannelType.Webhook)
        {
            channel.Webhook = new WebhookDelivery(
                channel, webhooks, time, log, expired => _ = ExpireAsync(expired, ChannelEnd.Expired, CancellationToken.None));
        }
    }

    private async Task RemoveAsync(LiveChannel channel, ChannelEnd reason, CancellationToken cancellationToken)
    {
        if (channel.Settings.Type is ChannelType.Webhook or ChannelType.Websocket)
        {
            await using var db = databases.Open(channel.Account);
            await db.Set<Channel>().Where(row => row.ApplicationId == channel.Application).ExecuteDeleteAsync(cancellationToken);
        }

        hub.Remove(channel, reason);
        await StopDeliveryAsync(channel);
    }

    private async Task SaveAsync(Caller caller, ChannelSettings settings, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var row = await db.Set<Channel>().SingleOrDefaultAsync(row => row.ApplicationId == caller.ApplicationId, cancellationToken);
        if (row is null)
        {
            row = new Channel { ApplicationId = caller.ApplicationId, AccountId = caller.AccountId, CreatedAt = time.GetInstant() };
            db.Add(row);
        }

        row.Type = settings.Type;
        row.Url = settings.Webhook?.Text;
        row.Headers = settings.Webhook is { } webhook ? JsonSerializer.Serialize(webhook.Headers) : null;
        row.Serialization = settings.Serialization is { } serialization ? JsonSerializer.Serialize(serialization, json.Value.SerializerOptions) : null;
        await db.SaveChangesAsync(cancellationToken);
    }

    private ChannelSettings ToSettings(Channel row)
    {
        var serialization = row.Serialization is { } text
            ? JsonSerializer.Deserialize<SerializationConfigData>(text, json.Value.SerializerOptions)
            : null;
        if (row.Type != ChannelType.Webhook)
            return new ChannelSettings(row.Type, Serialization: serialization);
        var headers = JsonSerializer.Deserialize<Dictionary<string, string?>>(row.Headers ?? "{}");
        return WebhookTarget.TryCreate(row.Url ?? "", headers, out var target, out var reason)
            ? new ChannelSettings(row.Type, target, serialization)
            : throw new InvalidDataException($"The webhook of application {row.ApplicationId} cannot be used: {reason}");
    }

    [LoggerMessage(1531, LogLevel.Information, "The {Type} channel of application {Application} is removed: {Reason}")]
    private partial void LogExpired(ChannelType type, EntityId application, ChannelEnd reason);
}
