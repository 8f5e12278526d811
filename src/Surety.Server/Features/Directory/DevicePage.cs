using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>
/// Reads a page of devices: their rows, and then, in one go and by the ids of the page, their attributes and groups. Entity Framework would repeat
/// the page's query for each of the three tables, and make entities on the way.
/// </summary>
internal static class DevicePage
{
    // The ids come from a query that sees one account's rows only.
    private const string Statements = """
        SELECT device_id, key, value FROM device_custom_attributes WHERE device_id {0};
        SELECT device_id, key, value FROM device_component_attributes WHERE device_id {0};
        SELECT device_id, group_id FROM device_group_members WHERE device_id {0}
        """;

    private static readonly string s_sqlite = Statements.Replace("{0}", "IN (SELECT unhex(value) FROM json_each(@ids))", StringComparison.Ordinal);
    private static readonly string s_postgres = Statements.Replace("{0}", "= ANY(@ids)", StringComparison.Ordinal);

    /// <summary>The page of the devices that <paramref name="list"/> asks for.</summary>
    public static async Task<ListResponse<DeviceData>> ReadAsync(SuretyDb db, IQueryable<Device> devices, ListQuery list, CancellationToken cancellationToken)
    {
        // One connection for all of it.
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var page = await devices.ToPageAsync(list, DeviceData.Columns, cancellationToken);
            if (page.Data.Count == 0)
                return page;
            await using var command = CreateCommand(db, page.Data);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var custom = await ReadAttributesAsync(reader, cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            var component = await ReadAttributesAsync(reader, cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            var groups = await ReadAsync(reader, row => IdAt(row, 1), cancellationToken);
            return page.Map(device => device with
            {
                CustomAttributes = DeviceAttribute.ToMap(custom.GetValueOrDefault(device.Id, [])),
                ComponentAttributes = DeviceAttribute.ToMap(component.GetValueOrDefault(device.Id, [])),
                Groups = groups.TryGetValue(device.Id, out var some) ? [.. some.Order()] : [],
            });
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static DbCommand CreateCommand(SuretyDb db, IReadOnlyList<DeviceData> devices)
    {
        var isSqlite = db is SqliteSuretyDb;
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = isSqlite ? s_sqlite : s_postgres;
        var ids = command.CreateParameter();
        ids.ParameterName = "@ids";
        ids.Value = isSqlite ? JsonSerializer.Serialize(devices.Select(device => device.Id.ToString())) : devices.Select(device => device.Id.ToGuid()).ToArray();
        command.Parameters.Add(ids);
        return command;
    }

    private static Task<Dictionary<EntityId, List<DeviceAttribute>>> ReadAttributesAsync(DbDataReader reader, CancellationToken cancellationToken) =>
        ReadAsync(reader, row => new DeviceAttribute { Key = row.GetString(1), Value = row.GetString(2) }, cancellationToken);

    private static async Task<Dictionary<EntityId, List<T>>> ReadAsync<T>(DbDataReader reader, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var found = new Dictionary<EntityId, List<T>>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var device = IdAt(reader, 0);
            if (!found.TryGetValue(device, out var list))
                found.Add(device, list = []);
            list.Add(read(reader));
        }

        return found;
    }

    private static EntityId IdAt(DbDataReader reader, int column) =>
        reader.GetValue(column) is byte[] bytes ? EntityId.Read(bytes) : EntityId.FromGuid(reader.GetGuid(column));
}
