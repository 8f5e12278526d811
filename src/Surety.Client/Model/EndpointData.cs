using System.Text.Json.Serialization;

namespace Surety.Client;

/// <summary>A device that has registered or updated its registration, as it is on the wire.</summary>
internal sealed record EndpointData(
    [property: JsonPropertyName("ep")] string? Device,
    [property: JsonPropertyName("original-ep")] string? EndpointName);
