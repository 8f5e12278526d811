using System.Globalization;
using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.ApiKeys;

/// <summary>A key as the API shows it.</summary>
internal sealed record ApiKeyInfoResp
{
    /// <summary>Always <c>api-key</c>.</summary>
    public string Object { get; init; } = "api-key";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    public required string Name { get; init; }

    /// <summary>The whole key in the answer that creates it; later without the secret.</summary>
    public required string Key { get; init; }

    public required ApiKeyStatus Status { get; init; }

    public required EntityId? Owner { get; init; }

    public required IReadOnlyList<EntityId> Groups { get; init; }

    public required string Etag { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public required long CreationTime { get; init; }

    /// <summary>The last use, milliseconds since 1970; 0 for never.</summary>
    public required long LastLoginTime { get; init; }

    public static ApiKeyInfoResp Of(ApiKey key, DateTimeOffset? lastUse, string? wholeKey = null) => new()
    {
        Id = key.Id,
        AccountId = key.AccountId,
        Name = key.Name,
        Key = wholeKey ?? ApiKeyToken.PublicText(key.AccountId, key.Id),
        Status = key.Status,
        Owner = key.Owner,
        Groups = key.Subject.GroupIds(),
        Etag = key.Version.ToString(CultureInfo.InvariantCulture),
        CreatedAt = key.CreatedAt,
        UpdatedAt = key.UpdatedAt,
        CreationTime = key.CreatedAt.ToUnixTimeMilliseconds(),
        LastLoginTime = (lastUse ?? key.LastUsedAt)?.ToUnixTimeMilliseconds() ?? 0,
    };
}
