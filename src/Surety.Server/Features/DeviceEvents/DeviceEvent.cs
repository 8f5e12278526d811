using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.DeviceEvents;

/// <summary>Something that happened to a device and that its operator may want to know. Members and meanings are those of DeviceEventData.</summary>
[NotAudited("a log of its own")]
internal sealed class DeviceEvent : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>Null for a device that has no record: one that was refused.</summary>
    public EntityId? DeviceId { get; init; }

    /// <summary>The code; see <see cref="DeviceEventType"/>.</summary>
    public required string EventType { get; init; }

    /// <summary>In words.</summary>
    public required string Description { get; init; }

    /// <summary>The context, a JSON object with texts.</summary>
    public required string Data { get; init; }

    /// <summary>The device has another state than before.</summary>
    public bool StateChange { get; init; }

    /// <summary>How often it happened: the same within an hour is one event.</summary>
    public int Count { get; set; } = 1;

    /// <summary>When it happened, the last time.</summary>
    public DateTimeOffset DateTime { get; set; }

    /// <summary>When it happened, the first time.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
