using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>A filter of devices that has a name.</summary>
[Audited("device_query", Label = nameof(Name))]
internal sealed class DeviceQuery : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>For people; several may have the same, the contract knows no conflict.</summary>
    public required string Name { get; set; }

    /// <summary>A filter string that was valid when it was saved.</summary>
    public required string Query { get; set; }

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last change; also the etag.</summary>
    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }
}
