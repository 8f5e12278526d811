using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>
/// Who is in which group. A change of a group's members is a change of the group - its <c>updated_at</c> and etag - and not of the devices, of
/// which there may be a hundred thousand.
/// </summary>
internal sealed class DeviceGroupMembers(SuretyDbFactory databases, AuditTrail audit, DeviceQueryService queries, TimeProvider time)
{
    // The rest comes from the query of the devices. A device that is in the group already is no error.
    private const string InsertStatement = "INSERT INTO device_group_members (group_id, device_id, account_id) SELECT @surety_group, selected.* FROM (";
    private const string InsertStatementEnd = ") AS selected WHERE true ON CONFLICT DO NOTHING";

    /// <summary>The groups of a device, in the order of their ids; none for a device that the account does not have.</summary>
    public async Task<IReadOnlyList<EntityId>> GroupsOfAsync(EntityId accountId, EntityId deviceId, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        return await db.Set<DeviceGroupMember>().Where(member => member.DeviceId == deviceId).OrderBy(member => member.GroupId)
            .Select(member => member.GroupId).ToListAsync(cancellationToken);
    }

    /// <summary>A page of the devices in a group.</summary>
    /// <exception cref="ApiException">400 or 404.</exception>
    public async Task<ListResponse<DeviceData>> ListAsync(EntityId accountId, string id, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        var groupId = await db.Set<DeviceGroup>().RequireIdAsync(id, DeviceGroupService.Kind, cancellationToken);
        var members = db.Set<DeviceGroupMember>().Where(member => member.GroupId == groupId).Select(member => member.DeviceId);
        var rows = DeviceFilters.All.Apply(db.Devices.Where(device => members.Contains(device.Id)), list.Conditions);
        return await DevicePage.ReadAsync(db, rows, list, cancellationToken);
    }

    /// <summary>Puts a device into a group; one that is in it stays.</summary>
    /// <exception cref="ApiException">404: no such group, or no such device.</exception>
    public Task AddAsync(EntityId accountId, string id, string deviceId, CancellationToken cancellationToken) =>
        ChangeAsync(accountId, id, async (db, groupId) =>
        {
            var device = await db.Devices.RequireIdAsync(deviceId, "device", cancellationToken);
            return await InsertAsync(db, groupId, db.Devices.Where(row => row.Id == device), cancellationToken);
        }, cancellationToken);

    /// <summary>Takes a device out of a group; one that is not in it is no error.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public Task RemoveAsync(EntityId accountId, string id, string deviceId, CancellationToken cancellationToken) =>
        ChangeAsync(accountId, id, async (db, groupId) =>
        {
            var device = await db.Devices.RequireIdAsync(deviceId, "device", cancellationToken);
            return await db.Set<DeviceGroupMember>().Where(member => member.GroupId == groupId && member.DeviceId == device).ExecuteDeleteAsync(cancellationToken);
        }, cancellationToken, action: AuditActions.Delete);

    /// <summary>Puts every device that is selected into a group: all, or in case of an error none.</summary>
    /// <exception cref="ApiException">400: the filter; 404: no such group.</exception>
    public async Task<DeviceGroupChange> AddMatchingAsync(EntityId accountId, string id, DeviceSelection selection, CancellationToken cancellationToken)
    {
        var (conditions, isPreview) = (await PrepareAsync(accountId, selection, cancellationToken), selection.Preview == true);
        var matched = 0;
        var changed = await ChangeAsync(accountId, id, async (db, groupId) =>
        {
            var devices = DeviceFilters.All.Apply(db.Devices, conditions);
            matched = await devices.CountAsync(cancellationToken);
            return isPreview
                ? await devices.CountAsync(device => device.Memberships.All(member => member.GroupId != groupId), cancellationToken)
                : await InsertAsync(db, groupId, devices, cancellationToken);
        }, cancellationToken, isPreview);
        return new DeviceGroupChange { Preview = isPreview, Matched = matched, Changed = changed };
    }

