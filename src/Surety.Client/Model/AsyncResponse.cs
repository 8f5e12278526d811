using System.Text.Json.Serialization;

namespace Surety.Client;

/// <summary>The outcome of a request to a device, as it is on the wire.</summary>
internal sealed record AsyncResponse(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("ct")] string? ContentType,
    [property: JsonPropertyName("payload")] byte[]? Payload);
