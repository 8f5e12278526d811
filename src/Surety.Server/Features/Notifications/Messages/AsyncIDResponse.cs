using System.Text.Json.Serialization;

namespace Surety.Server.Features.Notifications.Messages;

/// <summary>The outcome of a request to a device.</summary>
internal sealed record AsyncIDResponse(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("ct")] string? Ct,
    [property: JsonPropertyName("payload")] byte[] Payload,
    [property: JsonPropertyName("max-age")] long? MaxAge,
    [property: JsonPropertyName("uid")] string? Uid,
    [property: JsonPropertyName("timestamp")] long? Timestamp);
