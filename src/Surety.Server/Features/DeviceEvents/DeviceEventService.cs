using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Storage;

namespace Surety.Server.Features.DeviceEvents;

/// <summary>
/// What happened to devices. Recording costs a look-up in memory and never waits, so that endpoints' threads may do it; rows are written in
/// batches. The same event of the same device within <see cref="Window"/> is one row with a count: a device that is refused a thousand times is
/// one event, and a flood is no more rows than there are devices.
/// </summary>
internal sealed partial class DeviceEventService(SuretyDbFactory databases, EntityIdGenerator ids, TimeProvider time, ILogger<DeviceEventService> log)
{
    /// <summary>How long repetitions are counted in one event.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>How long events are kept. Default 90 days (<c>Surety:DeviceEvents:RetentionDays</c>).</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

    // About 500 bytes each.
    private const int MaxOpen = 20_000;

    // Of devices without a record, in one account: whoever has an authority can think up as many names as he likes.
    private const int MaxUnknown = 500;

    private const int MaxDescription = 1000;

    private readonly ConcurrentDictionary<Key, Open> _open = new();
    private readonly ConcurrentDictionary<EntityId, int> _unknown = new();
    private long _lost;

    /// <summary>Records that something happened. From any thread; never waits, never throws.</summary>
    /// <param name="accountId">Whose device it is, or whose authority vouched for it.</param>
    /// <param name="deviceId">The device; null when it has no record.</param>
    /// <param name="type">What happened.</param>
    /// <param name="description">In words.</param>
    /// <param name="subject">What tells devices without a record apart: an endpoint name, a fingerprint.</param>
    /// <param name="data">The context.</param>
    public void Record(
        EntityId accountId, EntityId? deviceId, DeviceEventType type, string description, string subject = "", IReadOnlyDictionary<string, string>? data = null)
    {
        var now = time.GetInstant();
        var key = new Key(accountId, deviceId, type.Code, deviceId is null ? subject : "");
        while (true)
        {
            if (_open.TryGetValue(key, out var open))
            {
                if (open.Add(now))
                    return;
                // Its hour is over; the writer is about to forget it.
                _open.TryRemove(new(key, open));
                continue;
            }

            if (_open.Count >= MaxOpen)
            {
                Interlocked.Increment(ref _lost);
                return;
            }

            if (deviceId is null && subject.Length > 0 && _unknown.AddOrUpdate(accountId, 1, static (_, count) => count + 1) > MaxUnknown)
            {
                // One row for all that come after so many.
                key = key with { Subject = "" };
                subject = "";
                description = "more devices without a record were refused: " + description;
                continue;
            }

            var row = new DeviceEvent
            {
                Id = ids.Next(),
                AccountId = accountId,
                DeviceId = deviceId,
                EventType = type.Code,
                Description = description.Length > MaxDescription ? description[..MaxDescription] : description,
                Data = JsonSerializer.Serialize(data ?? new Dictionary<string, string>()),
                StateChange = type.StateChange,
                DateTime = now,
                CreatedAt = now,
            };
            if (_open.TryAdd(key, new Open(row)))
                return;
        }
    }

    /// <summary>Writes what was recorded since the last time, and forgets what is over. By one caller at a time.</summary>
    /// <exception cref="System.Data.Common.DbException">The database fails: everything is kept for the next time.</exception>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var now = time.GetInstant();
        var taken = new List<(Open Open, DeviceEvent Row, int Count, DateTimeOffset Last, bool IsNew)>();
        foreach (var (key, open) in _open)
        {
            if (open.TryTake(out var count, out var last, out var isNew))
                taken.Add((open, open.Row, count, last, isNew));
            else if (now - open.Row.CreatedAt >= Window && open.Close() && _open.TryRemove(new(key, open)) && key is { DeviceId: null, Subject.Length: > 0 })
                _unknown.AddOrUpdate(key.AccountId, 0, static (_, unknown) => Math.Max(unknown - 1, 0));
        }

        try
        {
            await WriteAsync(taken, cancellationToken);
        }
        catch
        {
            foreach (var (open, _, _, _, isNew) in taken)
                open.GiveBack(isNew);
            throw;
        }

        if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
            LogLost(lost);
    }

    /// <summary>Deletes what is older than <see cref="Retention"/>.</summary>
    public async Task<int> DeleteOldAsync(CancellationToken cancellationToken)
    {
        var before = time.GetInstant() - Retention;
        await using var db = databases.OpenForPlatform();
        return await db.AllAccounts<DeviceEvent>().Where(row => row.DateTime < before).ExecuteDeleteAsync(cancellationToken);
    }

    public async Task<ListResponse<DeviceEventData>> ListAsync(EntityId accountId, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        return await DeviceEventData.Filters.Apply(db.Set<DeviceEvent>(), list.Conditions).ToPageAsync(list, DeviceEventData.Of, alwaysCount: false, cancellationToken);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<DeviceEventData> GetAsync(EntityId accountId, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        return DeviceEventData.Of(await db.Set<DeviceEvent>().AsNoTracking().RequireAsync(id, "device event", cancellationToken));
    }

    private async Task WriteAsync(List<(Open Open, DeviceEvent Row, int Count, DateTimeOffset Last, bool IsNew)> taken, CancellationToken cancellationToken)
    {
        if (taken.Count == 0)
            return;
        await using var db = databases.OpenForPlatform();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // An account that was deleted meanwhile must not cost the others their events.
        var accounts = taken.Select(item => item.Row.AccountId).Distinct().ToList();
        var known = (await db.AllAccounts<Accounts.Account>().Where(account => accounts.Contains(account.Id)).Select(account => account.Id).ToListAsync(cancellationToken)).ToHashSet();
        foreach (var (_, row, count, last, isNew) in taken.Where(item => known.Contains(item.Row.AccountId)))
        {
            if (isNew)
            {
                row.Count = count;
                row.DateTime = last;
                db.Add(row);
                continue;
            }

            var id = row.Id;
            await db.AllAccounts<DeviceEvent>().Where(stored => stored.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(stored => stored.Count, count).SetProperty(stored => stored.DateTime, last), cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    [LoggerMessage(1711, LogLevel.Warning, "{Count} device events were dropped: more different ones came at once than are kept in memory")]
    private partial void LogLost(long count);

    private readonly record struct Key(EntityId AccountId, EntityId? DeviceId, string Code, string Subject);

    /// <summary>An event of which repetitions are counted.</summary>
    private sealed class Open(DeviceEvent row)
    {
        private readonly Lock _lock = new();
        private int _count = 1;
        private DateTimeOffset _last = row.DateTime;
        private bool _isChanged = true;
        private bool _isStored;
        private bool _isClosed;

        public DeviceEvent Row => row;

        public bool Add(DateTimeOffset now)
        {
            lock (_lock)
            {
                if (_isClosed || now - row.CreatedAt >= Window)
                    return false;
                _count++;
                _last = now;
                return _isChanged = true;
            }
        }

        public bool TryTake(out int count, out DateTimeOffset last, out bool isNew)
        {
            lock (_lock)
            {
                (count, last, isNew) = (_count, _last, !_isStored);
                if (!_isChanged)
                    return false;
                _isChanged = false;
                return _isStored = true;
            }
        }

        public void GiveBack(bool isNew)
        {
            lock (_lock)
            {
                _isChanged = true;
                _isStored = !isNew;
            }
        }

        public bool Close()
        {
            lock (_lock)
                return !_isChanged && (_isClosed = true);
        }
    }
}
