using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Directory;

/// <summary>
/// What a new group is, or what to change of one: a member that is absent or null stays as it is, and what cannot be changed is ignored, because
/// SDKs send back everything they have read.
/// </summary>
internal sealed record DeviceGroupRequest
{
    [Description("Up to ten keys and values, which replace all that were there; keys begin with a letter.")]
    [CustomAttributes(10)]
    public IReadOnlyDictionary<string, string?>? CustomAttributes { get; init; }

    [Description("The description of the group.")]
    [MaxLength(1024)]
    public string? Description { get; init; }

    [Description("The name of the group, unique in the account; a new group must have one.")]
    [MaxLength(128)]
    public string? Name { get; init; }
}
