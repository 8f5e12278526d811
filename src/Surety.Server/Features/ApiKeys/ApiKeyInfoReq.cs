using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.ApiKeys;

/// <summary>What a new key is to be.</summary>
internal sealed record ApiKeyInfoReq
{
    [Description("The display name of the key.")]
    [Required]
    [MaxLength(100)]
    public string? Name { get; init; }

    [Description("Ids of the policy groups the key belongs to. Only an administrator can add a key to Administrators.")]
    public IReadOnlyList<string>? Groups { get; init; }

    [Description("The user that owns the key. Only an administrator can set it.")]
    public string? Owner { get; init; }

    [Description("ACTIVE unless an administrator says INACTIVE.")]
    public ApiKeyStatus? Status { get; init; }
}
