using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Surety.Server.Features.Accounts;
using Surety.Server.Hosting;

namespace Surety.Server.Tests;

/// <summary>The platform as a user starts it, on a free port of this machine and in a directory of its own.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly IReadOnlyList<string> _args;
    private readonly bool _ownsDirectory;
    private readonly TimeProvider? _time;
    private readonly List<HttpClient> _clients = [];
    private WebApplication _app = null!;
    private bool _isStopped;

    private TestServer(string directory, bool ownsDirectory, IReadOnlyList<string> args, TimeProvider? time)
    {
        _time = time;
        DataDirectory = directory;
        _ownsDirectory = ownsDirectory;
        _args = args;
    }

    public string DataDirectory { get; }

    public string KeyFile => Path.Combine(DataDirectory, "admin.key");

    public string AdminKey => File.ReadAllText(KeyFile).Trim();

    /// <summary>What the operator sees.</summary>
    public StringWriter Output { get; private set; } = new();

    public Uri Address { get; private set; } = null!;

    /// <summary>With the key of the first run.</summary>
    public HttpClient Admin { get; private set; } = null!;

    /// <summary>Without a key.</summary>
    public HttpClient Anonymous { get; private set; } = null!;

    public static Task<TestServer> StartAsync(params string[] args) =>
        StartAsync(Directory.CreateTempSubdirectory("surety-").FullName, ownsDirectory: true, args, null);

    public static Task<TestServer> StartAsync(TimeProvider time, params string[] args) =>
        StartAsync(Directory.CreateTempSubdirectory("surety-").FullName, ownsDirectory: true, args, time);

    public static Task<TestServer> StartInAsync(string directory, TimeProvider time, params string[] args) => StartAsync(directory, ownsDirectory: false, args, time);

    public static Task<TestServer> StartInAsync(string directory, params string[] args) => StartAsync(directory, ownsDirectory: false, args, null);

    internal T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A client with the administrator's key of a new account.</summary>
    public async Task<HttpClient> NewAccountAsync(string name = "Another") => (await NewAccountAsync(name, null)).Client;

    /// <summary>A client with the administrator's key of a new tenant of <paramref name="parent"/>.</summary>
    internal async Task<(EntityId Id, HttpClient Client)> NewAccountAsync(string name, EntityId? parent)
    {
        var (id, key) = await Service<AccountService>().CreateAsync(name, parent, CancellationToken.None);
        return (id, Client(key));
    }

    public HttpClient Client(string? key)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _clients.Add(client);
        return client;
    }

    /// <summary>Stops and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        for (var attempt = 1; _ownsDirectory && Directory.Exists(DataDirectory); attempt++)
        {
            try
            {
                Directory.Delete(DataDirectory, recursive: true);
            }
            catch (IOException) when (attempt < 50)
            {
                // A row that was being written when the server ended: the journals of SQLite come and go with it.
                await Task.Delay(100);
            }
        }
    }

    private static async Task<TestServer> StartAsync(string directory, bool ownsDirectory, IReadOnlyList<string> args, TimeProvider? time)
    {
        var server = new TestServer(directory, ownsDirectory, args, time);
        await server.StartAsync();
        return server;
    }

    private async Task StartAsync()
    {
        Output = new StringWriter();
        _isStopped = false;
        string[] defaults =
        [
            "--Urls=http://127.0.0.1:0", $"--Surety:DataDirectory={DataDirectory}", "--Surety:Lwm2m:Coaps=none", "--Surety:Lwm2m:CoapsTcp=none",
            "--Surety:Bootstrap:Coaps=none", "--Surety:Bootstrap:CoapsTcp=none", "--Surety:Notifications:AllowPrivateWebhooks=true", "--Logging:LogLevel:Default=None",
        ];
        _app = SuretyHost.Build(CommandLine.Parse([.. defaults, .. _args]), Output, _time);
        try
        {
            await SuretyHost.StartAsync(_app);
        }
        catch
        {
            // As the process would end.
            await _app.DisposeAsync();
            throw;
        }

        Address = new Uri(_app.Urls.Single());
        Anonymous = Client(null);
        Admin = Client(AdminKey);
    }

    /// <summary>Stops it; what it has on the disk stays until it is disposed of.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, true))
            return;
        foreach (var client in _clients)
            client.Dispose();
        _clients.Clear();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
