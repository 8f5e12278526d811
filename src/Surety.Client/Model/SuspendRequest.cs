namespace Surety.Client;

/// <summary>Why a device is suspended or let in again.</summary>
public sealed record SuspendRequest
{
    /// <summary>The reference of a block category.</summary>
    public string? Category { get; init; }

    /// <summary>The reason, for people.</summary>
    public string? Description { get; init; }
}
