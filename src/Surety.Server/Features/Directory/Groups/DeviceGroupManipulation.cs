using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Directory;

/// <summary>The device that comes into a group or leaves it.</summary>
internal sealed record DeviceGroupManipulation
{
    [Description("The ID of the device.")]
    [Required]
    public string? DeviceId { get; init; }
}
