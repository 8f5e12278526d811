using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>A device is in a group.</summary>
internal sealed class DeviceGroupMember : IAccountOwned
{
    public EntityId GroupId { get; init; }

    public EntityId DeviceId { get; init; }

    public EntityId AccountId { get; init; }
}
