using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Audit;
using Surety.Server.Features.Notifications.Kafka;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.Notifications;

/// <summary>The settings of channels in the database.</summary>
internal sealed class ChannelRows(SuretyDbFactory databases, AuditTrail audit, SecretProtector secrets, TimeProvider time, IOptions<JsonOptions> json)
{
    /// <summary>Those of every account.</summary>
    /// <exception cref="InvalidDataException">A row has what this version cannot use.</exception>
    public async Task<IReadOnlyList<(EntityId Account, EntityId Application, ChannelSettings Settings)>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var rows = await db.AllAccounts<Channel>().AsNoTracking().ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.AccountId, row.ApplicationId, ToSettings(row)))];
    }

    /// <summary>What an application has asked for; null: nothing.</summary>
    /// <exception cref="InvalidDataException">The row has what this version cannot use.</exception>
    public async Task<ChannelSettings?> FindAsync(EntityId application)
    {
        await using var db = databases.OpenForPlatform();
        return await db.AllAccounts<Channel>().AsNoTracking().SingleOrDefaultAsync(row => row.ApplicationId == application) is { } row ? ToSettings(row) : null;
    }

    /// <summary>Keeps what an application has asked for.</summary>
    public async Task SaveAsync(Caller caller, ChannelSettings settings, CancellationToken cancellationToken)
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
        row.Kafka = settings.Kafka is { } kafka ? secrets.Protect(PurposeOf(caller.ApplicationId), JsonSerializer.SerializeToUtf8Bytes(kafka)) : null;
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Forgets a channel.</summary>
    public async Task RemoveAsync(LiveChannel channel, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(channel.Account);
        await audit.DeleteAsync(db, db.Set<Channel>().Where(row => row.ApplicationId == channel.Application), cancellationToken);
    }

    private static string PurposeOf(EntityId application) => $"kafka/{application}";

    private ChannelSettings ToSettings(Channel row)
    {
        var serialization = row.Serialization is { } text
            ? JsonSerializer.Deserialize<SerializationConfigData>(text, json.Value.SerializerOptions)
            : null;
        switch (row.Type)
        {
            case ChannelType.Webhook:
                var headers = JsonSerializer.Deserialize<Dictionary<string, string?>>(row.Headers ?? "{}");
                return WebhookTarget.TryCreate(row.Url ?? "", headers, out var target, out var reason)
                    ? new ChannelSettings(row.Type, target, serialization)
                    : throw new InvalidDataException($"The webhook of application {row.ApplicationId} cannot be used: {reason}");
            case ChannelType.Kafka:
                var kafka = JsonSerializer.Deserialize<KafkaTarget>(secrets.Unprotect(PurposeOf(row.ApplicationId), row.Kafka ?? []));
                return new ChannelSettings(row.Type, Serialization: serialization, Kafka: kafka);
            default:
                return new ChannelSettings(row.Type, Serialization: serialization);
        }
    }
}
