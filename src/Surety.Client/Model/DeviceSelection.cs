namespace Surety.Client;

/// <summary>Which devices come into a group or leave it: by a filter, or by a saved query.</summary>
public sealed record DeviceSelection
{
    /// <summary>A filter as in lists, <c>state=registered</c>; the empty text is every device.</summary>
    public string? Filter { get; init; }

    /// <summary>The id of a saved query.</summary>
    public string? QueryId { get; init; }

    /// <summary>Count only, and change nothing.</summary>
    public bool Preview { get; init; }
}
