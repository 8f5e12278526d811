using Surety.Pki;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>The record of a certificate that was issued to a device. It stays when the device is deleted: it is evidence.</summary>
[Audited("issued_certificate", Label = nameof(EndpointName), OnlyByCallers = true)]
internal sealed class IssuedCertificateRecord : IEntity, IAccountOwned
{
    /// <summary>Hexadecimal digits of a fingerprint.</summary>
    public const int FingerprintLength = 64;

    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public EntityId DeviceId { get; init; }

    public required string EndpointName { get; init; }

    /// <summary>The name that the certificate has on the device.</summary>
    public required string CertificateName { get; init; }

    /// <summary>SHA-256 of the DER, hexadecimal, lower case.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The serial number, hexadecimal, lower case.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>The configured issuer; null: the platform's own authority.</summary>
    public EntityId? IssuerId { get; init; }

    /// <summary>The authority of the platform that has issued it, see <see cref="PlatformAuthority.KeyIdOf"/>; null: another one.</summary>
    public string? IssuerKeyId { get; init; }

    public DateTimeOffset NotAfter { get; init; }

    public IssuedCertificateStatus Status { get; set; }

    /// <summary>When it was superseded or revoked.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>Why, with <see cref="WithdrawnAt"/>. The number is stored.</summary>
    public RevocationReason? RevocationReason { get; set; }

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the device was first seen to use it.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
}
