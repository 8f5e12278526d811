using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Surety.Server.Storage;

/// <summary>Tells a row that is gone by now from other failures to refer to it.</summary>
internal static class ForeignKeyViolation
{
    private const int SqliteConstraintForeignKey = 787;

    public static bool Is(DbException error) => error switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode == SqliteConstraintForeignKey,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.ForeignKeyViolation,
        _ => false,
    };
}
