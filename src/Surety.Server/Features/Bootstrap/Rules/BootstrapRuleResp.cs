using System.Globalization;
using System.Text.Json;

namespace Surety.Server.Features.Bootstrap;

/// <summary>A rule as the API shows it.</summary>
internal sealed record BootstrapRuleResp
{
    /// <summary>Always <c>bootstrap-rule</c>.</summary>
    public string Object { get; init; } = "bootstrap-rule";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    public required string Etag { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required int Priority { get; init; }

    public required bool Enabled { get; init; }

    public required BootstrapRuleMatch Match { get; init; }

    public required BootstrapRuleServer Server { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Instances { get; init; }

    public required IReadOnlyList<BootstrapRuleObservation> Observations { get; init; }

    public required string Redirect { get; init; }

    public static BootstrapRuleResp Of(BootstrapRule rule)
    {
        var content = rule.Read();
        return new BootstrapRuleResp
        {
            Id = rule.Id,
            AccountId = rule.AccountId,
            Etag = rule.Version.ToString(CultureInfo.InvariantCulture),
            CreatedAt = rule.CreatedAt,
            UpdatedAt = rule.UpdatedAt,
            Name = rule.Name,
            Description = rule.Description,
            Priority = rule.Priority,
            Enabled = rule.IsEnabled,
            Match = content.Match,
            Server = content.Server,
            Instances = content.Instances,
            Observations = content.Observations,
            Redirect = content.Redirect,
        };
    }
}
