using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Surety.Lwm2m;
using Surety.Server.Features.Notifications;
using Surety.Server.Storage;

namespace Surety.Server.Features.Echo;

/// <summary>
/// Writes reported values over those of before: what nearly every change of an echo is, and what a device does all day, so without
/// reading the rows and tracking them as objects. A path that has no row yet is left to that way.
/// </summary>
internal static class EchoReports
{
    private const string PostgresStatement =
        """
        UPDATE device_echo_resources e SET reported = c.value, reported_type = c.type, reported_at = c.at, expires_at = c.expires
        FROM (SELECT * FROM unnest(@devices, @paths, @values, @types, @ats, @expires) AS u(device_id, path, value, type, at, expires) ORDER BY device_id, path) c
        WHERE e.device_id = c.device_id AND e.path = c.path AND (e.reported_at IS NULL OR e.reported_at <= c.at)
        RETURNING e.device_id, e.path
        """;

    private const string SqliteUpdate =
        """
        UPDATE device_echo_resources SET reported = ?3, reported_type = ?4, reported_at = ?5, expires_at = ?6
        WHERE device_id = ?1 AND path = ?2 AND (reported_at IS NULL OR reported_at <= ?5)
        """;

    /// <summary>Writes the changes that are reports and nothing else, in one transaction.</summary>
    /// <param name="db">The database.</param>
    /// <param name="batch">Changes by device.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What is left to write.</returns>
    public static async Task<List<KeyValuePair<EntityId, Dictionary<Lwm2mPath, EchoChange>>>> WriteAsync(
        SuretyDb db, List<KeyValuePair<EntityId, Dictionary<Lwm2mPath, EchoChange>>> batch, CancellationToken cancellationToken)
    {
        var reports = new List<Report>();
        foreach (var (device, changes) in batch)
        {
            foreach (var (path, change) in changes)
            {
                if (change is { Reported: { } value, Desired: null, Outcome: null })
                {
                    var at = EchoChange.Stored(value.ReceivedAt);
                    var isKept = value.Payload.Length <= EchoLimits.MaxValue;
                    reports.Add(new(device, path, path.ToString(), isKept ? value.Payload.ToArray() : null, value.Format is { } format ? MediaTypes.NameOf(format) : null, at, at + value.MaxAge));
                }
            }
        }

        if (reports.Count == 0)
            return batch;
        await db.Database.OpenConnectionAsync(cancellationToken);
        var written = db.Database.GetDbConnection() switch
        {
            NpgsqlConnection postgres => await WriteAsync(postgres, reports, cancellationToken),
            SqliteConnection sqlite => Write(sqlite, reports),
            var other => throw new NotSupportedException($"There is no statement for {other.GetType().Name}."),
        };
        var left = new List<KeyValuePair<EntityId, Dictionary<Lwm2mPath, EchoChange>>>();
        foreach (var (device, changes) in batch)
        {
            var rest = changes.Where(change => !written.Contains((device, change.Key))).ToDictionary();
            if (rest.Count > 0)
                left.Add(new(device, rest));
        }

        return left;
    }

    private static async Task<HashSet<(EntityId, Lwm2mPath)>> WriteAsync(NpgsqlConnection connection, List<Report> reports, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = PostgresStatement;
        command.Parameters.AddWithValue("devices", reports.ConvertAll(report => report.Device.ToGuid()));
        command.Parameters.AddWithValue("paths", reports.ConvertAll(report => report.Text));
        Add("values", NpgsqlDbType.Bytea, reports.ConvertAll(report => report.Value));
        Add("types", NpgsqlDbType.Text, reports.ConvertAll(report => report.Type));
        command.Parameters.AddWithValue("ats", reports.ConvertAll(report => report.At.UtcDateTime));
        command.Parameters.AddWithValue("expires", reports.ConvertAll(report => report.ExpiresAt.UtcDateTime));
        var written = new HashSet<(EntityId, Lwm2mPath)>(reports.Count);
        var paths = new Dictionary<string, Lwm2mPath>();
        foreach (var report in reports)
            paths[report.Text] = report.Path;
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            written.Add((EntityId.FromGuid(reader.GetGuid(0)), paths[reader.GetString(1)]));
        return written;

        void Add(string name, NpgsqlDbType type, object value) => command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = value });
    }

    private static HashSet<(EntityId, Lwm2mPath)> Write(SqliteConnection connection, List<Report> reports)
    {
        var written = new HashSet<(EntityId, Lwm2mPath)>(reports.Count);
        // Not deferred: it takes the place of the one writer now, and does not fail for it later.
        using var transaction = connection.BeginTransaction(deferred: false);
        using (var update = new SqliteStatement(connection, SqliteUpdate))
        {
            foreach (var report in reports)
            {
                update.Bind(1, report.Device);
                update.Bind(2, report.Text);
                update.Bind(3, report.Value);
                update.Bind(4, report.Type);
                update.Bind(5, Instant.ToMicroseconds(report.At));
                update.Bind(6, Instant.ToMicroseconds(report.ExpiresAt));
                if (update.Execute() > 0)
                    written.Add((report.Device, report.Path));
            }
        }

        transaction.Commit();
        return written;
    }

    private sealed record Report(EntityId Device, Lwm2mPath Path, string Text, byte[]? Value, string? Type, DateTimeOffset At, DateTimeOffset ExpiresAt);
}
