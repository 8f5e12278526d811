using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>A device is in a group.</summary>
[Audited(AuditName)]
internal sealed class DeviceGroupMember : IAccountOwned
{
    /// <summary>What the audit log calls it.</summary>
    public const string AuditName = "device_group_member";

    public EntityId GroupId { get; init; }

    public EntityId DeviceId { get; init; }

    public EntityId AccountId { get; init; }
}
