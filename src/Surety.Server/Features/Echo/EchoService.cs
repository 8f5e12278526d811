using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.Audit;
using Surety.Server.Features.Connect;
using Surety.Server.Storage;

namespace Surety.Server.Features.Echo;

/// <summary>Shows and changes the echoes of devices.</summary>
internal sealed class EchoService(
    SuretyDbFactory databases, EchoJournal journal, EchoDelivery delivery, SubscriptionService subscriptions, AuditTrail audit, TimeProvider time)
{
    // Who loses against a writer of the same instant this often meets no chance.
    private const int MaxAttempts = 5;

    /// <exception cref="ApiException">404.</exception>
    public async Task<EchoData> GetAsync(EntityId account, string device, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        var record = await db.Devices.AsNoTracking().RequireAsync(device, "device", cancellationToken);
        var etag = await db.Set<DeviceEcho>().Where(echo => echo.DeviceId == record.Id).Select(echo => (DateTimeOffset?)echo.Etag).SingleOrDefaultAsync(cancellationToken);
        var rows = await db.Set<EchoResource>().AsNoTracking().Where(row => row.DeviceId == record.Id).ToListAsync(cancellationToken);
        return Show(record, etag, journal.Refresh(record.Id, rows));
    }

    /// <summary>Says what is wanted of some paths.</summary>
    /// <exception cref="ApiException">400, 403, 404 or 412.</exception>
    public async Task<EchoData> SetAsync(EntityId account, string device, EchoReq request, string? ifMatch, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var id = await TrySetAsync(account, device, request, ifMatch, cancellationToken);
                delivery.Add(id);
                return await GetAsync(account, device, cancellationToken);
            }
            catch (DbUpdateException error) when (attempt < MaxAttempts && (error is DbUpdateConcurrencyException || UniqueViolation.Is(error)))
            {
                // Another one was faster: its change is read, and held against If-Match.
            }
        }
    }

    /// <summary>Forgets what the device has reported and what is wanted of it.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task DeleteAsync(EntityId account, string device, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        var id = await db.Devices.RequireIdAsync(device, "device", cancellationToken);
        await journal.FlushAsync(cancellationToken);
        await audit.DeleteAsync(db, db.Set<EchoResource>().Where(row => row.DeviceId == id), cancellationToken);
        await db.Set<DeviceEcho>().Where(echo => echo.DeviceId == id).ExecuteDeleteAsync(cancellationToken);
        journal.Discard(id);
    }

    private async Task<EntityId> TrySetAsync(EntityId account, string device, EchoReq request, string? ifMatch, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        var record = await db.Devices.AsNoTracking().RequireAsync(device, "device", cancellationToken);
        var wishes = Read(request);
        var echo = await db.Set<DeviceEcho>().SingleOrDefaultAsync(e => e.DeviceId == record.Id, cancellationToken);
        Precondition.Check(ifMatch, echo?.Etag ?? record.CreatedAt);
        var now = time.GetInstant();
        if (echo is null)
            db.Add(echo = new DeviceEcho { DeviceId = record.Id, AccountId = account });
        echo.Etag = echo.Etag < now ? now : echo.Etag + TimeSpan.FromMicroseconds(1);

        var rows = await db.Set<EchoResource>().Where(row => row.DeviceId == record.Id).ToDictionaryAsync(row => row.Path, cancellationToken);
        foreach (var (path, value, type) in wishes)
        {
            if (!rows.TryGetValue(path, out var row))
            {
                if (value is null)
                    continue;
                rows.Add(path, row = new EchoResource { DeviceId = record.Id, AccountId = account, Path = path, CreatedAt = now });
                db.Add(row);
            }

            row.Desired = value;
            row.DesiredType = value is null ? null : type;
            row.DesiredAt = value is null ? null : now;
            row.Status = EchoStatus.Pending;
            row.StatusUpdatedAt = value is null ? null : now;
            row.IsHeld = value is not null;
        }

        if (rows.Count > EchoLimits.MaxResources)
            throw ApiException.LimitExceeded($"The echo of a device has at most {EchoLimits.MaxResources} resources. Delete it to begin anew.");
        await db.SaveChangesAsync(cancellationToken);
        return record.Id;
    }

    private static List<(string Path, byte[]? Value, string? Type)> Read(EchoReq request)
    {
        if (request.Resources is not { Count: > 0 and <= EchoLimits.MaxResources } resources)
            throw ApiException.Invalid("resources", $"must have 1 to {EchoLimits.MaxResources} resources");
        var errors = new List<ErrorField>();
        var wishes = new List<(string Path, byte[]? Value, string? Type)>();
        var paths = new HashSet<string>();
        for (var i = 0; i < resources.Count && errors.Count < 10; i++)
        {
            if (resources[i] is not { } wish)
            {
                errors.Add(new ErrorField($"resources[{i}]", "must be an object"));
                continue;
            }

            var (path, value, type) = wish.Check($"resources[{i}]", errors);
            if (!paths.Add(path.ToString()))
                errors.Add(new ErrorField($"resources[{i}].resource_path", "is there twice"));
            wishes.Add((path.ToString(), value, type));
        }

        return errors.Count == 0 ? wishes : throw ApiException.Invalid(errors);
    }

    private EchoData Show(Directory.Device device, DateTimeOffset? etag, List<EchoResource> rows)
    {
        var subscribed = subscriptions.WantedOf(device.Id);
        var lastDesired = rows.Max(row => row.DesiredAt);
        var lastReported = rows.Max(row => row.ReportedAt);
        return new EchoData
        {
            Id = device.Id,
            DeviceId = device.Id,
            EndpointName = device.EndpointName ?? "",
            Resources = [.. rows.OrderBy(row => row.Path, StringComparer.Ordinal).Select(row => Show(row, subscribed)).Where(row => row.Reported is not null || row.Desired is not null)],
            LastDesiredAt = lastDesired,
            LastReportedAt = lastReported,
            CreatedAt = rows.Count == 0 ? device.CreatedAt : rows.Min(row => row.CreatedAt),
            UpdatedAt = new[] { lastDesired, lastReported, rows.Max(row => row.StatusUpdatedAt), etag, device.CreatedAt }.Max()!.Value,
            Etag = etag ?? device.CreatedAt,
        };
    }

    private static EchoResourceData Show(EchoResource row, HashSet<string> subscribed) => new(
        row.Path,
        row.ReportedAt is { } reported ? new EchoReportedData(row.Reported, row.ReportedType, reported, row.ExpiresAt ?? reported) : null,
        row is { Desired: { } value, DesiredAt: { } desired } ? new EchoDesiredData(value, row.DesiredType, desired, (int)row.Status, row.StatusUpdatedAt ?? desired) : null,
        subscribed.Contains(row.Path));
}
