using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Certificates;

/// <summary>Another issuer for the certificates of a name.</summary>
internal sealed record CertificateIssuerConfigRequest
{
    [Description("The issuer; null is the platform's own authority.")]
    [MaxLength(32)]
    public string? CertificateIssuerId { get; init; }
}
