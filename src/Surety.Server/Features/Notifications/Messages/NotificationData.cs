using System.Text.Json.Serialization;

namespace Surety.Server.Features.Notifications.Messages;

/// <summary>A new value of a resource.</summary>
internal sealed record NotificationData(
    [property: JsonPropertyName("ep")] string Ep,
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("ct")] string? Ct,
    [property: JsonPropertyName("payload")] byte[] Payload,
    [property: JsonPropertyName("max-age")] long MaxAge,
    [property: JsonPropertyName("original-ep")] string? OriginalEp,
    [property: JsonPropertyName("uid")] string? Uid,
    [property: JsonPropertyName("timestamp")] long? Timestamp);
