using Microsoft.Data.Sqlite;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>What a server has on disk about certificates, seen and changed from outside: as another process, or while it is dead.</summary>
internal sealed class CertificateRecords(string dataDirectory)
{
    private readonly string _log = Path.Combine(dataDirectory, "ca", "issued.log");

    /// <summary>The certificates of a device for the LwM2M server, in the order in which they were issued.</summary>
    public List<(string Fingerprint, bool IsActive, bool IsConfirmed)> Of(string endpointName)
    {
        using SqliteConnection database = Open(SqliteOpenMode.ReadOnly);
        using SqliteCommand command = database.CreateCommand();
        command.CommandText = "SELECT fingerprint, status = 0, confirmed_at IS NOT NULL FROM issued_certificates WHERE endpoint_name = $name AND certificate_name = 'LWM2M' ORDER BY id";
        command.Parameters.AddWithValue("$name", endpointName);
        using SqliteDataReader reader = command.ExecuteReader();
        var records = new List<(string, bool, bool)>();
        while (reader.Read())
            records.Add((reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2)));
        return records;
    }

    /// <summary>All that was ever issued.</summary>
    public int Count()
    {
        using SqliteConnection database = Open(SqliteOpenMode.ReadOnly);
        using SqliteCommand command = database.CreateCommand();
        command.CommandText = "SELECT count(*) FROM issued_certificates";
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>While this is held nobody else commits anything.</summary>
    public IDisposable Lock()
    {
        SqliteConnection database = Open(SqliteOpenMode.ReadWrite);
        using SqliteCommand command = database.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return database;
    }

    public void Execute(string statement)
    {
        using SqliteConnection database = Open(SqliteOpenMode.ReadWrite);
        using SqliteCommand command = database.CreateCommand();
        command.CommandText = statement;
        Assert.True(command.ExecuteNonQuery() > 0, statement);
    }

    /// <summary>The log of issued certificates as it is.</summary>
    public byte[] ReadLog()
    {
        using var file = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    public void WriteLog(byte[] content) => File.WriteAllBytes(_log, content);

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var database = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "surety.db")};Mode={mode};Pooling=False");
        database.Open();
        return database;
    }
}