    /// <summary>Takes every device that is selected out of a group: all, or in case of an error none.</summary>
    /// <inheritdoc cref="AddMatchingAsync"/>
    public async Task<DeviceGroupChange> RemoveMatchingAsync(EntityId accountId, string id, DeviceSelection selection, CancellationToken cancellationToken)
    {
        var (conditions, isPreview) = (await PrepareAsync(accountId, selection, cancellationToken), selection.Preview == true);
        var matched = 0;
        var changed = await ChangeAsync(accountId, id, async (db, groupId) =>
        {
            var devices = DeviceFilters.All.Apply(db.Devices, conditions);
            matched = await devices.CountAsync(cancellationToken);
            var selected = devices.Select(device => device.Id);
            var members = db.Set<DeviceGroupMember>().Where(member => member.GroupId == groupId && selected.Contains(member.DeviceId));
            return isPreview ? await members.CountAsync(cancellationToken) : await members.ExecuteDeleteAsync(cancellationToken);
        }, cancellationToken, isPreview, AuditActions.Delete);
        return new DeviceGroupChange { Preview = isPreview, Matched = matched, Changed = changed };
    }

    /// <summary>Inserts memberships for the devices of a query, within the transaction of <paramref name="db"/>. Gives how many are new.</summary>
    internal static async Task<int> InsertAsync(SuretyDb db, EntityId groupId, IQueryable<Device> devices, CancellationToken cancellationToken)
    {
        // In the order of the ids, so that two who add to the same group wait for each other instead of in a circle.
        await using var command = devices.OrderBy(device => device.Id).Select(device => new { device.Id, device.AccountId }).CreateDbCommand();
        command.CommandText = $"{InsertStatement}{command.CommandText}{InsertStatementEnd}";
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@surety_group";
        parameter.Value = ColumnValue(db, groupId);
        command.Parameters.Add(parameter);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static object ColumnValue(SuretyDb db, EntityId id) => db is SqliteSuretyDb ? id.ToByteArray() : id.ToGuid();

    private async Task<IReadOnlyList<FilterCondition>> PrepareAsync(EntityId accountId, DeviceSelection selection, CancellationToken cancellationToken)
    {
        if (selection.Filter is null == selection.QueryId is null)
            throw ApiException.Invalid("filter", "or query_id must be given, and not both; filter \"\" is every device");
        return selection.QueryId is null
            ? DeviceQueryService.ReadFilter("filter", selection.Filter!)
            : DeviceQueryService.ReadFilter("query_id", (await queries.GetAsync(accountId, selection.QueryId, cancellationToken)).Query);
    }

    private async Task<int> ChangeAsync(
        EntityId accountId,
        string id,
        Func<SuretyDb, EntityId, Task<int>> change,
        CancellationToken cancellationToken,
        bool isPreview = false,
        string action = AuditActions.Create)
    {
        await using var db = databases.Open(accountId);
        var groupId = await db.Set<DeviceGroup>().RequireIdAsync(id, DeviceGroupService.Kind, cancellationToken);
        if (isPreview)
            return await change(db, groupId);
        await using var transaction = await db.BeginChangeAsync<DeviceGroup>(id, row => row.UpdatedAt, cancellationToken);
        int changed;
        try
        {
            changed = await change(db, groupId);
        }
        catch (DbException error) when (ForeignKeyViolation.Is(error))
        {
            // The group, or one of the devices, was deleted in between.
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, ErrorTypes.SystemUnavailable, "A device was deleted meanwhile; try again.");
        }

        if (changed > 0)
        {
            var now = time.GetInstant();
            await db.Set<DeviceGroup>().Where(group => group.Id == groupId)
                .ExecuteUpdateAsync(group => group.SetProperty(row => row.UpdatedAt, now), cancellationToken);
            // The rows go past the log: one statement makes or takes away any number.
            audit.Add(db, new AuditRecord(accountId, action, DeviceGroupMember.AuditName, groupId.ToString()) { Count = changed });
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return changed;
    }
}
