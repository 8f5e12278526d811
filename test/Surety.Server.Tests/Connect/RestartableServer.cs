using Surety.Server.Features.Connect;
using Surety.Server.Features.Notifications;

namespace Surety.Server.Tests.Connect;

/// <summary>A server with one application, which ends in different ways and goes on at the same port.</summary>
internal sealed class RestartableServer : IAsyncDisposable
{
    private readonly List<TestServer> _abandoned = [];
    private readonly List<string> _directories = [];
    private TestServer _server = null!;

    private RestartableServer()
    {
    }

    public ShiftedTime Time { get; } = new();

    /// <summary>The application that has the key of the first run, with a channel that it polls.</summary>
    public Application Application { get; private set; } = null!;

    public int CoapPort { get; private set; }

    public static async Task<RestartableServer> StartAsync()
    {
        var restartable = new RestartableServer();
        restartable._server = await TestServer.StartAsync(restartable.Time, DeviceServerFixture.Arguments);
        restartable.CoapPort = DeviceServerFixture.PortOf(restartable._server, "coap");
        restartable.Application = new Application(restartable._server.Admin);
        await restartable.Application.RestAsync("registrations");
        return restartable;
    }

    public async Task<Application> RestartAsync(RestartTests.End end)
    {
        var directory = _server.DataDirectory;
        if (end == RestartTests.End.Gone)
        {
            // As if the process had ended at this moment: its files as they are, and no word from it any more.
            directory = Directory.CreateTempSubdirectory("surety-").FullName;
            _directories.Add(directory);
            Copy(_server.DataDirectory, directory);
            await _server.Service<DeviceEndpoints>().CloseAsync();
            _server.Service<NotificationHub>().Dispose();
            _abandoned.Add(_server);
        }
        else
        {
            await _server.StopAsync();
            _directories.Add(directory);
        }

        _server = await TestServer.StartInAsync(directory, Time, $"--Surety:Lwm2m:Coap=127.0.0.1:{CoapPort}");
        return Application = new Application(_server.Admin);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _abandoned.Append(_server))
            await server.DisposeAsync();
        foreach (var directory in _directories.Where(Directory.Exists))
            Directory.Delete(directory, recursive: true);
    }

    private static void Copy(string from, string to)
    {
        foreach (var directory in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)));
        // The lock belongs to the process, and what SQLite shares between processes is made anew.
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock" && !file.EndsWith("-shm", StringComparison.Ordinal)))
            CopyFile(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    // The server holds its files open, and locks some.
    private static void CopyFile(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var target = File.Create(to);
        source.CopyTo(target);
    }
}
