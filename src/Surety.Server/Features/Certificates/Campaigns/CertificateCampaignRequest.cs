using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Certificates;

/// <summary>A renewal campaign that is to be made.</summary>
internal sealed record CertificateCampaignRequest
{
    [Description("For people.")]
    [Required]
    [MaxLength(100)]
    public string? Name { get; init; }

    [Description("For people.")]
    [MaxLength(500)]
    public string? Description { get; init; }

    [Description("The certificate to renew. Default LWM2M.")]
    [MaxLength(50)]
    public string? CertificateName { get; init; }

    [Description("Which devices: a filter of /v3/devices, such as device_class__eq=meter; empty or absent: all.")]
    [MaxLength(8192)]
    public string? DeviceFilter { get; init; }

    [Description("Devices that are told to renew in a minute, at most. Default 60.")]
    [Range(1, 60_000)]
    public int? RatePerMinute { get; init; }

    [Description("Shares of the devices that are let in one after the other, percent, ascending; the last one is 100. Default [100].")]
    public IReadOnlyList<int>? Stages { get; init; }

    [Description("The campaign stops when more than this share of the devices that are done has failed, percent. Default 10.")]
    [Range(0, 100)]
    public int? MaxFailurePercent { get; init; }
}
