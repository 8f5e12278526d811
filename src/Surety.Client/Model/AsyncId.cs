using System.Text.Json.Serialization;

namespace Surety.Client;

/// <summary>The id under which an outcome will come.</summary>
internal sealed record AsyncId([property: JsonPropertyName("async-response-id")] string? Id);
