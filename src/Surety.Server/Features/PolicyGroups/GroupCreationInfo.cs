using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.PolicyGroups;

/// <summary>What a new policy group is to be.</summary>
internal sealed record GroupCreationInfo
{
    [Description("The name, unique in the account.")]
    [Required]
    [StringLength(100, MinimumLength = 1, ErrorMessage = "must have 1 to 100 characters")]
    public string? Name { get; init; }

    [Description("Who belongs to the group from the beginning.")]
    public SubjectList? Members { get; init; }

    [Description("What members may do; beyond the contract.")]
    public IReadOnlyList<FeaturePolicy>? Policies { get; init; }
}
