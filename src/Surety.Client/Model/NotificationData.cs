using System.Text.Json.Serialization;

namespace Surety.Client;

/// <summary>A value that a device has reported, as it is on the wire.</summary>
internal sealed record NotificationData(
    [property: JsonPropertyName("ep")] string? Device,
    [property: JsonPropertyName("path")] string? Path,
    [property: JsonPropertyName("ct")] string? ContentType,
    [property: JsonPropertyName("payload")] byte[]? Payload);
