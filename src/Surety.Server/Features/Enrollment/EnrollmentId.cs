using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Enrollment;

/// <summary>A device to be enrolled.</summary>
internal sealed record EnrollmentId
{
    [Description("A- and the SHA-256 of the device's bootstrap certificate, 32 hexadecimal octets with colons between them; either case.")]
    [Required]
    [RegularExpression(EnrollmentFingerprint.Pattern, ErrorMessage = EnrollmentFingerprint.Expectation)]
    public string? EnrollmentIdentity { get; init; }
}
