using System.Globalization;
using System.Text.Json.Serialization;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.Applications;

/// <summary>An application as the API shows it.</summary>
internal sealed record ApplicationData
{
    /// <summary>Always <c>application</c>.</summary>
    public string Object { get; init; } = "application";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    public required string Name { get; init; }

    public required string? Description { get; init; }

    public required ApiKeyStatus Status { get; init; }

    public required IReadOnlyList<EntityId> Groups { get; init; }

    public required string Etag { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The last use of any of its keys; null for never.</summary>
    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <param name="application">With its groups and keys.</param>
    /// <param name="authenticator">Knows of uses that are not written yet.</param>
    public static ApplicationData Of(Application application, ApiKeyAuthenticator authenticator) => new()
    {
        Id = application.Id,
        AccountId = application.AccountId,
        Name = application.Name,
        Description = application.Description,
        Status = application.Status,
        Groups = application.Subject.GroupIds(),
        Etag = application.Version.ToString(CultureInfo.InvariantCulture),
        CreatedAt = application.CreatedAt,
        UpdatedAt = application.UpdatedAt,
        LastUsedAt = application.Keys.Max(key => authenticator.LastUse(key.Id) ?? key.LastUsedAt),
    };
}
