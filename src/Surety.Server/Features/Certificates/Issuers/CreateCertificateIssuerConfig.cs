using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Certificates;

/// <summary>An issuer for the certificates of a name.</summary>
internal sealed record CreateCertificateIssuerConfig
{
    [Description("The name of the certificate on the device: 1 to 100 letters, digits, '_', '-' and '.'; not LWM2M, not BOOTSTRAP, not mbed.*.")]
    [Required]
    [RegularExpression(@"(?!mbed\.)[\w\-.]{1,100}", ErrorMessage = "must have 1 to 100 letters, digits, '_', '-' and '.', and must not begin with 'mbed.'")]
    public string? Reference { get; init; }

    [Description("The issuer; null is the platform's own authority.")]
    [MaxLength(32)]
    public string? CertificateIssuerId { get; init; }
}
