using System.Text.Json.Serialization;

namespace Surety.Server.Api;

/// <summary>The error object that every failed request gets.</summary>
/// <remarks>Pelion conventions, "Error envelope".</remarks>
internal sealed record ErrorResponse
{
    /// <summary>Always <c>error</c>.</summary>
    public string Object { get; init; } = "error";

    /// <summary>The HTTP status.</summary>
    public required int Code { get; init; }

    /// <summary>The kind of error, for programs: such as <c>validation_error</c> or <c>not_found</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What went wrong, for people.</summary>
    public required string Message { get; init; }

    /// <summary>Id of the request, 32 hexadecimal digits; the same as in the log and in the header <c>X-Request-ID</c>.</summary>
    public required string RequestId { get; init; }

    /// <summary>The members that are wrong, when the request did not validate.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorField>? Fields { get; init; }
}
