namespace Surety.Client;

/// <summary>The error object as it is on the wire.</summary>
internal sealed record ErrorAnswer
{
    public string? Object { get; init; }

    public string? Type { get; init; }

    public string? Message { get; init; }

    public string? RequestId { get; init; }

    public IReadOnlyList<ErrorField>? Fields { get; init; }
}
