using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Surety.Server.Storage;

/// <summary>Has those who read a row to change it wait for each other, so that none undoes what another has written in between.</summary>
internal static class RowChange
{
    /// <summary>
    /// Begins a transaction that nobody else's change of the row comes into; what is read after it is the present state. A row that does not
    /// exist is no error here. Keep it short: SQLite has one writer.
    /// </summary>
    /// <param name="db">The database of the account.</param>
    /// <param name="id">The row, as the caller sent it.</param>
    /// <param name="column">Any column of its own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<IDbContextTransaction> BeginChangeAsync<T>(
        this SuretyDb db, string id, Expression<Func<T, DateTimeOffset>> column, CancellationToken cancellationToken)
        where T : class, IEntity
    {
        // SQLite: BEGIN IMMEDIATE, which takes the only lock there is.
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (db is not SqliteSuretyDb && EntityId.TryParse(id, out var rowId))
            await db.Set<T>().Where(row => row.Id == rowId).ExecuteUpdateAsync(row => row.SetProperty(column, column), cancellationToken);
        return transaction;
    }
}
