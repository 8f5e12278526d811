using Microsoft.Data.Sqlite;
using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>The hot path on SQLite: one prepared statement a row, since a call costs no round trip.</summary>
internal sealed class SqliteDeviceWriter : DeviceWriter
{
    private const string FindStatement =
        "SELECT id, operator_suspended OR system_suspended FROM devices WHERE account_id = ?1 AND endpoint_name = ?2";

    // 1 id, 2 state, 3 endpoint type or NULL, 4 time
    private const string ApplyStatement =
        """
        UPDATE devices SET
          state = CASE WHEN ?2 = 2 AND state = 3 THEN state ELSE ?2 END,
          endpoint_type = coalesce(?3, endpoint_type),
          bootstrapped_timestamp = CASE WHEN ?2 = 2 THEN ?4 ELSE bootstrapped_timestamp END,
          updated_at = ?4
        WHERE id = ?1 AND (state <> ?2 OR ?2 = 2 OR endpoint_type <> coalesce(?3, endpoint_type))
        """;

    private const string ExistsStatement = "SELECT 1 FROM devices WHERE id = ?1";

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _beginRead;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _apply;
    private readonly SqliteStatement _exists;
    private readonly SqliteStatement _registered;

    public SqliteDeviceWriter(SqliteConnection connection, EntityIdGenerator ids, TimeProvider time)
        : base(ids, time)
    {
        _connection = connection;
        // Immediate: a transaction that reads first and writes later could fail where it could have waited.
        _begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        _beginRead = new SqliteStatement(connection, "BEGIN");
        _commit = new SqliteStatement(connection, "COMMIT");
        _rollback = new SqliteStatement(connection, "ROLLBACK");
        _find = new SqliteStatement(connection, FindStatement);
        _insert = new SqliteStatement(connection, DeviceInsert.Sqlite);
        _apply = new SqliteStatement(connection, ApplyStatement);
        _exists = new SqliteStatement(connection, ExistsStatement);
        _registered = new SqliteStatement(connection, SelectRegistered);
    }

    public override void ApplyStates(ReadOnlySpan<DeviceStateChange> batch, Span<DeviceStateOutcome> outcomes)
    {
        _begin.Execute();
        try
        {
            for (var i = 0; i < batch.Length; i++)
                outcomes[i] = Apply(batch[i]);
            _commit.Execute();
        }
        catch
        {
            _rollback.Execute();
            throw;
        }
    }

    public override void Dispose()
    {
        SqliteStatement[] statements = [_begin, _beginRead, _commit, _rollback, _find, _insert, _apply, _exists, _registered];
        foreach (var statement in statements)
            statement.Dispose();
        _connection.Dispose();
    }

    protected override void Find(ReadOnlySpan<DeviceIdentity> batch, Span<ResolvedDevice> resolved)
    {
        // One snapshot for the batch costs less than one for each row.
        _beginRead.Execute();
        try
        {
            for (var i = 0; i < batch.Length; i++)
                resolved[i] = FindOne(batch[i]);
        }
        finally
        {
            _commit.Execute();
        }
    }

    protected override void Insert(ReadOnlySpan<DeviceIdentity> batch, Span<ResolvedDevice> resolved, DateTimeOffset now)
    {
        _begin.Execute();
        try
        {
            _insert.Bind(9, Instant.ToMicroseconds(now));
            for (var i = 0; i < batch.Length; i++)
            {
                if (resolved[i].Id.IsNone && !batch[i].MustExist && DeviceIdentity.IsStorable(batch[i].EndpointName))
                    resolved[i] = InsertOne(batch[i]);
            }

            _commit.Execute();
        }
        catch
        {
            _rollback.Execute();
            throw;
        }
    }

    protected override IReadOnlyList<EntityId> ReadRegistered()
    {
        var ids = new List<EntityId>();
        while (_registered.Step())
            ids.Add(_registered.ReadId(0));
        _registered.Reset();
        return ids;
    }

    private DeviceStateOutcome Apply(in DeviceStateChange change)
    {
        _apply.Bind(1, change.DeviceId);
        _apply.Bind(2, (long)change.State);
        _apply.Bind(3, change.EndpointType);
        _apply.Bind(4, Instant.ToMicroseconds(change.At));
        if (_apply.Execute() > 0)
            return DeviceStateOutcome.Changed;
        _exists.Bind(1, change.DeviceId);
        var exists = _exists.Step();
        _exists.Reset();
        return exists ? DeviceStateOutcome.Unchanged : DeviceStateOutcome.Missing;
    }

    private ResolvedDevice InsertOne(in DeviceIdentity device)
    {
        var id = NextId();
        _insert.Bind(1, id);
        _insert.Bind(2, device.AccountId);
        _insert.Bind(3, device.EndpointName);
        _insert.Bind(4, device.EndpointType ?? "");
        _insert.Bind(5, (long)device.ExecutionMode);
        _insert.Bind(6, device.DeviceKey ?? "");
        _insert.Bind(7, device.CaId ?? "");
        _insert.Bind(8, device.IssuerFingerprint);
        _insert.Bind(10, (long)device.InitialState);
        // No row: the account is unknown, or the name came twice in the batch or over REST since the search.
        return _insert.Execute() > 0 ? new ResolvedDevice(id, IsBlocked: false, IsNew: true) : FindOne(device);
    }

    private ResolvedDevice FindOne(in DeviceIdentity device)
    {
        if (!DeviceIdentity.IsStorable(device.EndpointName))
            return default;
        _find.Bind(1, device.AccountId);
        _find.Bind(2, device.EndpointName);
        var found = _find.Step() ? new ResolvedDevice(_find.ReadId(0), _find.ReadLong(1) != 0, IsNew: false) : default;
        _find.Reset();
        return found;
    }
}
