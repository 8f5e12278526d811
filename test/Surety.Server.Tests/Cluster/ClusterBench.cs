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

    /// <summary>What every node is told.</summary>
    public string[] Arguments =>
    [
        "--Surety:Database:Provider=Postgres", $"--Surety:Database:ConnectionString={_database}", $"--Surety:Cluster:Redis={_redis.ConnectionString}",
        $"--Surety:Cluster:Name={_name}", "--Surety:PublicHost=127.0.0.1", .. DeviceServerFixture.Arguments,
    ];

    public static async Task<ClusterBench> StartAsync(PostgresCluster postgres, RedisServer redis, int nodes)
    {
        await redis.StartAsync();
        var bench = new ClusterBench(await postgres.CreateDatabaseAsync(), redis);
        for (var i = 0; i < nodes; i++)
            await bench.AddAsync();
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
        foreach (var file in files.Where(file => !Path.GetFileName(file).StartsWith("server.", StringComparison.Ordinal) && !file.EndsWith(".log", StringComparison.Ordinal)))
            File.Copy(Path.Combine(first, file), Path.Combine(directory, file));
        return directory;
    }

    /// <summary>A device that registers at a node.</summary>
    public Task<ScriptedDevice> RegisterAsync(int node, string? name = null, string query = "") =>
        new ScriptedDevice(DeviceServerFixture.PortOf(_nodes[node], "coap"), name).RegisterAsync(query);

    /// <summary>The application of the first key, at a node.</summary>
    public Application At(int node) => new(_nodes[node].Admin);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        foreach (var directory in _directories)
            Directory.Delete(directory, recursive: true);
    }
}
