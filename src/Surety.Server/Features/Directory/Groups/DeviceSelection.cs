using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Directory;

/// <summary>Which devices come into a group or leave it: by a filter, or by a saved query; one of the two.</summary>
internal sealed record DeviceSelection
{
    [Description("A filter string as in the list of devices: state=registered&custom_attributes__site__eq=oulu. The empty string is every device.")]
    [MaxLength(DeviceLimits.FilterString)]
    public string? Filter { get; init; }

    [Description("The ID of a device query.")]
    public string? QueryId { get; init; }

    [Description("True to count only, and change nothing.")]
    public bool? Preview { get; init; }
}
