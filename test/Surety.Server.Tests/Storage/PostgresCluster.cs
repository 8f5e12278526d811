using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Surety.Server.Tests.Storage;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Surety.Server.Tests.Storage;

/// <summary>
/// A PostgreSQL server of the tests' own, in a temporary directory, started when the first test asks for a database and stopped at the end.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Missing = "PostgreSQL 15 or later is not installed; these tests need it: apt-get install postgresql";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly string _directory = Directory.CreateTempSubdirectory("surety-pg-").FullName;
    private readonly int _port = FreePort();
    private bool _isStarted;

    /// <summary>The connection string of a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await StartAsync();
        var name = $"t{Guid.CreateVersion7():n}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isStarted)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        }

        Directory.Delete(_directory, recursive: true);
        _gate.Dispose();
    }

    private string Data => Path.Combine(_directory, "data");

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={_port};Username=surety;Database={database};Maximum Pool Size=10";

    private async Task StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_isStarted)
                return;
            // PostgreSQL refuses to run as root, as tests in a container often do.
            if (Environment.UserName == "root")
                await RunProcessAsync("chown", ["postgres", _directory]);
            await RunAsync("initdb", "-D", Data, "-A", "trust", "-U", "surety", "-E", "UTF8", "--locale=C", "--no-sync");
            await RunAsync(
                "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_directory, "log"),
                "-o", $"-p {_port} -k {_directory} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=500", "start");
            _isStarted = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static Task RunAsync(string tool, params string[] arguments)
    {
        var path = FindTool(tool);
        return Environment.UserName == "root"
            ? RunProcessAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : RunProcessAsync(path, arguments);
    }

    private static string FindTool(string tool)
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin", tool))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(directory => Path.Combine(directory, tool));
        return debian.Concat(path).FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(Missing);
    }

    private static async Task RunProcessAsync(string file, IEnumerable<string> arguments)
    {
        // The output goes nowhere: the server inherits it, and would keep a pipe open for ever.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "\"$@\" >/dev/null 2>&1", "sh", file, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
        })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
