using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Surety.Server.Features.PolicyGroups.Policies;

/// <summary>A policy as the contract has it: it allows or denies actions at a feature, or at a resource. (account-management, FeaturePolicy.)</summary>
internal sealed record FeaturePolicy
{
    [Description("Comma-separated HTTP methods; empty for all of them.")]
    public string? Action { get; init; }

    [Description("Whether the actions are allowed or denied. What one policy denies no other allows.")]
    public bool? Allow { get; init; }

    [Description("The name of a feature; see the policies of the account. Either a feature or a resource.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Feature { get; init; }

    [Description("A path, with all below it: /v2/endpoints/*/3303. In a segment, * stands for any characters.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Resource { get; init; }

    [Description("Read-only: whether the policy is part of every account.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Inherited { get; init; }

    [Description("Read-only: template, for what is part of every account.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InheritedType { get; init; }
}
