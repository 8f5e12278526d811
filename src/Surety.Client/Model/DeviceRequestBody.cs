using System.Text.Json.Serialization;

namespace Surety.Client;

/// <summary>The body of <c>POST /v2/device-requests/{device-id}</c>.</summary>
internal sealed record DeviceRequestBody(
    string Method,
    string Uri,
    string? Accept,
    [property: JsonPropertyName("content-type")] string? ContentType,
    [property: JsonPropertyName("payload-b64")] byte[]? Payload);
