using System.Globalization;
using System.Text.Json.Serialization;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.Applications;

/// <summary>An access key as the API shows it.</summary>
internal sealed record AccessKeyData
{
    /// <summary>Always <c>access-key</c>.</summary>
    public string Object { get; init; } = "access-key";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    public required EntityId ApplicationId { get; init; }

    public required string Name { get; init; }

    public required string? Description { get; init; }

    /// <summary>The whole key in the answer that creates it; later without the secret.</summary>
    public required string Key { get; init; }

    public required AccessKeyStatus Status { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset? Expiration { get; init; }

    public required string Etag { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Null for never.</summary>
    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset? LastUsedAt { get; init; }

    public static AccessKeyData Of(AccessKey key, DateTimeOffset now, DateTimeOffset? lastUse, string? wholeKey = null) => new()
    {
        Id = key.Id,
        AccountId = key.AccountId,
        ApplicationId = key.ApplicationId,
        Name = key.Name,
        Description = key.Description,
        Key = wholeKey ?? ApiKeyToken.PublicText(key.AccountId, key.Id, isAccessKey: true),
        Status = StatusOf(key, now),
        Expiration = key.Expiration,
        Etag = key.Version.ToString(CultureInfo.InvariantCulture),
        CreatedAt = key.CreatedAt,
        UpdatedAt = key.UpdatedAt,
        LastUsedAt = lastUse ?? key.LastUsedAt,
    };

    /// <summary>The status at a time.</summary>
    public static AccessKeyStatus StatusOf(AccessKey key, DateTimeOffset now) =>
        key.Expiration <= now ? AccessKeyStatus.Expired : key.Status == ApiKeyStatus.Active ? AccessKeyStatus.Active : AccessKeyStatus.Inactive;
}
