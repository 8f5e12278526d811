using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Certificates;

/// <summary>Why a certificate is taken back.</summary>
internal sealed record CertificateRevocationRequest
{
    /// <summary>Default <c>unspecified</c>.</summary>
    public CertificateRevocationReason? Reason { get; init; }

    /// <summary>A remark, for the device's events.</summary>
    [StringLength(500)]
    public string? Description { get; init; }
}
