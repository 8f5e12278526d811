using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Surety.Server.Storage;

namespace Surety.Server.Features.Audit;

/// <summary>
/// Adds to whatever is saved the lines of the audit log about it, in the same transaction, so that there is neither without the other; and is the
/// door for those who change rows past the change tracker. Safe for concurrent use.
/// </summary>
internal sealed class AuditTrail(EntityIdGenerator ids, TimeProvider time) : SaveChangesInterceptor
{
    /// <summary>Adds a line to what <paramref name="db"/> saves next.</summary>
    /// <param name="db">The context.</param>
    /// <param name="record">What is done.</param>
    /// <param name="actor">By whom; null for who is at work here.</param>
    public void Add(SuretyDb db, AuditRecord record, AuditActor? actor = null) =>
        db.Add(record.ToEntry(ids.Next(), actor ?? AuditScope.Actor, time.GetInstant()));

    /// <summary>
    /// Deletes rows as <c>ExecuteDelete</c> does, but with a line in the log about each. In the transaction of <paramref name="db"/>, or one of its own;
    /// what else is pending in <paramref name="db"/> is saved along.
    /// </summary>
    /// <param name="db">The context.</param>
    /// <param name="rows">What goes.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>How many rows went.</returns>
    public async Task<int> DeleteAsync<T>(SuretyDb db, IQueryable<T> rows, CancellationToken cancellationToken)
        where T : class, IAccountOwned
    {
        if (!AuditCollector.IsRecorded(typeof(T), AuditScope.Actor))
            return await rows.ExecuteDeleteAsync(cancellationToken);
        var isOwn = db.Database.CurrentTransaction is null;
        await using var transaction = isOwn ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var found = await rows.AsNoTracking().ToListAsync(cancellationToken);
        if (found.Count == 0)
            return 0;
        // Who comes second deletes none, and has nothing to say.
        var deleted = await rows.ExecuteDeleteAsync(cancellationToken);
        if (deleted > 0)
        {
            foreach (var record in AuditCollector.Deleted(db, found))
                Add(db, record);
            await db.SaveChangesAsync(cancellationToken);
        }

        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
        return deleted;
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Record(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Record(eventData.Context);
        return new(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Forget(eventData.Context);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context);
        return Task.CompletedTask;
    }

    private void Record(DbContext? context)
    {
        if (context is not SuretyDb db)
            return;
        var actor = AuditScope.Actor;
        foreach (var record in AuditCollector.Collect(db, actor).ToList())
            Add(db, record, actor);
    }

    // Who saves again records again.
    private static void Forget(DbContext? context)
    {
        foreach (var entry in context?.ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State == EntityState.Added).ToList() ?? [])
            entry.State = EntityState.Detached;
    }
}
