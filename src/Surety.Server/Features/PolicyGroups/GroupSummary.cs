using System.Globalization;
using System.Text.Json.Serialization;
using Surety.Server.Api;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.PolicyGroups;

/// <summary>A policy group as the API shows it.</summary>
internal sealed record GroupSummary
{
    /// <summary>Always <c>group</c>.</summary>
    public string Object { get; init; } = "group";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    public required string Name { get; init; }

    /// <summary>How many users are in the group.</summary>
    public required int UserCount { get; init; }

    /// <summary>How many API keys are in the group.</summary>
    public required int ApikeyCount { get; init; }

    /// <summary>How many applications are in the group.</summary>
    public required int ApplicationCount { get; init; }

    /// <summary>What members may do; beyond the contract.</summary>
    public required IReadOnlyList<FeaturePolicy> Policies { get; init; }

    public required string Etag { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }

    public static GroupSummary Of(PolicyGroup group) => new()
    {
        Id = group.Id,
        AccountId = group.AccountId,
        Name = group.Name,
        UserCount = 0,
        ApikeyCount = 0,
        ApplicationCount = 0,
        Policies = FeaturePolicies.Of(group),
        Etag = group.Version.ToString(CultureInfo.InvariantCulture),
        CreatedAt = group.CreatedAt,
        UpdatedAt = group.UpdatedAt,
    };
}
