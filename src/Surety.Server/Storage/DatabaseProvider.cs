namespace Surety.Server.Storage;

/// <summary>The databases that Surety runs on.</summary>
internal enum DatabaseProvider
{
    /// <summary>Embedded, one file in the data directory.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server, version 15 or later.</summary>
    Postgres,
}
