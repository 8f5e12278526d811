using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>An authority, or a certificate, that an account believes. Members and meanings are those of TrustedCertificateResp.</summary>
[Audited("trusted_certificate", Label = nameof(Name))]
internal sealed class TrustedCertificate : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>Which server believes it.</summary>
    public TrustedCertificateService Service { get; set; }

    public TrustedCertificateStatus Status { get; set; }

    /// <summary>Devices of this authority must be claimed before they can bootstrap: first-to-claim.</summary>
    public bool EnrollmentMode { get; set; }

    /// <summary>1 for a developer certificate; null for others.</summary>
    public int? DeviceExecutionMode { get; init; }

    /// <summary>The certificates, PEM, as they were uploaded.</summary>
    public required string Certificate { get; set; }

    /// <summary>SHA-256 of the DER of the certificate that is believed, hexadecimal, lower case.</summary>
    public required string Fingerprint { get; set; }

    public required string Subject { get; set; }

    public required string Issuer { get; set; }

    /// <summary>notAfter.</summary>
    public DateTimeOffset Validity { get; set; }

    /// <summary>The user or key that uploaded it.</summary>
    public EntityId? OwnerId { get; init; }

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }
}
