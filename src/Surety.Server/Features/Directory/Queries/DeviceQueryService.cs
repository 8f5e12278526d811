using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>The saved queries of an account: <c>/v3/device-queries</c>.</summary>
internal sealed class DeviceQueryService(SuretyDbFactory databases, AuditTrail audit, EntityIdGenerator ids, TimeProvider time)
{
    private const string Kind = "device query";

    public async Task<ListResponse<DeviceQueryData>> ListAsync(EntityId accountId, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        var rows = DeviceQueryData.Filters.Apply(db.Set<DeviceQuery>(), list.Conditions);
        return await rows.ToPageAsync(list, DeviceQueryData.Of, alwaysCount: true, cancellationToken);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<DeviceQueryData> GetAsync(EntityId accountId, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        return DeviceQueryData.Of(await db.Set<DeviceQuery>().RequireAsync(id, Kind, cancellationToken));
    }

    /// <exception cref="ApiException">400: not a filter of devices.</exception>
    public async Task<DeviceQueryData> CreateAsync(EntityId accountId, DeviceQueryPostPutRequest request, CancellationToken cancellationToken)
    {
        CheckQuery(request.Query!);
        await using var db = databases.Open(accountId);
        var now = time.GetInstant();
        var query = new DeviceQuery { Id = ids.Next(), AccountId = accountId, Name = request.Name!, Query = request.Query!, CreatedAt = now, UpdatedAt = now };
        db.Add(query);
        await db.SaveChangesAsync(cancellationToken);
        return DeviceQueryData.Of(query);
    }

    /// <exception cref="ApiException">400, 404 or 412.</exception>
    public async Task<DeviceQueryData> UpdateAsync(
        EntityId accountId, string id, DeviceQueryPostPutRequest request, string? ifMatch, CancellationToken cancellationToken)
    {
        CheckQuery(request.Query!);
        await using var db = databases.Open(accountId);
        await using var transaction = await db.BeginChangeAsync<DeviceQuery>(id, row => row.UpdatedAt, cancellationToken);
        var query = await db.Set<DeviceQuery>().RequireAsync(id, Kind, cancellationToken);
        Precondition.Check(ifMatch, query.UpdatedAt);
        query.Name = request.Name!;
        query.Query = request.Query!;
        if (db.ChangeTracker.HasChanges())
            query.UpdatedAt = time.GetInstant();
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return DeviceQueryData.Of(query);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task DeleteAsync(EntityId accountId, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        if (!EntityId.TryParse(id, out var queryId) || await audit.DeleteAsync(db, db.Set<DeviceQuery>().Where(query => query.Id == queryId), cancellationToken) == 0)
            throw ApiException.NotFound(Kind, id);
    }

    /// <summary>The conditions of a filter string, checked against the fields of devices.</summary>
    /// <param name="name">The member that it is in, for errors.</param>
    /// <param name="filter">The string.</param>
    /// <exception cref="ApiException">400 that names the member and says what is wrong in it.</exception>
    public static IReadOnlyList<FilterCondition> ReadFilter(string name, string filter)
    {
        try
        {
            var conditions = new FilterConditions();
            conditions.AddString(filter);
            DeviceFilters.All.Apply(Enumerable.Empty<Device>().AsQueryable(), conditions.ToList());
            return conditions.ToList();
        }
        catch (ApiException error)
        {
            var inner = error.Fields is [var field, ..] ? $"{field.Name} {field.Message}" : error.Message;
            throw ApiException.Invalid(name, $"is not a filter of devices: {inner}");
        }
    }

    private static void CheckQuery(string query) => ReadFilter("query", query);
}
