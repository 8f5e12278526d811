using System.Text.Json.Serialization;

namespace Surety.Server.Features.Notifications.Messages;

/// <summary>A device that has registered or updated its registration.</summary>
internal sealed record EndpointData(
    [property: JsonPropertyName("ep")] string Ep,
    [property: JsonPropertyName("original-ep")] string OriginalEp,
    [property: JsonPropertyName("ept")] string Ept,
    [property: JsonPropertyName("q")] bool Q,
    [property: JsonPropertyName("resources")] IReadOnlyList<ResourcesData> Resources,
    [property: JsonPropertyName("uid")] string? Uid,
    [property: JsonPropertyName("timestamp")] long? Timestamp);
