using System.Net;
using Microsoft.Extensions.Hosting;
using Surety.Server.Features.Cluster;
using Surety.Server.Hosting;
using Surety.Server.Tests.Connect;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Cluster;

/// <summary>How nodes become a cluster, and what cannot.</summary>
public sealed class NodeTests(PostgresCluster postgres, RedisServer redis)
{
    [Fact]
    public async Task Nodes_that_start_together_make_one_platform()
    {
        await using var cluster = await ClusterBench.StartAsync(postgres, redis, 1);
        await Task.WhenAll(cluster.AddAsync(), cluster.AddAsync());

        var nodes = Enumerable.Range(0, 3).Select(i => cluster[i].Service<ClusterNode>()).ToList();
        Assert.Equal(3, nodes.Select(node => node.Number).Distinct().Count());
        Assert.All(nodes, node => Assert.InRange(node.Number, 0, 254));
        var accounts = new List<string>();
        for (var i = 0; i < 3; i++)
            accounts.Add((await cluster[i].Admin.GetOkAsync("/v3/accounts/me")).Text("id"));
        Assert.Single(accounts.Distinct());
    }

    [Fact]
    public async Task A_node_that_is_none_of_the_cluster_does_not_start_and_is_told_what_to_copy()
    {
        await using var cluster = await ClusterBench.StartAsync(postgres, redis, 1);
        var otherKey = cluster.NewDirectory();
        File.Delete(Path.Combine(otherKey, SecretProtector.KeyFile));
        await AssertRefusedAsync(otherKey, "Copy secrets.key");

        var otherAuthority = cluster.NewDirectory();
        Directory.Delete(Path.Combine(otherAuthority, "ca"), recursive: true);
        await AssertRefusedAsync(otherAuthority, "Copy the folder ca");

        var otherServerKey = cluster.NewDirectory();
        File.Delete(Path.Combine(otherServerKey, "ca", "server.key"));
        await AssertRefusedAsync(otherServerKey, "or the server's key");

        var copy = cluster.NewDirectory();
        File.Copy(Path.Combine(cluster[0].DataDirectory, ClusterIdentity.FileName), Path.Combine(copy, ClusterIdentity.FileName));
        await AssertRefusedAsync(copy, "has the same data");
        using var ready = await cluster[0].Anonymous.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);

        async Task AssertRefusedAsync(string directory, string says)
        {
            var error = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartInAsync(directory, cluster.Arguments));
            Assert.Contains(says, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_node_that_starts_again_is_the_same_node_and_takes_over_the_work_of_one_that_stops()
    {
        await using var cluster = await ClusterBench.StartAsync(postgres, redis, 2);
        var before = cluster[1].Service<ClusterNode>();
        var (id, number) = (before.Id, before.Number);
        await cluster[1].RestartAsync();

        var after = cluster[1].Service<ClusterNode>();
        Assert.Equal((id, number), (after.Id, after.Number));
        IClusterLeases first = cluster[0].Service<IClusterLeases>(), second = cluster[1].Service<IClusterLeases>();
        Assert.True(await first.HoldAsync("work"));
        Assert.False(await second.HoldAsync("work"));
        Assert.True(await first.HoldAsync("work"));

        await cluster[0].StopAsync();
        Assert.True(await second.HoldAsync("work"));
    }

    [Fact]
    public async Task A_node_whose_place_was_taken_stops()
    {
        await using var cluster = await ClusterBench.StartAsync(postgres, redis, 1);
        var node = cluster[0].Service<ClusterNode>();
        var connection = cluster[0].Service<ClusterConnection>();
        var stopping = cluster[0].Service<IHostApplicationLifetime>().ApplicationStopping;
        await connection.Database.StringSetAsync(connection.Key($"number:{node.Number}"), "ffffffffffffffffffffffffffffffff/another");
        await DeviceServerFixture.UntilAsync(() => stopping.IsCancellationRequested);
        Assert.True(node.HasLostLease);
        Assert.False(await node.HoldAsync("work"));
    }

    [Fact]
    public async Task Without_Redis_nothing_starts_and_the_message_names_the_setting()
    {
        await redis.StartAsync();
        var database = await postgres.CreateDatabaseAsync();
        var error = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(
            "--Surety:Database:Provider=Postgres", $"--Surety:Database:ConnectionString={database}", "--Surety:Cluster:Redis=127.0.0.1:1"));
        Assert.Contains("Surety:Cluster:Redis", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080", "http://iot.example.com:8080")]
    [InlineData("http://[::]:8080", "http://iot.example.com:8080")]
    [InlineData("http://10.0.0.5:8080", "http://10.0.0.5:8080")]
    [InlineData("https://*:8443", "https://iot.example.com:8443")]
    [InlineData("http://[fd00::5]:8080", "http://[fd00::5]:8080")]
    public void An_address_that_means_any_is_advertised_as_the_public_host(string url, string expected) =>
        Assert.Equal(expected, ClusterFeature.Advertised(url, "iot.example.com"));
}
