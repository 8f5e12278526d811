using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>Which policy groups a claim puts users into; beyond the contract. Applied by <see cref="ProviderGroups"/>.</summary>
internal sealed record OidcGroupMapping
{
    /// <summary>What most providers call the groups of a person.</summary>
    public const string DefaultClaim = "groups";

    [Description("The claim that names the groups of a person: a text or a list of texts. Default: groups.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Claim { get; init; }

    [Description("For each value of the claim, the ids of the policy groups that whoever has it belongs to.")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? PolicyGroups { get; init; }
}
