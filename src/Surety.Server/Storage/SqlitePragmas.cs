using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Surety.Server.Storage;

/// <summary>Sets what SQLite keeps per connection. (The journal mode is kept in the file: <see cref="DatabaseUpgrade"/> sets it.)</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // NORMAL with WAL: a power cut may lose the last commits but never corrupts; the process may be killed at any time without a loss.
    // 5 s: longer than any batch of ours holds the write lock, shorter than a client waits for an answer.
    // 16384 pages, 64 MiB of log between checkpoints instead of 4: a page that changes often is copied back once, not each time; measured
    // with random updates of 100,000 devices, 1.5 times the rows per second.
    private const string Statements =
        "PRAGMA foreign_keys=ON; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000; PRAGMA wal_autocheckpoint=16384;";

    // 64 MiB, taken as it is used: the index of half a million devices.
    private const string LargeCache = "PRAGMA cache_size=-65536;";

    // A connection from the pool has its settings already, and setting them again costs as much as a query.
    private readonly ConditionalWeakTable<object, object> _known = [];

    public static void Apply(SqliteConnection connection) => Execute(connection, Statements);

    /// <summary>For a connection that lives as long as the process.</summary>
    public static void EnlargeCache(SqliteConnection connection) => Execute(connection, LargeCache);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        var sqlite = (SqliteConnection)connection;
        if (_known.TryGetValue(sqlite.Handle!, out _))
            return;
        Apply(sqlite);
        _known.AddOrUpdate(sqlite.Handle!, this);
    }

    // SQLite has no asynchronous calls: the work is the same, and short.
    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }

    private static void Execute(SqliteConnection connection, string statements)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
