using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Cluster;

/// <summary>Three nodes for the tests of several classes, one after the other. Each test takes an account of its own, which gets the devices.</summary>
public sealed class ClusterFixture(PostgresCluster postgres, RedisServer redis) : IAsyncLifetime
{
    /// <summary>The collection of the classes that share it.</summary>
    public const string Collection = "cluster";

    internal ClusterBench Bench { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Bench = await ClusterBench.StartAsync(postgres, redis, 3);

    public ValueTask DisposeAsync() => Bench.DisposeAsync();
}
