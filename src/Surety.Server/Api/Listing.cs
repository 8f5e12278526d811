using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Storage;

namespace Surety.Server.Api;

/// <summary>Reads one page of rows.</summary>
internal static class Listing
{
    /// <summary>
    /// The page that <paramref name="list"/> asks for. A page begins behind an id, not at an offset, so that no row is given twice or left
    /// out while others are made and deleted. <paramref name="rows"/> must be filtered already and unordered.
    /// </summary>
    public static async Task<ListResponse<TOut>> ToPageAsync<T, TOut>(
        this IQueryable<T> rows,
        ListQuery list,
        Func<T, TOut> toWire,
        bool alwaysCount,
        CancellationToken cancellationToken)
        where T : class, IEntity
    {
        var limit = list.Limit ?? ListQuery.DefaultLimit;
        long? count = alwaysCount || list.WantsTotalCount ? await rows.LongCountAsync(cancellationToken) : null;
        var found = await OnPage(rows, list, limit).AsNoTracking().ToListAsync(cancellationToken);
        return PageOf([.. found.Take(limit).Select(toWire)], list, limit, found.Count > limit, count);
    }

    /// <summary>The same for a wide row, of which only what is shown is read.</summary>
    public static async Task<ListResponse<TOut>> ToPageAsync<T, TOut>(
        this IQueryable<T> rows, ListQuery list, Expression<Func<T, TOut>> columns, CancellationToken cancellationToken)
        where T : class, IEntity
    {
        var limit = list.Limit ?? ListQuery.DefaultLimit;
        long? count = list.WantsTotalCount ? await rows.LongCountAsync(cancellationToken) : null;
        var found = await OnPage(rows, list, limit).Select(columns).ToListAsync(cancellationToken);
        var hasMore = found.Count > limit;
        if (hasMore)
            found.RemoveAt(limit);
        return PageOf(found, list, limit, hasMore, count);
    }

    private static IQueryable<T> OnPage<T>(IQueryable<T> rows, ListQuery list, int limit)
        where T : class, IEntity
    {
        var page = rows;
        if (list.Order == ListOrder.Ascending)
        {
            if (list.After is { } after)
                page = page.Where(row => row.Id > after);
            page = page.OrderBy(row => row.Id);
        }
        else
        {
            if (list.After is { } after)
                page = page.Where(row => row.Id < after);
            page = page.OrderByDescending(row => row.Id);
        }

        // One row more than asked for tells whether there are more.
        return page.Take(limit + 1);
    }

    private static ListResponse<TOut> PageOf<TOut>(IReadOnlyList<TOut> data, ListQuery list, int limit, bool hasMore, long? count) => new()
    {
        Limit = limit, After = list.After, Order = list.Order, HasMore = hasMore, TotalCount = count, Data = data,
    };
}
