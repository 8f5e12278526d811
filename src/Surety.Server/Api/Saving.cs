using Microsoft.EntityFrameworkCore;
using Surety.Server.Storage;

namespace Surety.Server.Api;

/// <summary>Saves what a request changes, when others may change it at the same time.</summary>
internal static class Saving
{
    /// <summary>Saves a change of one row, which somebody else may have deleted meanwhile, or whose name they may have taken.</summary>
    /// <param name="db">Has the change.</param>
    /// <param name="kind">What the row is, to be read in the message.</param>
    /// <param name="id">What stands for its id in the request.</param>
    /// <param name="duplicate">What to say when something of it is taken; null: nothing of it has to be the only one.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ApiException">404, or what <paramref name="duplicate"/> makes.</exception>
    public static async Task SaveAsync(this SuretyDb db, string kind, string id, Func<ApiException>? duplicate, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw ApiException.NotFound(kind, id);
        }
        catch (DbUpdateException error) when (duplicate is not null && UniqueViolation.Is(error))
        {
            throw duplicate();
        }
    }
}
