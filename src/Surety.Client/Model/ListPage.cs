namespace Surety.Client;

/// <summary>A page of a list as it is on the wire.</summary>
internal sealed record ListPage<T>
{
    public IReadOnlyList<T>? Data { get; init; }

    public bool HasMore { get; init; }

    public long? TotalCount { get; init; }
}
