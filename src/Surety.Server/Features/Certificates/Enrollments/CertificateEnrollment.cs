using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>The renewal of a device's certificate. (certificates, CertificateEnrollment.)</summary>
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
    public int Version { get; set; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}
