using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>Which issuer makes the certificates of a name. (certificates, CertificateIssuerConfigResponse.)</summary>
internal sealed class CertificateIssuerConfig : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>The name of the certificate on the device.</summary>
    public required string Reference { get; init; }

    /// <summary>Null: the platform's own authority.</summary>
    public EntityId? IssuerId { get; set; }

    /// <summary>Counts changes; the etag.</summary>
    public int Version { get; set; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}
