using System.Text.Json.Serialization;

namespace Surety.Server.Api;

/// <summary>A page of a list.</summary>
/// <remarks>Pelion conventions, "List envelope".</remarks>
internal sealed record ListResponse<T>
{
    /// <summary>Always <c>list</c>.</summary>
    public string Object { get; init; } = "list";

    /// <summary>The page size that was used.</summary>
    public required int Limit { get; init; }

    /// <summary>The id that the request gave; null on the first page.</summary>
    public required EntityId? After { get; init; }

    public required ListOrder Order { get; init; }

    /// <summary>True when more items follow: ask again with <c>after</c> set to the id of the last one here.</summary>
    public required bool HasMore { get; init; }

    /// <summary>All items that match, when the request asked for it with <c>include=total_count</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TotalCount { get; init; }

    public required IReadOnlyList<T> Data { get; init; }

    /// <summary>The same page with its items in another form.</summary>
    public ListResponse<TOut> Map<TOut>(Func<T, TOut> toWire) => new()
    {
        Limit = Limit, After = After, Order = Order, HasMore = HasMore, TotalCount = TotalCount, Data = [.. Data.Select(toWire)],
    };
}
