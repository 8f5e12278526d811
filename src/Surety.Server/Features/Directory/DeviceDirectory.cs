using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Surety.Server.Api;
using Surety.Server.Features.DeviceEvents;
using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>The device directory: what the REST API asks of it, and the door for those who register devices.</summary>
internal sealed partial class DeviceDirectory(
    SuretyDbFactory databases, EntityIdGenerator ids, DeviceEventService events, TimeProvider time, ILogger<DeviceDirectory> log)
{
    private const string Kind = "device";

    /// <summary>
    /// Raised after a device has been deleted or blocked and that is committed; on the thread of the request, so handlers must be short.
    /// </summary>
    public event Action<DeviceWithdrawal>? Withdrawn;

    /// <summary>Raised after a device that was blocked may connect again and that is committed; handlers must be short.</summary>
    public event Action<DeviceWithdrawal>? Resumed;

    /// <summary>Raised after a device has got another <c>device_key</c> and that is committed; handlers must be short.</summary>
    public event Action<DeviceKeyChange>? KeyChanged;

    /// <summary>Opens the way for registrations. The caller uses it from one thread at a time, keeps it, and disposes it.</summary>
    public DeviceWriter OpenWriter() => databases.Provider == DatabaseProvider.Sqlite
        ? new SqliteDeviceWriter(databases.OpenSqlite(), ids, time)
        : new PostgresDeviceWriter(databases.OpenPostgres(), ids, time);

    public async Task<ListResponse<DeviceData>> ListAsync(EntityId accountId, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        return await DevicePage.ReadAsync(db, DeviceFilters.All.Apply(db.Devices, list.Conditions), list, cancellationToken);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<DeviceData> GetAsync(EntityId accountId, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        return DeviceData.Of(await FindAsync(Readable(db).AsNoTracking(), id, cancellationToken));
    }

    /// <exception cref="ApiException">409: the endpoint name is taken.</exception>
    public async Task<DeviceData> CreateAsync(EntityId accountId, DeviceDataPostRequest request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        var device = DeviceChanges.Create(ids.Next(), accountId, request, time.GetInstant());
        db.Devices.Add(device);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            throw ApiException.Duplicate(
                $"Another device of the account has the endpoint name '{ApiException.Shorten(device.EndpointName ?? "")}'.",
                new ErrorField("endpoint_name", "is taken"));
        }

        KeyChanged?.Invoke(new DeviceKeyChange(accountId, device.Id, "", device.DeviceKey));
        events.Record(accountId, device.Id, DeviceEventType.Created, "Device record created");
        return DeviceData.Of(device);
    }

    /// <exception cref="ApiException">400, 404 or 412.</exception>
    public async Task<DeviceData> UpdateAsync(
        EntityId accountId, string id, DeviceDataPutRequest request, string? ifMatch, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        await using var transaction = await BeginChangeAsync(db, id, cancellationToken);
        var device = await FindAsync(db.Devices, id, cancellationToken);
        Precondition.Check(ifMatch, device.UpdatedAt);
        if (request.EndpointName is { } endpointName && endpointName != (device.EndpointName ?? ""))
            throw ApiException.Invalid("endpoint_name", "is read-only: it comes from the device");
        var keyBefore = device.DeviceKey;
        DeviceChanges.Update(device, request);
        await SaveAsync(db, device, id, cancellationToken);
        await db.Entry(device).Collection(row => row.Memberships).LoadAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (device.DeviceKey != keyBefore)
            KeyChanged?.Invoke(new DeviceKeyChange(accountId, device.Id, keyBefore, device.DeviceKey));
        return DeviceData.Of(device);
    }

    /// <exception cref="ApiException">404; 400 for a device with a production certificate.</exception>
    public async Task DeleteAsync(EntityId accountId, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        var device = await FindAsync(db.Devices, id, cancellationToken);
        if (device.DeviceExecutionMode == DeviceExecutionMode.Production)
            throw ApiException.Invalid("device_execution_mode", "is 5: a device with a production certificate cannot be deleted");
        db.Devices.Remove(device);
        await SaveAsync(db, device, id, cancellationToken);
        KeyChanged?.Invoke(new DeviceKeyChange(accountId, device.Id, device.DeviceKey, ""));
        events.Record(accountId, device.Id, DeviceEventType.Deleted, "Device record deleted", data: NameOf(device));
        Raise(new DeviceWithdrawal(accountId, device.Id, device.EndpointName, DeviceWithdrawalReason.Deleted));
    }

    /// <summary>Blocks a device until <see cref="ResumeAsync"/>. (device-directory, suspend.)</summary>
    /// <param name="accountId">The account of the caller.</param>
    /// <param name="id">The device id, as the caller sent it.</param>
    /// <param name="category">Reference of a block category.</param>
    /// <param name="description">For people; at most 2000 characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiException">404.</exception>
    public async Task SuspendAsync(EntityId accountId, string id, string category, string? description, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        await using var transaction = await BeginChangeAsync(db, id, cancellationToken);
        var device = await FindAsync(db.Devices, id, cancellationToken);
        DeviceChanges.Suspend(device, category, description, time.GetInstant());
        await SaveAsync(db, device, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        events.Record(accountId, device.Id, DeviceEventType.Suspended, Describe("Device suspended", category, description), data: NameOf(device));
        Raise(new DeviceWithdrawal(accountId, device.Id, device.EndpointName, DeviceWithdrawalReason.Blocked));
    }

    /// <summary>
    /// Lets a suspended device connect again. The category must be the one it was suspended with. (device-directory, resume.)
    /// </summary>
    /// <inheritdoc cref="SuspendAsync"/>
    public async Task ResumeAsync(EntityId accountId, string id, string category, string? description, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        await using var transaction = await BeginChangeAsync(db, id, cancellationToken);
        var device = await FindAsync(db.Devices, id, cancellationToken);
        if (!device.OperatorSuspended || device.LastOperatorSuspendedCategory != category)
            throw ApiException.Invalid("category", "must be the one that the device is suspended with");
        DeviceChanges.Resume(device, description, time.GetInstant());
        await SaveAsync(db, device, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        events.Record(accountId, device.Id, DeviceEventType.Resumed, Describe("Device resumed", category, description), data: NameOf(device));
        if (!device.SystemSuspended)
            Resumed?.Invoke(new DeviceWithdrawal(accountId, device.Id, device.EndpointName, DeviceWithdrawalReason.Blocked));
    }

    /// <summary>The devices with all that <see cref="DeviceData"/> shows.</summary>
    internal static IQueryable<Device> Readable(SuretyDb db) => db.Devices.Include(device => device.Memberships).AsSplitQuery();

    private static Task<IDbContextTransaction> BeginChangeAsync(SuretyDb db, string id, CancellationToken cancellationToken) =>
        db.BeginChangeAsync<Device>(id, device => device.UpdatedAt, cancellationToken);

    private static Dictionary<string, string> NameOf(Device device) => new() { ["endpoint_name"] = device.EndpointName ?? "" };

    private static string Describe(string what, string category, string? description) =>
        $"{what} ({category}){(string.IsNullOrEmpty(description) ? "" : ": " + description)}";

    private static async Task<Device> FindAsync(IQueryable<Device> devices, string id, CancellationToken cancellationToken) =>
        (EntityId.TryParse(id, out var deviceId)
            ? await devices.AsSplitQuery().SingleOrDefaultAsync(device => device.Id == deviceId, cancellationToken)
            : null)
        ?? throw ApiException.NotFound(Kind, id);

    private async Task SaveAsync(SuretyDb db, Device device, string id, CancellationToken cancellationToken)
    {
        if (!db.ChangeTracker.HasChanges())
            return;
        device.UpdatedAt = time.GetInstant();
        await db.SaveAsync(Kind, id, duplicate: null, cancellationToken);
    }

    private void Raise(DeviceWithdrawal withdrawal)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(Withdrawn))
        {
            try
            {
                handler(withdrawal);
            }
            catch (Exception error)
            {
                // The change is committed: the request has succeeded whatever a listener makes of it, and the others must hear of it too.
                LogListenerFailed(error, withdrawal.DeviceId);
            }
        }
    }

    [LoggerMessage(1301, LogLevel.Error, "A listener failed on the withdrawal of device {DeviceId}")]
    private partial void LogListenerFailed(Exception error, EntityId deviceId);
}
