using Microsoft.Data.Sqlite;

namespace Surety.Server.Storage;

/// <summary>Where the embedded database is.</summary>
internal static class SqliteDefaults
{
    /// <summary>The file in the data directory.</summary>
    public const string FileName = "surety.db";

    public static string ConnectionString(string dataDirectory) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(dataDirectory, FileName),
        // Seconds after which a statement that waits for the write lock gives up; the library's 30 are longer than a client waits.
        DefaultTimeout = 5,
    }.ToString();
}
