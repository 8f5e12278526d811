using System.Net;
using System.Security.Authentication;
using Surety.Coap;
using Surety.Server.Tests.Bootstrap;
using Surety.Server.Tests.Connect;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Cluster;

/// <summary>A key that one node gives a device opens every node, until it opens none: modes 0 (pre-shared key) and 1 (raw public key).</summary>
public sealed class BootstrapKeyClusterTests(PostgresCluster postgres, RedisServer redis) : IAsyncLifetime
{
    private static readonly string[] Secured = ["--Surety:Lwm2m:Coaps=127.0.0.1:0", "--Surety:Bootstrap:Coaps=127.0.0.1:0"];

    private ClusterBench _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await ClusterBench.StartAsync(postgres, redis, 2, Secured);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_key_of_a_bootstrap_at_one_node_opens_the_others_until_it_is_replaced_or_its_device_is_deleted(int mode)
    {
        var account = (await _cluster.At(0).Client.GetOkAsync("/v3/accounts/me")).Text("id");
        await _cluster.At(1).Client.PostAsync("/v3/bootstrap-rules", $$$"""{"name":"keys","priority":1,"server":{"security_mode":{{{mode}}}}}""");
        var name = $"roaming-{mode}";
        var first = await GivenKey.BootstrapAsync(_cluster[0], name, account);
        await OpensAsync(first, 0, mode, name);
        await OpensAsync(first, 1, mode, name);
        // Who comes later reads them.
        await _cluster.AddAsync();
        await OpensAsync(first, 2, mode, name);

        var second = await GivenKey.BootstrapAsync(_cluster[1], name, account);
        await OpensAsync(second, 0, mode, name);
        for (var node = 0; node < 3; node++)
            await RefusedAsync(first, node, mode);

        var id = await _cluster.At(0).FindAsync(name);
        Assert.Equal(HttpStatusCode.NoContent, await _cluster.At(2).StatusAsync(HttpMethod.Delete, $"/v3/devices/{id}"));
        for (var node = 0; node < 3; node++)
            await RefusedAsync(second, node, mode);
    }

    // The other nodes are told of a key when it is made, before the device has it, but nobody waits for them: a device may try again.
    private Task OpensAsync(GivenKey key, int node, int mode, string name) => DeviceServerFixture.UntilAsync(async () =>
    {
        if (await TryConnectAsync(key, node, mode) is not { } device)
            return false;
        await using (device)
            Assert.Equal(CoapCode.Created, await device.RegisterAsync(name));
        return true;
    });

    private Task RefusedAsync(GivenKey key, int node, int mode) => DeviceServerFixture.UntilAsync(async () =>
    {
        if (await TryConnectAsync(key, node, mode) is not { } device)
            return true;
        await device.DisposeAsync();
        return false;
    });

    private async Task<GivenKeyConnection?> TryConnectAsync(GivenKey key, int node, int mode)
    {
        try
        {
            // With the server's key that it was given at its bootstrap.
            return await key.ConnectAsync(_cluster[node], mode);
        }
        catch (AuthenticationException)
        {
            return null;
        }
    }
}
