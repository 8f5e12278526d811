using Surety.Server.Features.Accounts;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Connect;
using Surety.Server.Tests.Connect;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Cluster;

/// <summary>A cluster of its own: a new database, a name on Redis, and as many nodes as the test wants.</summary>
internal sealed class ClusterBench : IAsyncDisposable
{
    private readonly List<TestServer> _nodes = [];
    private readonly List<string> _directories = [];
    private readonly string _database;
    private readonly RedisServer _redis;
    private readonly string _name = $"t{Guid.CreateVersion7():n}"[..32];

    private ClusterBench(string database, RedisServer redis)
    {
        _database = database;
        _redis = redis;
    }

    /// <summary>The nodes, in the order in which they came.</summary>
    public TestServer this[int index] => _nodes[index];

    /// <summary>Beyond what every node needs.</summary>
    public string[] More { get; init; } = [];

    /// <summary>What every node is told.</summary>
    public string[] Arguments =>
    [
        "--Surety:Database:Provider=Postgres", $"--Surety:Database:ConnectionString={_database}", $"--Surety:Cluster:Redis={_redis.ConnectionString}",
        $"--Surety:Cluster:Name={_name}", "--Surety:PublicHost=127.0.0.1", .. DeviceServerFixture.Arguments, .. More,
    ];

    public static async Task<ClusterBench> StartAsync(PostgresCluster postgres, RedisServer redis, int nodes, params string[] more)
    {
        await redis.StartAsync();
        var bench = new ClusterBench(await postgres.CreateDatabaseAsync(), redis) { More = more };
        for (var i = 0; i < nodes; i++)
            await bench.AddAsync();
        bench.Key = bench[0].AdminKey;
        return bench;
    }

    public async Task<TestServer> AddAsync(TimeProvider? time = null)
    {
        var directory = NewDirectory();
        var node = time is null ? await TestServer.StartInAsync(directory, Arguments) : await TestServer.StartInAsync(directory, time, Arguments);
        _nodes.Add(node);
        return node;
    }

    /// <summary>A data directory with what the operator copies from the first node; empty for the first.</summary>
    public string NewDirectory()
    {
        var directory = Directory.CreateTempSubdirectory("surety-").FullName;
        _directories.Add(directory);
        if (_nodes.Count == 0)
            return directory;
        var first = _nodes[0].DataDirectory;
        Directory.CreateDirectory(Path.Combine(directory, "ca"));
        string[] files = ["secrets.key", "admin.key", .. Directory.GetFiles(Path.Combine(first, "ca")).Select(file => Path.Combine("ca", Path.GetFileName(file)))];
        foreach (var file in files.Where(file => !file.EndsWith(".log", StringComparison.Ordinal)))
            File.Copy(Path.Combine(first, file), Path.Combine(directory, file));
        return directory;
    }

    /// <summary>A device that registers at a node.</summary>
    public Task<ScriptedDevice> RegisterAsync(int node, string? name = null, string query = "") =>
        new ScriptedDevice(DeviceServerFixture.PortOf(_nodes[node], "coap"), name).RegisterAsync(query);

    /// <summary>A new account: devices that register from now on are its own.</summary>
    public async Task NewAccountAsync()
    {
        (var account, Key) = await _nodes[0].Service<AccountService>().CreateAsync("Tenant", null, TestContext.Current.CancellationToken);
        foreach (var node in _nodes)
            node.Service<DeviceAdmission>().LaboratoryAccount = account;
    }

    /// <summary>An administrator's key of the present account.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The application with that key, at a node.</summary>
    public Application At(int node) => new(_nodes[node].Client(Key));

    /// <summary>Until a node knows that a device is at another: a registration is told to them within milliseconds, after it was answered.</summary>
    public async Task UntilFoundAsync(int by, string name, int at)
    {
        var id = Http.ReadId(await At(by).FindAsync(name));
        var locations = _nodes[by].Service<IDeviceLocations>();
        while ((await locations.FindAsync(id)).Node != _nodes[at].Service<ClusterNode>().Id)
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    /// <summary>The device has a registration at the node.</summary>
    public bool IsRegistered(int node, string id) => _nodes[node].Service<DeviceGateway>().Server.Registrations.TryGet(Http.ReadId(id).ToDeviceId(), out _);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        foreach (var directory in _directories)
            Directory.Delete(directory, recursive: true);
    }
}
