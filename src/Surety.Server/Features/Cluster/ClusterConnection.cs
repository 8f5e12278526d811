using StackExchange.Redis;
using Surety.Server.Hosting;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Cluster;

/// <summary>The connection to Redis. While there is none every command fails at once, and it comes back by itself.</summary>
internal sealed class ClusterConnection(SuretySettings settings) : IAsyncDisposable
{
    private ConnectionMultiplexer? _redis;

    public IDatabase Database => Redis.GetDatabase();

    public ConnectionMultiplexer Redis => _redis ?? throw new InvalidOperationException("The connection to Redis is not open yet.");

    /// <summary>False while Redis cannot be reached.</summary>
    public bool IsConnected => _redis is { IsConnected: true };

    /// <summary>Opens the connection.</summary>
    /// <exception cref="StartupException">Redis cannot be reached, or is too old.</exception>
    public async Task OpenAsync()
    {
        var options = ConfigurationOptions.Parse(settings.Cluster.Redis!);
        options.AbortOnConnectFail = false;
        options.ClientName = "surety";
        // A request that needs Redis is answered 503 at once while there is none; what must not be lost is kept by its sender.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        // Somewhere between a network's hiccup and a caller's patience; a node has 10 s before it counts as gone.
        options.ConnectTimeout = 3000;
        options.SyncTimeout = options.AsyncTimeout = 5000;
        options.HeartbeatInterval = TimeSpan.FromSeconds(1);
        options.ReconnectRetryPolicy = new LinearRetry(1000);
        _redis = await ConnectionMultiplexer.ConnectAsync(options);
        var where = string.Join(", ", options.EndPoints);
        if (!_redis.IsConnected)
            throw new StartupException($"Redis at {where} cannot be reached or refuses the connection: start it, or correct Surety:Cluster:Redis.");
        var version = _redis.GetServers().Where(server => server.IsConnected).Select(server => server.Version).Min();
        if (version < new Version(6, 2))
            throw new StartupException($"Redis at {where} has version {version}; a cluster needs 6.2 or later.");
    }

    /// <summary>A key of this cluster. All of them are in one slot: scripts change several together.</summary>
    public string Key(string name) => $"{{{settings.Cluster.Name}}}:{name}";

    /// <summary>A channel of this cluster.</summary>
    public RedisChannel Channel(string name) => RedisChannel.Literal(Key(name));

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
            await _redis.DisposeAsync();
    }
}
