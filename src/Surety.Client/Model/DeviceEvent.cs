using System.Text.Json;

namespace Surety.Client;

/// <summary>What happened to a device. (<c>/v3/device-events</c>)</summary>
public sealed record DeviceEvent
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The device; null when it was refused and has no record.</summary>
    public string? DeviceId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DateTime { get; init; }

    /// <summary>The code, such as <c>REGISTERED</c>.</summary>
    public string? EventType { get; init; }

    /// <summary>The category of the code.</summary>
    public string? EventTypeCategory { get; init; }

    /// <summary>The outcome.</summary>
    public string? EventTypeDescription { get; init; }

    /// <summary>What happened, for people.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the device's state changed.</summary>
    public bool? StateChange { get; init; }

    /// <summary>The particulars.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Data { get; init; }
}
