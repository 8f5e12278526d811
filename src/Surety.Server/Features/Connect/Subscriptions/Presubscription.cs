using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Surety.Server.Features.Connect;

/// <summary>A rule that subscribes to paths of devices as they register. What it does not name matches everything. (connect, Presubscription.)</summary>
internal sealed record Presubscription
{
    /// <summary>A device id; a trailing <c>*</c> matches any ending.</summary>
    [MaxLength(64)]
    [JsonPropertyName("endpoint-name")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EndpointName { get; init; }

    /// <summary>An endpoint type.</summary>
    [MaxLength(64)]
    [JsonPropertyName("endpoint-type")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EndpointType { get; init; }

    /// <summary>Paths; a trailing <c>*</c> matches any ending.</summary>
    [JsonPropertyName("resource-path")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ResourcePath { get; init; }
}
