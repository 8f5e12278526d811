using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.PolicyGroups;

/// <summary>What to change of a policy group.</summary>
internal sealed record GroupUpdateInfo
{
    [Description("The name, unique in the account.")]
    [Required]
    [StringLength(100, MinimumLength = 1, ErrorMessage = "must have 1 to 100 characters")]
    public string? Name { get; init; }

    [Description("What members may do; beyond the contract. Absent or null: as it is.")]
    public IReadOnlyList<FeaturePolicy>? Policies { get; init; }
}
