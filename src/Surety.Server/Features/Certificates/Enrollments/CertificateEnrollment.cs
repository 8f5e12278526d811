using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>The renewal of a device's certificate. (certificates, CertificateEnrollment.)</summary>
[Audited("certificate_enrollment", Label = nameof(CertificateName), OnlyByCallers = true)]
internal sealed class CertificateEnrollment : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public EntityId DeviceId { get; init; }

    public required string CertificateName { get; init; }

    public CertificateEnrollmentStatus Status { get; set; }

    public CertificateEnrollmentResult? Result { get; set; }

    public string? ResultDetail { get; set; }

    /// <summary>The certificate that the device got, when it has one.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>When it is given up.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }
}
