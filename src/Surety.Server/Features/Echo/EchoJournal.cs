using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Server.Features.Connect;
using Surety.Server.Storage;

namespace Surety.Server.Features.Echo;

/// <summary>
/// What devices report and are asked to write, on its way to their echoes: the last of each path is kept in memory, and written every ten seconds and when
/// the server stops. A crash loses what was not written; the device's next report brings it. Thread-safe.
/// </summary>
internal sealed partial class EchoJournal(SuretyDbFactory databases, TimeProvider time, ILogger<EchoJournal> log) : PeriodicWriter(TimeSpan.FromSeconds(10), time)
{
    private const int BatchSize = 500;
    private const long MaxBytes = 64 * 1024 * 1024;

    // What a path costs besides its value.
    private const int Overhead = 400;

    private readonly TimeProvider _time = time;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _flushing = new(1, 1);
    private Dictionary<EntityId, Dictionary<Lwm2mPath, EchoChange>> _changes = [];
    private Dictionary<EntityId, Dictionary<Lwm2mPath, EchoChange>> _writing = [];
    private long _bytes;
    private bool _isFull;

    /// <summary>A device has reported a value that applications want, or that it reports by itself.</summary>
    public void Report(EntityId account, EntityId device, Lwm2mPath path, CachedValue value)
    {
        lock (_lock)
        {
            if (!TryFind(account, device, path, value.Payload.Length, out var change))
                return;
            change.Reported = value;
        }
    }

    /// <summary>A value is about to be written by a device request.</summary>
    public void Desire(EntityId account, EntityId device, Lwm2mPath path, ContentFormat? format, ReadOnlyMemory<byte> value)
    {
        if (value.Length > EchoLimits.MaxValue)
            return;
        lock (_lock)
        {
            if (!TryFind(account, device, path, value.Length, out var change))
                return;
            change.Desired = new EchoDesire(value, format, _time.GetInstant());
            change.Outcome = null;
        }
    }

    /// <summary>The device has taken a desired value, or not. When it was not the present wish, nothing changes.</summary>
    public void Complete(EntityId account, EntityId device, Lwm2mPath path, ReadOnlyMemory<byte> value, bool isDone)
    {
        if (value.Length > EchoLimits.MaxValue)
            return;
        lock (_lock)
        {
            if (TryFind(account, device, path, value.Length, out var change) && (change.Desired is not { } desired || desired.Value.Span.SequenceEqual(value.Span)))
                change.Outcome = new EchoOutcome(value, isDone ? EchoStatus.Done : EchoStatus.Failed, _time.GetInstant());
        }
    }

    /// <summary>Brings the rows of a device up to date with what is not written yet, in memory alone.</summary>
    public List<EchoResource> Refresh(EntityId device, List<EchoResource> rows)
    {
        lock (_lock)
        {
            foreach (var changes in new[] { _writing.GetValueOrDefault(device), _changes.GetValueOrDefault(device) })
            {
                foreach (var (path, change) in changes ?? [])
                {
                    var text = path.ToString();
                    if (rows.Find(row => row.Path == text) is not { } row)
                    {
                        // An outcome alone makes no resource.
                        if (rows.Count >= EchoLimits.MaxResources || (change.Reported is null && change.Desired is null))
                            continue;
                        rows.Add(row = NewRow(device, path, change));
                    }

                    change.ApplyTo(row);
                }
            }
        }

        return rows;
    }

    /// <summary>Forgets what is not written yet of a device.</summary>
    public void Discard(EntityId device)
    {
        lock (_lock)
            _changes.Remove(device);
    }

    /// <summary>Writes what there is.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            lock (_lock)
            {
                // What could not be written last time comes first.
                if (_writing.Count == 0)
                {
                    (_writing, _changes) = (_changes, _writing);
                    _bytes = 0;
                    _isFull = false;
                }
            }

            var batch = new List<KeyValuePair<EntityId, Dictionary<Lwm2mPath, EchoChange>>>();
            var size = 0;
            foreach (var device in _writing)
            {
                batch.Add(device);
                size += device.Value.Count;
                if (size < BatchSize)
                    continue;
                await WriteAsync(batch, cancellationToken);
                batch.Clear();
                size = 0;
            }

