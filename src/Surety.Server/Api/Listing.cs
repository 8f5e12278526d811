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
        var found = await page.Take(limit + 1).AsNoTracking().ToListAsync(cancellationToken);
        return new ListResponse<TOut>
        {
            Limit = limit,
            After = list.After,
            Order = list.Order,
            HasMore = found.Count > limit,
            TotalCount = count,
            Data = [.. found.Take(limit).Select(toWire)],
        };
    }
}
