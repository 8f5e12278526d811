using Microsoft.EntityFrameworkCore;
using Surety.Lwm2m.Server;
using Surety.Server.Storage;

namespace Surety.Server.Features.Connect;

/// <summary>
/// Keeps how devices wake: registrations and updates, an hour apart or more, as a few intervals for each. What a crash takes away makes one interval
/// longer, which the median forgives. Written in batches; a device that is heard from all the time costs one row an hour.
/// </summary>
internal sealed partial class DeviceWakes(SuretyDbFactory databases, TimeProvider time, ILogger<DeviceWakes> log) : PeriodicWriter(TimeSpan.FromSeconds(10), time)
{
    private const int BatchSize = 500;

    // What cannot be written for long is forgotten: it is statistics.
    private const int MaxPending = 1_000_000;

    // Whoever was heard from in this turn or the last one is awake still; two turns are no longer than the time in which contacts are one wake.
    private static readonly TimeSpan Turn = DeviceWake.Resolution / 2;

    private readonly TimeProvider _time = time;
    private readonly Lock _lock = new();
    private Dictionary<EntityId, (EntityId Account, DateTimeOffset At)> _pending = [];
    private HashSet<EntityId> _heard = [], _heardBefore = [];
    private long _turn;

    /// <summary>A device has registered, or updated its registration.</summary>
    public void OnHeard(Registration registration)
    {
        var device = registration.Device.ToEntityId();
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            ForgetOld(now);
            // It is the same wake still: the database need not be asked.
            if (_heardBefore.Contains(device) || !_heard.Add(device))
                return;
            if (_pending.Count < MaxPending)
                _pending.TryAdd(device, (registration.Tenant.ToEntityId(), now));
        }
    }

    /// <summary>How the devices of a query wake, by device; those that were heard from once, or never, are not there.</summary>
    public static async Task<Dictionary<EntityId, WakePattern>> FindAsync(SuretyDb db, IQueryable<EntityId> devices, CancellationToken cancellationToken)
    {
        var patterns = new Dictionary<EntityId, WakePattern>();
        await foreach (var wake in db.Set<DeviceWake>().AsNoTracking().Where(wake => devices.Contains(wake.Id)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (wake.ToPattern() is { } pattern)
                patterns.Add(wake.Id, pattern);
        }

        return patterns;
    }

    /// <summary>Writes what has come. The service calls it every ten seconds, and at the end.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        Dictionary<EntityId, (EntityId Account, DateTimeOffset At)> pending;
        lock (_lock)
        {
            if (_pending.Count == 0)
                return;
            (pending, _pending) = (_pending, []);
        }

        try
        {
            foreach (var batch in pending.Chunk(BatchSize))
                await WriteAsync(batch, cancellationToken);
        }
        catch
        {
            // A batch that was written already counts as the same wake.
            lock (_lock)
            {
                foreach (var (device, heard) in pending)
                    _pending[device] = heard;
            }

            throw;
        }
    }

    protected override Task WriteAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    protected override void OnNotWritten(Exception error) => LogNotWritten(error);

    private void ForgetOld(DateTimeOffset now)
    {
        var turn = now.UtcTicks / Turn.Ticks;
        if (turn == _turn)
            return;
        _heardBefore = turn == _turn + 1 ? _heard : [];
        _heard = [];
        _turn = turn;
    }

    private async Task WriteAsync(KeyValuePair<EntityId, (EntityId Account, DateTimeOffset At)>[] batch, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var ids = batch.Select(heard => heard.Key).ToList();
        var known = await db.AllAccounts<DeviceWake>().Where(wake => ids.Contains(wake.Id)).ToDictionaryAsync(wake => wake.Id, cancellationToken);
        // A device that was deleted meanwhile has no row to refer to.
        var missing = ids.Where(id => !known.ContainsKey(id)).ToList();
        var devices = missing.Count == 0 ? [] : (await db.AllAccounts<Directory.Device>().Where(device => missing.Contains(device.Id)).Select(device => device.Id).ToListAsync(cancellationToken)).ToHashSet();
        foreach (var (id, (account, at)) in batch)
        {
            if (known.TryGetValue(id, out var wake))
                wake.Add(at);
            else if (devices.Contains(id))
                db.Add(new DeviceWake { Id = id, AccountId = account, LastAt = at });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    [LoggerMessage(1452, LogLevel.Warning, "How devices wake could not be written; it is tried again")]
    private partial void LogNotWritten(Exception exception);
}