            if (batch.Count > 0)
                await WriteAsync(batch, cancellationToken);
            lock (_lock)
                _writing.Clear();
        }
        finally
        {
            _flushing.Release();
        }
    }

    public override void Dispose()
    {
        _flushing.Dispose();
        base.Dispose();
    }

    protected override Task WriteAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    protected override void OnNotWritten(Exception error) => LogNotWritten(error);

    private async Task WriteAsync(List<KeyValuePair<EntityId, Dictionary<Lwm2mPath, EchoChange>>> batch, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = databases.OpenForPlatform();
            await StageAsync(db, batch, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (IsRace(error))
        {
            if (batch.Count > 1)
            {
                foreach (var one in batch)
                    await WriteAsync([one], cancellationToken);
                return;
            }

            // The device was deleted, or an application has just made the row; the next report is written again.
            LogRace(batch[0].Key);
        }
    }

    private static async Task StageAsync(SuretyDb db, List<KeyValuePair<EntityId, Dictionary<Lwm2mPath, EchoChange>>> batch, CancellationToken cancellationToken)
    {
        var devices = batch.ConvertAll(device => device.Key);
        var paths = batch.SelectMany(device => device.Value.Keys).Select(path => path.ToString()).Distinct().ToList();
        var counts = await db.AllAccounts<Directory.Device>().Where(device => devices.Contains(device.Id))
            .Select(device => new { device.Id, Count = db.AllAccounts<EchoResource>().Count(row => row.DeviceId == device.Id) })
            .ToDictionaryAsync(device => device.Id, device => device.Count, cancellationToken);
        var rows = await db.AllAccounts<EchoResource>().Where(row => devices.Contains(row.DeviceId) && paths.Contains(row.Path))
            .ToDictionaryAsync(row => (row.DeviceId, row.Path), cancellationToken);
        foreach (var (device, changes) in batch)
        {
            // Deleted meanwhile.
            if (!counts.TryGetValue(device, out var count))
                continue;
            foreach (var (path, change) in changes)
            {
                if (!rows.TryGetValue((device, path.ToString()), out var row))
                {
                    if (count++ >= EchoLimits.MaxResources || (change.Reported is null && change.Desired is null))
                        continue;
                    db.Add(row = NewRow(device, path, change));
                }

                change.ApplyTo(row);
            }
        }
    }

    private static EchoResource NewRow(EntityId device, Lwm2mPath path, EchoChange change) => new()
    {
        DeviceId = device,
        AccountId = change.Account,
        Path = path.ToString(),
        CreatedAt = Instant.FromMicroseconds(Instant.ToMicroseconds(change.Reported?.ReceivedAt ?? change.Desired!.At)),
    };

    private static bool IsRace(DbUpdateException error) =>
        UniqueViolation.Is(error) || error is DbUpdateConcurrencyException || (error.InnerException is DbException inner && ForeignKeyViolation.Is(inner));

    private bool TryFind(EntityId account, EntityId device, Lwm2mPath path, int length, out EchoChange change)
    {
        change = null!;
        var changes = _changes.GetValueOrDefault(device);
        if (changes is not null && changes.TryGetValue(path, out var known))
        {
            change = known;
            return true;
        }

        if (_bytes + length + Overhead > MaxBytes || changes?.Count >= EchoLimits.MaxResources)
        {
            if (!_isFull)
                LogFull(device);
            _isFull = true;
            return false;
        }

        _bytes += length + Overhead;
        if (changes is null)
            _changes.Add(device, changes = []);
        changes.Add(path, change = new EchoChange(account));
        return true;
    }

    [LoggerMessage(1471, LogLevel.Error, "Echoes of devices could not be written; it is tried again")]
    private partial void LogNotWritten(Exception exception);

    [LoggerMessage(1472, LogLevel.Debug, "The echo of device {Device} was changed or deleted meanwhile")]
    private partial void LogRace(EntityId device);

    [LoggerMessage(1473, LogLevel.Warning, "More is reported than echoes keep: {Device}, and maybe others, have values that their echoes do not show")]
    private partial void LogFull(EntityId device);
}
