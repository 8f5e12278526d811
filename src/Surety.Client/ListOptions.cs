namespace Surety.Client;

/// <summary>Which part of a list is wanted, and in which order.</summary>
public sealed record ListOptions
{
    /// <summary>The conditions; null for all.</summary>
    public Filter? Filter { get; init; }

    /// <summary>Items a page, 2 to 1000. Pages are fetched as they are wanted.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>The newest first.</summary>
    public bool Descending { get; init; }

    /// <summary>Begin behind the item with this id.</summary>
    public string? After { get; init; }
}
