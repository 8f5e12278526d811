using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>The device groups of an account: <c>/v3/device-groups</c>. Who is in them: <see cref="DeviceGroupMembers"/>.</summary>
internal sealed class DeviceGroupService(SuretyDbFactory databases, EntityIdGenerator ids, TimeProvider time)
{
    public const string Kind = "device group";

    public async Task<ListResponse<DeviceGroupData>> ListAsync(EntityId accountId, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        var rows = DeviceGroupData.Filters.Apply(db.Set<DeviceGroup>().AsSplitQuery(), list.Conditions);
        var page = await rows.ToPageAsync(list, group => group, alwaysCount: false, cancellationToken);
        var shown = page.Data.Select(group => group.Id).ToList();
        var counts = await db.Set<DeviceGroupMember>().Where(member => shown.Contains(member.GroupId)).GroupBy(member => member.GroupId)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return page.Map(group => DeviceGroupData.Of(group, counts.GetValueOrDefault(group.Id)));
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<DeviceGroupData> GetAsync(EntityId accountId, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        var group = await FindAsync(db, id, cancellationToken);
        return DeviceGroupData.Of(group, await CountAsync(db, group.Id, cancellationToken));
    }

    /// <exception cref="ApiException">400: no name; 409: the name is taken.</exception>
    public async Task<DeviceGroupData> CreateAsync(EntityId accountId, DeviceGroupRequest request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Name))
            throw ApiException.Invalid("name", "is required");
        await using var db = databases.Open(accountId);
        var now = time.GetInstant();
        var group = new DeviceGroup
        {
            Id = ids.Next(), AccountId = accountId, Name = request.Name, Description = request.Description ?? "", CreatedAt = now, UpdatedAt = now,
        };
        DeviceAttribute.Replace(group.CustomAttributes, request.CustomAttributes);
        db.Add(group);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            throw ApiException.Duplicate($"Another group of the account has the name '{ApiException.Shorten(group.Name)}'.", new ErrorField("name", "is taken"));
        }

        return DeviceGroupData.Of(group, 0);
    }

    /// <exception cref="ApiException">400: also when the name is taken, for which the contract knows no other status here; 404 or 412.</exception>
    public async Task<DeviceGroupData> UpdateAsync(EntityId accountId, string id, DeviceGroupRequest request, string? ifMatch, CancellationToken cancellationToken)
    {
        if (request.Name is not null && string.IsNullOrWhiteSpace(request.Name))
            throw ApiException.Invalid("name", "must not be empty");
        await using var db = databases.Open(accountId);
        await using var transaction = await db.BeginChangeAsync<DeviceGroup>(id, row => row.UpdatedAt, cancellationToken);
        var group = await FindAsync(db, id, cancellationToken);
        Precondition.Check(ifMatch, group.UpdatedAt);
        group.Name = request.Name ?? group.Name;
        group.Description = request.Description ?? group.Description;
        DeviceAttribute.Replace(group.CustomAttributes, request.CustomAttributes);
        if (db.ChangeTracker.HasChanges())
            group.UpdatedAt = time.GetInstant();
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            throw ApiException.Invalid("name", "is the name of another group");
        }

        var count = await CountAsync(db, group.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return DeviceGroupData.Of(group, count);
    }

    /// <summary>Deletes a group; its devices stay.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task DeleteAsync(EntityId accountId, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        await using var transaction = await db.BeginChangeAsync<DeviceGroup>(id, row => row.UpdatedAt, cancellationToken);
        db.Remove(await FindAsync(db, id, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<int> CountAsync(SuretyDb db, EntityId id, CancellationToken cancellationToken) =>
        db.Set<DeviceGroupMember>().CountAsync(member => member.GroupId == id, cancellationToken);

    private static Task<DeviceGroup> FindAsync(SuretyDb db, string id, CancellationToken cancellationToken) =>
        db.Set<DeviceGroup>().AsSplitQuery().RequireAsync(id, Kind, cancellationToken);
}
