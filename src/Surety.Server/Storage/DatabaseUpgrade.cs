using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Hosting;

namespace Surety.Server.Storage;

/// <summary>Brings the database to the schema of this program at start, and refuses one that a newer program has written.</summary>
internal sealed class DatabaseUpgrade(SuretyDbFactory databases)
{
    /// <exception cref="StartupException">The database cannot be opened, or is newer than this program.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        try
        {
            if (db.Database.GetDbConnection() is SqliteConnection sqlite)
                MakeFile(sqlite.DataSource);
            await RefuseNewerAsync(db, cancellationToken);
            if (databases.Provider == DatabaseProvider.Sqlite)
                await PrepareSqliteAsync(db, cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }
        catch (Exception error) when (error is DbException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The database cannot be opened: {error.Message}", error);
        }
    }

    // SQLite would make the file readable for everybody; its write-ahead log gets the mode of the file.
    private static void MakeFile(string path)
    {
        if (OperatingSystem.IsWindows() || path.Length == 0 || File.Exists(path))
            return;
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ownerOnly }).Dispose();
    }

    private static async Task RefuseNewerAsync(SuretyDb db, CancellationToken cancellationToken)
    {
        if (!await db.Database.CanConnectAsync(cancellationToken))
            return;
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);
        var unknown = applied.Except(db.Database.GetMigrations(), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            throw new StartupException(
                $"The database was written by a newer version of Surety (it has the change '{unknown[^1]}', which this version does not know). "
                + "Start that version, or restore a backup that this version made.");
        }
    }

    private static async Task PrepareSqliteAsync(SuretyDb db, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
        // EF Core locks a migration with a row that outlives a killed process, and then waits for ever. The data directory is already
        // held by this process alone, so whatever lock there is, is stale.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
    }
}
