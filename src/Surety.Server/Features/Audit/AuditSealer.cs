using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Cluster;
using Surety.Server.Hosting.Settings;
using Surety.Server.Storage;

namespace Surety.Server.Features.Audit;

/// <summary>
/// Seals new entries once a second, in the order in which they are found, and drops old ones once an hour. Sealing is apart from writing, so that
/// changes of one account need not wait for each other. In a cluster one node does it.
/// </summary>
internal sealed partial class AuditSealer(
    SuretyDbFactory databases, AuditSeal seal, AuditSettings settings, IClusterLeases leases, TimeProvider time, ILogger<AuditSealer> log) : PeriodicWriter(TimeSpan.FromSeconds(1), time)
{
    private const string Work = "audit-seal";
    private const int BatchSize = 500;
    private const int RoundsPerCleaning = 3600;

    private readonly TimeProvider _time = time;
    private readonly SemaphoreSlim _sealing = new(1, 1);
    private int _rounds;

    /// <summary>Seals what there is, at the node that does it; with another, that node does within a second.</summary>
    public async Task SealAsync(CancellationToken cancellationToken)
    {
        // Two nodes that go on with the same end would fork the chain.
        if (!await leases.HoldAsync(Work))
            return;
        await _sealing.WaitAsync(cancellationToken);
        try
        {
            while (await SealBatchAsync(cancellationToken) == BatchSize)
            {
            }
        }
        finally
        {
            _sealing.Release();
        }
    }

    /// <summary>Drops what is older than the settings say. The chain goes on from the last that was dropped.</summary>
    public async Task DropOldAsync(CancellationToken cancellationToken)
    {
        if (!await leases.HoldAsync(Work))
            return;
        var before = _time.GetInstant() - settings.Retention;
        await _sealing.WaitAsync(cancellationToken);
        try
        {
            List<AuditChain> chains;
            await using (var all = databases.OpenForPlatform())
                chains = await all.AllAccounts<AuditChain>().AsNoTracking().ToListAsync(cancellationToken);
            foreach (var chain in chains)
                await DropOldAsync(chain.AccountId, before, cancellationToken);
        }
        finally
        {
            _sealing.Release();
        }
    }

    public override void Dispose()
    {
        _sealing.Dispose();
        base.Dispose();
    }

    protected override async Task WriteAsync(CancellationToken cancellationToken)
    {
        await SealAsync(cancellationToken);
        if (_rounds++ % RoundsPerCleaning == 0)
            await DropOldAsync(cancellationToken);
    }

    protected override void OnNotWritten(Exception error) => LogFailed(error);

    private async Task<int> SealBatchAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var entries = await db.AllAccounts<AuditEntry>().Where(entry => entry.Sequence == null).OrderBy(entry => entry.Id).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var group in entries.GroupBy(entry => entry.AccountId))
        {
            var chain = await db.AllAccounts<AuditChain>().SingleOrDefaultAsync(chain => chain.AccountId == group.Key, cancellationToken);
            if (chain is null)
                db.Add(chain = new AuditChain { AccountId = group.Key, LastSeal = AuditSeal.Start, DroppedSeal = AuditSeal.Start });
            foreach (var entry in group)
            {
                entry.Sequence = chain.LastSequence + 1;
                entry.Seal = seal.Of(chain.LastSeal, chain.LastSequence + 1, entry);
                (chain.LastSequence, chain.LastSeal) = (entry.Sequence.Value, entry.Seal);
            }
        }

        if (entries.Count > 0)
            await db.SaveChangesAsync(cancellationToken);
        return entries.Count;
    }

    private async Task DropOldAsync(EntityId account, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        var last = await db.Set<AuditEntry>().Where(entry => entry.CreatedAt < before && entry.Sequence != null)
            .OrderByDescending(entry => entry.Sequence).FirstOrDefaultAsync(cancellationToken);
        if (last is null)
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var chain = await db.Set<AuditChain>().SingleAsync(cancellationToken);
        (chain.DroppedSequence, chain.DroppedSeal) = (last.Sequence!.Value, last.Seal!);
        await db.Set<AuditEntry>().Where(entry => entry.Sequence <= last.Sequence).ExecuteDeleteAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    [LoggerMessage(1773, LogLevel.Warning, "The audit log could not be sealed or cleaned; it is tried again")]
    private partial void LogFailed(Exception error);
}
