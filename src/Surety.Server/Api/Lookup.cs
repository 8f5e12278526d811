using Microsoft.EntityFrameworkCore;
using Surety.Server.Storage;

namespace Surety.Server.Api;

/// <summary>Finds the row that a request names.</summary>
internal static class Lookup
{
    /// <summary>The row with an id that a caller has given.</summary>
    /// <param name="rows">Those that the caller may see.</param>
    /// <param name="id">What stands for the id in the request.</param>
    /// <param name="kind">What is looked for, to be read in the message.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ApiException">404: it is no id, or that of no row.</exception>
    public static async Task<T> RequireAsync<T>(this IQueryable<T> rows, string id, string kind, CancellationToken cancellationToken)
        where T : class, IEntity =>
        (EntityId.TryParse(id, out var key) ? await rows.SingleOrDefaultAsync(row => row.Id == key, cancellationToken) : null)
        ?? throw ApiException.NotFound(kind, id);

    /// <summary>The id that a caller has given, when there is a row with it.</summary>
    /// <inheritdoc cref="RequireAsync{T}"/>
    public static async Task<EntityId> RequireIdAsync<T>(this IQueryable<T> rows, string id, string kind, CancellationToken cancellationToken)
        where T : class, IEntity =>
        EntityId.TryParse(id, out var key) && await rows.AnyAsync(row => row.Id == key, cancellationToken) ? key : throw ApiException.NotFound(kind, id);
}
