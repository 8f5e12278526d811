using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.ApiKeys;

/// <summary>What to change of a key. A member that is absent or null stays as it is.</summary>
internal sealed record ApiKeyUpdateReq
{
    [Description("The display name of the key.")]
    [MinLength(1, ErrorMessage = "must not be empty")]
    [MaxLength(100)]
    public string? Name { get; init; }

    [Description("Ids of the policy groups the key belongs to. Only an administrator can change them.")]
    public IReadOnlyList<string>? Groups { get; init; }

    [Description("The user that owns the key. Only an administrator can change it.")]
    public string? Owner { get; init; }

    [Description("An INACTIVE key authenticates nobody.")]
    public ApiKeyStatus? Status { get; init; }
}
