using System.Text.Json.Serialization;

namespace Surety.Client;

/// <summary>A rule by which devices are subscribed to when they register. Members are joined by "and"; an absent one matches all.</summary>
/// <param name="EndpointName">The device's id, with <c>*</c> at its end for a prefix.</param>
/// <param name="EndpointType">The endpoint type.</param>
/// <param name="ResourcePath">The paths, each with <c>*</c> at its end for a prefix.</param>
public sealed record Presubscription(
    [property: JsonPropertyName("endpoint-name")] string? EndpointName = null,
    [property: JsonPropertyName("endpoint-type")] string? EndpointType = null,
    [property: JsonPropertyName("resource-path")] IReadOnlyList<string>? ResourcePath = null);
