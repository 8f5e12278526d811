using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Certificates;

/// <summary>A developer certificate that is to be made.</summary>
internal sealed record DeveloperCertificateRequestData
{
    [Description("A name that no other trusted certificate of the account has.")]
    [Required]
    [MaxLength(100)]
    public string? Name { get; init; }

    [Description("For people.")]
    [MaxLength(500)]
    public string? Description { get; init; }
}
