using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Directory;

/// <summary>Why a device is suspended or resumed. (device-directory, suspend and resume.)</summary>
internal sealed record DeviceBlockRequest
{
    /// <summary>Reference of a block category; see <c>/v3/device-block-categories</c>. To resume, the one that the device is suspended with.</summary>
    [Required]
    [RegularExpression("[a-z0-9_]{0,32}", ErrorMessage = "must have at most 32 lower-case letters, digits and '_'")]
    public string? Category { get; init; }

    /// <summary>For people.</summary>
    [StringLength(2000)]
    public string? Description { get; init; }
}
