using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Factory;

/// <summary>A device that a factory says it has made.</summary>
[NotAudited("a part of its manifest")]
internal sealed class FactoryDeviceRecord : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public EntityId ManifestId { get; init; }

    public required string EndpointName { get; init; }

    /// <summary>Hexadecimal, lower case.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>SHA-256 of the certificate, 64 hexadecimal digits, lower case.</summary>
    public required string Fingerprint { get; init; }
}
