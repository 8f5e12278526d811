using System.Runtime.InteropServices;
using Npgsql;

namespace Surety.Server.Features.Directory;

/// <summary>The hot path on PostgreSQL: one statement a batch, its rows as arrays, since every call costs a round trip.</summary>
internal sealed class PostgresDeviceWriter(NpgsqlConnection connection, EntityIdGenerator ids, TimeProvider time) : DeviceWriter(ids, time)
{
    // LATERAL with a limit: an index look-up for each name, whatever the planner believes about a table that was never analysed.
    private const string FindStatement =
        """
        SELECT q.ordinal, d.id, d.is_blocked
        FROM unnest(@accounts, @names) WITH ORDINALITY AS q(account_id, name, ordinal)
        CROSS JOIN LATERAL (
          SELECT id, operator_suspended OR system_suspended AS is_blocked
          FROM devices WHERE account_id = q.account_id AND endpoint_name = q.name LIMIT 1) d
        """;

    private const string ApplyStatement =
        """
        UPDATE devices d SET
          state = CASE WHEN c.state = 2 AND d.state = 3 THEN d.state ELSE c.state END,
          endpoint_type = coalesce(c.type, d.endpoint_type),
          bootstrapped_timestamp = CASE WHEN c.state = 2 THEN c.at ELSE d.bootstrapped_timestamp END,
          updated_at = c.at
        FROM (SELECT * FROM unnest(@ids, @states, @types, @ats) AS u(id, state, type, at) ORDER BY id) c
        WHERE d.id = c.id AND (d.state <> c.state OR c.state = 2 OR d.endpoint_type <> coalesce(c.type, d.endpoint_type))
        RETURNING d.id
        """;

    private const string ExistsStatement = "SELECT id FROM devices WHERE id = ANY(@ids)";

    public override void ApplyStates(ReadOnlySpan<DeviceStateChange> batch, Span<DeviceStateOutcome> outcomes)
    {
        outcomes = outcomes[..batch.Length];
        outcomes.Clear();
        using var transaction = connection.BeginTransaction();
        // One statement must not hold a row twice, so a device that comes again waits for the next round.
        var pending = new List<int>(batch.Length);
        for (var i = 0; i < batch.Length; i++)
            pending.Add(i);
        while (pending.Count > 0)
            pending = ApplyRound(batch, pending, outcomes, transaction);
        MarkUnchanged(batch, outcomes, transaction);
        transaction.Commit();
    }

    public override void Dispose() => connection.Dispose();

    protected override void Find(ReadOnlySpan<DeviceIdentity> batch, Span<ResolvedDevice> resolved) => Find(batch, resolved, null);

    protected override void Insert(ReadOnlySpan<DeviceIdentity> batch, Span<ResolvedDevice> resolved, DateTimeOffset now)
    {
        var count = batch.Length;
        var newIds = new Guid[count];
        var accounts = new Guid[count];
        var names = new string[count];
        var types = new string[count];
        var modes = new int[count];
        var keys = new string[count];
        var cas = new string[count];
        var issuers = new string?[count];
        var states = new int[count];
        var indexes = new Dictionary<Guid, int>(count);
        var rows = 0;
        for (var i = 0; i < count; i++)
        {
            ref readonly var device = ref batch[i];
            if (!resolved[i].Id.IsNone || device.MustExist || !DeviceIdentity.IsStorable(device.EndpointName))
                continue;
            newIds[rows] = NextId().ToGuid();
            accounts[rows] = device.AccountId.ToGuid();
            names[rows] = device.EndpointName;
            types[rows] = device.EndpointType ?? "";
            modes[rows] = (int)device.ExecutionMode;
            keys[rows] = device.DeviceKey ?? "";
            cas[rows] = device.CaId ?? "";
            issuers[rows] = device.IssuerFingerprint;
            states[rows] = (int)device.InitialState;
            indexes.Add(newIds[rows], i);
            rows++;
        }

        using var transaction = connection.BeginTransaction();
        using (var command = Command(DeviceInsert.Postgres, transaction))
        {
            Add(command, "ids", newIds[..rows]);
            Add(command, "accounts", accounts[..rows]);
            Add(command, "names", names[..rows]);
            Add(command, "types", types[..rows]);
            Add(command, "modes", modes[..rows]);
            Add(command, "keys", keys[..rows]);
            Add(command, "cas", cas[..rows]);
            Add(command, "issuers", issuers[..rows]);
            Add(command, "states", states[..rows]);
            Add(command, "now", now.UtcDateTime);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var id = reader.GetGuid(0);
                resolved[indexes[id]] = new ResolvedDevice(EntityId.FromGuid(id), IsBlocked: false, IsNew: true);
            }
        }

