using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>Which issuer makes the certificates of a name. (certificates, CertificateIssuerConfigResponse.)</summary>
[Audited("certificate_issuer_configuration", Label = nameof(Reference))]
internal sealed class CertificateIssuerConfig : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>The name of the certificate on the device.</summary>
    public required string Reference { get; init; }

    /// <summary>Null: the platform's own authority.</summary>
    public EntityId? IssuerId { get; set; }

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }
}
