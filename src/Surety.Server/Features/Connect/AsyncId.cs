using System.Text.Json.Serialization;

namespace Surety.Server.Features.Connect;

/// <summary>The id under which an answer will come. (connect, AsyncID.)</summary>
internal sealed record AsyncId([property: JsonPropertyName("async-response-id")] string AsyncResponseId);
