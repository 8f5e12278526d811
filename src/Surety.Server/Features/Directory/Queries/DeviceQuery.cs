using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>A filter of devices that has a name.</summary>
internal sealed class DeviceQuery : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>For people; several may have the same, the contract knows no conflict.</summary>
    public required string Name { get; set; }

    /// <summary>A filter string that was valid when it was saved.</summary>
    public required string Query { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last change; also the etag.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
