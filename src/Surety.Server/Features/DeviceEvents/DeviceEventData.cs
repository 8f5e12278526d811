using System.Globalization;
using System.Text.Json;
using Surety.Server.Api.Filters;

namespace Surety.Server.Features.DeviceEvents;

/// <summary>An event as the API shows it.</summary>
internal sealed record DeviceEventData
{
    /// <summary>What a list of events can be filtered by.</summary>
    public static readonly FilterSet<DeviceEvent> Filters = new FilterSet<DeviceEvent>()
        .Time("created_at", row => row.CreatedAt)
        .Time("date_time", row => row.DateTime)
        .Text("description", row => row.Description, like: true)
        .OptionalId("device_id", row => row.DeviceId)
        .Time("etag", row => row.DateTime)
        .Text("event_type", row => row.EventType)
        .Id("id", row => row.Id)
        .Switch("state_change", row => row.StateChange);

    /// <summary>Always <c>device-event</c>.</summary>
    public string Object { get; init; } = "device-event";

    public required EntityId Id { get; init; }

    /// <summary>The same as <c>id</c>, which old SDKs look for.</summary>
    public required EntityId DeviceLogId { get; init; }

    /// <summary>Null for a device that was refused and has no record.</summary>
    public required EntityId? DeviceId { get; init; }

    /// <summary>When it happened, the last time.</summary>
    public required DateTimeOffset DateTime { get; init; }

    public required string EventType { get; init; }

    /// <summary>The group of the code.</summary>
    public required string EventTypeCategory { get; init; }

    /// <summary>SUCCESS, FAIL, SKIPPED or INFO.</summary>
    public required string EventTypeDescription { get; init; }

    /// <summary>In words.</summary>
    public required string Description { get; init; }

    /// <summary>The context. <c>count</c> is how often it happened within the hour.</summary>
    public required IReadOnlyDictionary<string, string> Data { get; init; }

    /// <summary>Deprecated; empty.</summary>
    public IReadOnlyDictionary<string, string> Changes { get; init; } = new Dictionary<string, string>();

    public required bool StateChange { get; init; }

    /// <summary>When it happened, the first time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset Etag { get; init; }

    public static DeviceEventData Of(DeviceEvent row)
    {
        var data = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Data) ?? [];
        if (row.Count > 1)
            data["count"] = row.Count.ToString(CultureInfo.InvariantCulture);
        return new DeviceEventData
        {
            Id = row.Id,
            DeviceLogId = row.Id,
            DeviceId = row.DeviceId,
            DateTime = row.DateTime,
            EventType = row.EventType,
            EventTypeCategory = DeviceEventType.CategoryOf(row.EventType),
            EventTypeDescription = DeviceEventType.OutcomeOf(row.EventType),
            Description = row.Description,
            Data = data,
            StateChange = row.StateChange,
            CreatedAt = row.CreatedAt,
            Etag = row.DateTime,
        };
    }
}