        // No row: the account is unknown, or the name came twice in the batch or over REST since the search.
        Find(batch, resolved, transaction);
        transaction.Commit();
    }

    protected override IReadOnlyList<EntityId> ReadRegistered()
    {
        using var command = Command(SelectRegistered, null);
        using var reader = command.ExecuteReader();
        var registered = new List<EntityId>();
        while (reader.Read())
            registered.Add(EntityId.FromGuid(reader.GetGuid(0)));
        return registered;
    }

    private void Find(ReadOnlySpan<DeviceIdentity> batch, Span<ResolvedDevice> resolved, NpgsqlTransaction? transaction)
    {
        var indexes = new List<int>(batch.Length);
        var accounts = new List<Guid>(batch.Length);
        var names = new List<string>(batch.Length);
        for (var i = 0; i < batch.Length; i++)
        {
            if (!resolved[i].Id.IsNone || !DeviceIdentity.IsStorable(batch[i].EndpointName))
                continue;
            indexes.Add(i);
            accounts.Add(batch[i].AccountId.ToGuid());
            names.Add(batch[i].EndpointName);
        }

        if (indexes.Count == 0)
            return;
        using var command = Command(FindStatement, transaction);
        Add(command, "accounts", accounts);
        Add(command, "names", names);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var index = indexes[(int)reader.GetInt64(0) - 1];
            resolved[index] = new ResolvedDevice(EntityId.FromGuid(reader.GetGuid(1)), reader.GetBoolean(2), IsNew: false);
        }
    }

    private List<int> ApplyRound(
        ReadOnlySpan<DeviceStateChange> batch, List<int> pending, Span<DeviceStateOutcome> outcomes, NpgsqlTransaction transaction)
    {
        var indexes = new Dictionary<Guid, int>(pending.Count);
        var later = new List<int>();
        var states = new List<int>(pending.Count);
        var types = new List<string?>(pending.Count);
        var ats = new List<DateTime>(pending.Count);
        foreach (var index in pending)
        {
            ref readonly var change = ref batch[index];
            if (!indexes.TryAdd(change.DeviceId.ToGuid(), index))
            {
                later.Add(index);
                continue;
            }

            states.Add((int)change.State);
            types.Add(change.EndpointType);
            ats.Add(change.At.UtcDateTime);
        }

        using var command = Command(ApplyStatement, transaction);
        Add(command, "ids", indexes.Keys.ToArray());
        Add(command, "states", states);
        Add(command, "types", types);
        Add(command, "ats", ats);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            outcomes[indexes[reader.GetGuid(0)]] = DeviceStateOutcome.Changed;
        return later;
    }

    private void MarkUnchanged(ReadOnlySpan<DeviceStateChange> batch, Span<DeviceStateOutcome> outcomes, NpgsqlTransaction transaction)
    {
        var indexes = new Dictionary<Guid, List<int>>();
        for (var i = 0; i < batch.Length; i++)
        {
            if (outcomes[i] == DeviceStateOutcome.Changed)
                continue;
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(indexes, batch[i].DeviceId.ToGuid(), out _);
            (list ??= []).Add(i);
        }

        if (indexes.Count == 0)
            return;
        using var command = Command(ExistsStatement, transaction);
        Add(command, "ids", indexes.Keys.ToArray());
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            foreach (var index in indexes[reader.GetGuid(0)])
                outcomes[index] = DeviceStateOutcome.Unchanged;
        }
    }

    // Not prepared by hand: arrays of every length share one statement, which Npgsql prepares itself when the connection string allows it
    // and whose planning is small against a batch.
    private NpgsqlCommand Command(string statement, NpgsqlTransaction? transaction)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement;
        command.Transaction = transaction;
        return command;
    }

    private static void Add(NpgsqlCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
