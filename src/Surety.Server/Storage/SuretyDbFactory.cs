using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using Surety.Server.Features.Audit;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Storage;

/// <summary>Opens the database, with EF Core for one account or for the platform, or as a plain connection for hot paths.</summary>
internal sealed class SuretyDbFactory : IDisposable
{
    // Here and nowhere else, so that no context leaves the pool without its account.
    private readonly Func<SuretyDb> _lease;
    private readonly string _connectionString;

    public SuretyDbFactory(SuretySettings settings, ILoggerFactory loggers, AuditTrail audit)
    {
        Provider = settings.Database.Provider;
        _connectionString = settings.Database.ConnectionString ?? SqliteDefaults.ConnectionString(settings.DataDirectory);
        if (Provider == DatabaseProvider.Sqlite)
        {
            _lease = new PooledDbContextFactory<SqliteSuretyDb>(new DbContextOptionsBuilder<SqliteSuretyDb>()
                .UseSqlite(_connectionString)
                .AddInterceptors(new SqlitePragmas(), audit)
                .UseLoggerFactory(loggers)
                .Options).CreateDbContext;
        }
        else
        {
            _lease = new PooledDbContextFactory<PostgresSuretyDb>(new DbContextOptionsBuilder<PostgresSuretyDb>()
                .UseNpgsql(_connectionString)
                .AddInterceptors(audit)
                .UseLoggerFactory(loggers)
                .Options).CreateDbContext;
        }
    }

    /// <summary>Which database stands behind.</summary>
    public DatabaseProvider Provider { get; }

    /// <summary>The database as <paramref name="account"/> sees it; the caller disposes it.</summary>
    public SuretyDb Open(EntityId account) => Lease(account);

    /// <summary>The database for the platform's own work, see <see cref="SuretyDb.AllAccounts{T}"/>; the caller disposes it.</summary>
    public SuretyDb OpenForPlatform() => Lease(default);

    /// <summary>
    /// An open connection for prepared statements on a hot path; the caller keeps it and disposes it. It knows no account filter.
    /// </summary>
    public SqliteConnection OpenSqlite()
    {
        // Not from the pool: statements, cache and settings of a hot path stay its own.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { Pooling = false }.ToString());
        connection.Open();
        SqlitePragmas.Apply(connection);
        SqlitePragmas.EnlargeCache(connection);
        return connection;
    }

    /// <inheritdoc cref="OpenSqlite"/>
    public NpgsqlConnection OpenPostgres()
    {
        var connection = new NpgsqlConnection(_connectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Closes what the pool holds, so that SQLite folds its log into the file.</summary>
    public void Dispose()
    {
        if (Provider != DatabaseProvider.Sqlite)
            return;
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private SuretyDb Lease(EntityId account)
    {
        var db = _lease();
        db.AccountId = account;
        return db;
    }
}
