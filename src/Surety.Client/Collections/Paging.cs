using System.Runtime.CompilerServices;
using System.Text;

namespace Surety.Client;

/// <summary>Lists page by page: <c>after</c> is the id of the last item while <c>has_more</c>.</summary>
internal static class Paging
{
    public static async IAsyncEnumerable<T> ListAsync<T>(
        RestTransport transport, string path, ListOptions? options, Func<T, string> idOf, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options ??= new ListOptions();
        string? after = options.After;
        while (true)
        {
            StringBuilder query = options.Filter?.ToQuery() ?? new StringBuilder();
            query.Append(query.Length == 0 ? "" : "&").Append("limit=").Append(Math.Clamp(options.PageSize, 2, 1000)).Append(options.Descending ? "&order=DESC" : "&order=ASC");
            if (after is not null)
                query.Append("&after=").Append(Uri.EscapeDataString(after));
            ListPage<T> page = await transport.GetAsync<ListPage<T>>($"{path}?{query}", cancellationToken).ConfigureAwait(false);
            foreach (T item in page.Data ?? [])
                yield return item;
            string? last = page.Data is { Count: > 0 } items ? idOf(items[^1]) : null;
            if (!page.HasMore)
                yield break;
            // Without this, a server that repeats itself would be asked for ever.
            if (string.IsNullOrEmpty(last) || last == after)
                throw new SuretyException(200, SuretyException.UnexpectedAnswer, $"The list /{path} says that it goes on, but not behind which item.");
            after = last;
        }
    }

    public static async Task<long> CountAsync<T>(RestTransport transport, string path, Filter? filter, CancellationToken cancellationToken)
    {
        StringBuilder query = filter?.ToQuery() ?? new StringBuilder();
        query.Append(query.Length == 0 ? "" : "&").Append("limit=2&include=total_count");
        ListPage<T> page = await transport.GetAsync<ListPage<T>>($"{path}?{query}", cancellationToken).ConfigureAwait(false);
        return page.TotalCount ?? throw new SuretyException(200, SuretyException.UnexpectedAnswer, $"The list /{path} does not tell how many there are.");
    }

    /// <summary>A part of a path from outside, which must not climb out of its place.</summary>
    /// <exception cref="ArgumentException">It is empty, or dots.</exception>
    public static string Segment(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return id is "." or ".." ? throw new ArgumentException($"'{id}' is no id.", nameof(id)) : Uri.EscapeDataString(id);
    }
}
