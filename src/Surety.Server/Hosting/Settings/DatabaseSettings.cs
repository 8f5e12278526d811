using System.Data.Common;
using Surety.Server.Storage;

namespace Surety.Server.Hosting.Settings;

/// <summary>Where rows are kept.</summary>
internal sealed record DatabaseSettings
{
    /// <summary>Default <c>Sqlite</c>: nothing to install, and enough for one node.</summary>
    public required DatabaseProvider Provider { get; init; }

    /// <summary>Default none: <c>surety.db</c> in the data directory. Required for PostgreSQL.</summary>
    public required string? ConnectionString { get; init; }

    public static DatabaseSettings Read(SettingsReader reader)
    {
        const string key = "Database:ConnectionString";
        var provider = reader.Choice("Database:Provider", DatabaseProvider.Sqlite, "Sqlite or Postgres");
        var connectionString = reader.Text(key, null, "how to reach the database; SQLite needs none");
        if (provider == DatabaseProvider.Postgres && connectionString is null)
            reader.Mistake(key, "is missing; write for example Host=db.example.org;Database=surety;Username=surety;Password=...");
        if (connectionString is not null && !IsConnectionString(connectionString))
            reader.Mistake(key, "is not a list of name=value pairs");
        return new DatabaseSettings { Provider = provider, ConnectionString = connectionString };
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text }.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
