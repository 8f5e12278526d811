using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.Applications;

/// <summary>What an application is to be. Of a change, members that are absent or null stay as they are.</summary>
internal sealed record ApplicationReq
{
    [Description("The display name of the application.")]
    [Required]
    [MaxLength(100)]
    public string? Name { get; init; }

    [Description("What the application is for.")]
    [MaxLength(500)]
    public string? Description { get; init; }

    [Description("Ids of the policy groups the application belongs to. Absent for a new one: Developers.")]
    public IReadOnlyList<string>? Groups { get; init; }

    [Description("No access key of an INACTIVE application authenticates, and its channels and subscriptions are removed.")]
    public ApiKeyStatus? Status { get; init; }
}
