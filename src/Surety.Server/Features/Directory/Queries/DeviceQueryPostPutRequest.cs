using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Directory;

/// <summary>What a device query is to be.</summary>
internal sealed record DeviceQueryPostPutRequest
{
    [Description("The name of the query.")]
    [Required]
    [MaxLength(200)]
    public string? Name { get; init; }

    [Description("A filter string as in the list of devices, not encoded again: state=registered&created_at__gte=2026-01-01T00:00:00Z.")]
    [Required]
    [MaxLength(DeviceLimits.FilterString)]
    public string? Query { get; init; }
}
