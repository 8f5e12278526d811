using System.Text.Json.Serialization;

namespace Surety.Server.Features.PreSharedKeys;

/// <summary>A page of keys. (certificates, "Pre-shared keys".)</summary>
internal sealed record PreSharedKeyPage
{
    /// <summary>Always <c>list</c>.</summary>
    public string Object { get; init; } = "list";

    public required int Limit { get; init; }

    /// <summary>Always <c>ASC</c>.</summary>
    public string Order { get; init; } = "ASC";

    /// <summary>The marker that the request gave.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? After { get; init; }

    public required bool HasMore { get; init; }

    /// <summary>What to send as <c>after</c> for the next page; not there on the last one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? ContinuationMarker { get; init; }

    public required IReadOnlyList<PreSharedKeyWithoutSecret> Data { get; init; }
}
