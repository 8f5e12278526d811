using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>A group of devices. A device may be in any number of them.</summary>
[Audited("device_group", Label = nameof(Name))]
internal sealed class DeviceGroup : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>Unique in its account.</summary>
    public required string Name { get; set; }

    public string Description { get; set; } = "";

    public List<DeviceAttribute> CustomAttributes { get; init; } = [];

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last change of a member or of who is in it; also the etag.</summary>
    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The devices in it. For conditions: there may be a hundred thousand.</summary>
    public List<DeviceGroupMember> Members { get; init; } = [];
}
