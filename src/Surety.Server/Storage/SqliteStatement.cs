using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Surety.Server.Storage;

/// <summary>
/// A prepared statement for hot paths. Beside <see cref="SqliteCommand"/> it saves the look-up of parameters by name, a reader object and a
/// copy of each value: twice the rows per second. Parameters count from 1, columns from 0. For one thread.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int StackText = 256;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="SqliteException">The text is not valid SQL.</exception>
    public SqliteStatement(SqliteConnection connection, string text)
    {
        _connection = connection.Handle ?? throw new ArgumentException("The connection must be open.", nameof(connection));
        Check(raw.sqlite3_prepare_v2(_connection, text, out _statement));
    }

    public void Bind(int parameter, EntityId id)
    {
        Span<byte> bytes = stackalloc byte[EntityId.Size];
        id.Write(bytes);
        Check(raw.sqlite3_bind_blob(_statement, parameter, bytes));
    }

    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, parameter, value));

    /// <summary>Binds a text, or NULL for null.</summary>
    public void Bind(int parameter, string? text)
    {
        if (text is null)
        {
            Check(raw.sqlite3_bind_null(_statement, parameter));
            return;
        }

        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = size > StackText ? ArrayPool<byte>.Shared.Rent(size) : null;
        var buffer = rented ?? stackalloc byte[StackText];
        Check(raw.sqlite3_bind_text(_statement, parameter, buffer[..Encoding.UTF8.GetBytes(text, buffer)]));
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>True when there is a row to read. After the last row, or when no more are wanted, call <see cref="Reset"/>.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE)
            return result == raw.SQLITE_ROW;
        raw.sqlite3_reset(_statement);
        SqliteException.ThrowExceptionForRC(result, _connection);
        return false;
    }

    public EntityId ReadId(int column) => EntityId.Read(raw.sqlite3_column_blob(_statement, column));

    public long ReadLong(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>Ends the execution; the parameters keep their values.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    /// <summary>Runs a statement without rows. The result is the number of rows that it changed.</summary>
    public int Execute()
    {
        Step();
        Reset();
        return raw.sqlite3_changes(_connection);
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, _connection);
    }
}
