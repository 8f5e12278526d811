using System.Net;
using System.Text;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.PreSharedKeys;
using Surety.Server.Tests.Connect;
using Surety.Server.Tests.Users;

namespace Surety.Server.Tests.Cluster;

/// <summary>What is changed at one node counts at all of them.</summary>
[Collection(ClusterFixture.Collection)]
public sealed class InvalidationTests(ClusterFixture fixture) : IAsyncLifetime
{
    private readonly ClusterBench _cluster = fixture.Bench;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _cluster.NewAccountAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_key_that_is_deleted_at_one_node_is_refused_at_the_other()
    {
        var made = await _cluster.At(0).Client.PostAsync("/v3/api-keys", "{\"name\":\"short-lived\"}");
        using var application = _cluster[0].Client(made.Text("key"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(application, "/v3/devices"));

        Assert.Equal(HttpStatusCode.NoContent, await _cluster.At(1).StatusAsync(HttpMethod.Delete, $"/v3/api-keys/{made.Text("id")}"));
        await DeviceServerFixture.UntilAsync(async () => await StatusAsync(application, "/v3/devices") == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_tenant_that_is_suspended_at_one_node_is_shut_out_at_the_other_with_its_devices_until_it_is_active_again()
    {
        var tenant = await _cluster.At(1).Client.PostAsync("/v3/accounts", "{\"end_market\":\"IoT\"}");
        using var application = _cluster[0].Client(tenant.Text("admin_key"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(application, "/v3/devices"));
        var trust = _cluster[0].Service<DeviceTrust>();

        await _cluster.At(1).Client.PutAsync($"/v3/accounts/{tenant.Text("id")}", "{\"status\":\"SUSPENDED\"}");
        await DeviceServerFixture.UntilAsync(async () => await StatusAsync(application, "/v3/devices") == HttpStatusCode.Unauthorized);
        await DeviceServerFixture.UntilAsync(() => trust.SuspendedAccounts.Contains(tenant.Id("id")));

        await _cluster.At(1).Client.PutAsync($"/v3/accounts/{tenant.Text("id")}", "{\"status\":\"ACTIVE\"}");
        await DeviceServerFixture.UntilAsync(async () => await StatusAsync(application, "/v3/devices") == HttpStatusCode.OK);
        await DeviceServerFixture.UntilAsync(() => !trust.SuspendedAccounts.Contains(tenant.Id("id")));
    }

    [Fact]
    public async Task A_user_who_signs_in_at_one_node_is_known_at_the_other_and_signed_out_at_both()
    {
        var token = await SignInAsync(0);
        using var there = _cluster[1].Client(token);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(there, "/v3/devices"));
        // Of a key that was made after the other has read the keys.
        using var here = _cluster[0].Client(token);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(here, "/v3/devices"));

        using var goodbye = await here.PostAsync("/auth/logout", null, Token);
        Assert.True(goodbye.IsSuccessStatusCode);
        await DeviceServerFixture.UntilAsync(async () => await StatusAsync(there, "/v3/devices") == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_device_that_is_suspended_at_one_node_is_not_registered_at_the_other_any_more()
    {
        await using var device = await _cluster.RegisterAsync(0);
        var id = await _cluster.At(1).FindAsync(device.Name);
        using var suspended = await _cluster.At(1).Client.SendAsync(HttpMethod.Post, $"/v3/devices/{id}/suspend", "{\"category\":\"maintenance\"}");
        Assert.True(suspended.IsSuccessStatusCode, await suspended.Content.ReadAsStringAsync(Token));
        await DeviceServerFixture.UntilAsync(() => !_cluster.IsRegistered(0, id));
    }

    [Fact]
    public async Task A_device_that_is_deleted_at_one_node_is_not_registered_at_the_other_any_more()
    {
        await using var device = await _cluster.RegisterAsync(0);
        var id = await _cluster.At(1).FindAsync(device.Name);
        Assert.Equal(HttpStatusCode.NoContent, await _cluster.At(1).StatusAsync(HttpMethod.Delete, $"/v3/devices/{id}"));
        await DeviceServerFixture.UntilAsync(() => !_cluster.IsRegistered(0, id));
    }

    [Fact]
    public async Task Rules_that_are_set_at_one_node_subscribe_devices_at_the_other()
    {
        await using var device = await _cluster.RegisterAsync(0);
        Assert.Equal(HttpStatusCode.NoContent, await _cluster.At(1).StatusAsync(HttpMethod.Put, "/v2/subscriptions", Json("[{\"resource-path\":[\"/3303/0\"]}]")));
        await DeviceServerFixture.UntilAsync(() => device.Calls.Any(call => call is { Path: "/3303/0", Observe: 0 }));
        Assert.Single((await _cluster.At(0).Client.GetOkAsync("/v2/subscriptions")).AsArray());

        Assert.Equal(HttpStatusCode.NoContent, await _cluster.At(1).StatusAsync(HttpMethod.Delete, "/v2/subscriptions"));
        await DeviceServerFixture.UntilAsync(() => device.Calls.Any(call => call is { Path: "/3303/0", Observe: 1 }));
    }

    [Fact]
    public async Task A_bootstrap_rule_that_is_made_and_deleted_at_one_node_observes_devices_of_the_other()
    {
        await using var device = await _cluster.RegisterAsync(0);
        var rule = (await _cluster.At(1).Client.PostAsync(
            "/v3/bootstrap-rules", """{"name":"watched","priority":1,"observations":[{"path":"/3303/0/5700","pmin":10}]}""")).Text("id");
        await DeviceServerFixture.UntilAsync(() => device.Calls.Any(call => call is { Path: "/3303/0/5700", Observe: 0 }));
        Assert.Contains(device.Calls, call => call.Query == "pmin=10");
        await using var newcomer = await _cluster.RegisterAsync(2);
        await DeviceServerFixture.UntilAsync(() => newcomer.Calls.Any(call => call is { Path: "/3303/0/5700", Observe: 0 }));

        Assert.Equal(HttpStatusCode.NoContent, await _cluster.At(2).StatusAsync(HttpMethod.Delete, $"/v3/bootstrap-rules/{rule}"));
        await DeviceServerFixture.UntilAsync(() => device.Calls.Any(call => call is { Path: "/3303/0/5700", Observe: 1 }));
        await DeviceServerFixture.UntilAsync(() => newcomer.Calls.Any(call => call is { Path: "/3303/0/5700", Observe: 1 }));
    }

    [Fact]
    public async Task What_is_wanted_of_a_device_is_said_shown_and_done_from_any_node()
    {
        await using var device = await _cluster.RegisterAsync(0);
        var id = await _cluster.At(1).FindAsync(device.Name);
        await _cluster.UntilFoundAsync(1, device.Name, 0);
        await _cluster.At(1).Client.PutAsync($"/v3/devices/{id}/echo", """{"resources":[{"resource_path":"/3303/0/5750","value":"b25l"}]}""");
        await DeviceServerFixture.UntilAsync(async () => (int)(await _cluster.At(1).Client.GetOkAsync($"/v3/devices/{id}/echo"))["resources"]![0]!["desired"]!["status"]! == 1);
        Assert.Equal("one", Assert.Single(device.Calls).Text);

        // A device that comes to another node than the one where it was wished.
        var away = (await _cluster.At(0).Client.PostAsync("/v3/devices", """{"endpoint_name":"comes-later"}""")).Text("id");
        await _cluster.At(0).Client.PutAsync($"/v3/devices/{away}/echo", """{"resources":[{"resource_path":"/3303/0/5750","value":"dHdv"}]}""");
        await using var late = await _cluster.RegisterAsync(2, "comes-later");
        await DeviceServerFixture.UntilAsync(async () => (int)(await _cluster.At(0).Client.GetOkAsync($"/v3/devices/{away}/echo"))["resources"]![0]!["desired"]!["status"]! == 1);
        Assert.Equal("two", Assert.Single(late.Calls).Text);
    }

    [Fact]
    public async Task A_pre_shared_key_that_is_made_and_deleted_at_one_node_is_known_and_not_known_at_the_other()
    {
        var name = $"psk-{Login.Unique()}";
        var identity = Encoding.UTF8.GetBytes(name);
        var there = _cluster[0].Service<PreSharedKeyService>();
        using var made = await _cluster.At(1).Client.SendAsync(
            HttpMethod.Post, "/v2/device-shared-keys", $"{{\"endpoint_name\":\"{name}\",\"secret_hex\":\"0x000102030405060708090a0b0c0d0e0f\"}}");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await DeviceServerFixture.UntilAsync(() => there.IsStillKnown(identity));
        Assert.Equal(Enumerable.Range(0, 16).Select(i => (byte)i), await there.FindKeyAsync(identity));

        await _cluster.At(1).StatusAsync(HttpMethod.Delete, $"/v2/device-shared-keys/{name}");
        await DeviceServerFixture.UntilAsync(() => !there.IsStillKnown(identity));
    }

    [Fact]
    public async Task Only_one_node_runs_a_bulk_job_and_any_node_tells_how_far_it_is()
    {
        var identities = string.Join('\n', Enumerable.Range(0, 50).Select(_ => Enrollment.Identities.New()));
        var job = await Enrollment.Identities.ProcessAsync(_cluster.At(1).Client, Enrollment.Identities.Uploads, $"id\n{identities}");
        Assert.Equal(50, (int)job["processed_count"]!);
        Assert.Equal(0, (int)job["errors_count"]!);
        var held = await Task.WhenAll(_cluster[0].Service<IClusterLeases>().HoldAsync("bulk-jobs").AsTask(), _cluster[1].Service<IClusterLeases>().HoldAsync("bulk-jobs").AsTask());
        Assert.Single(held, isHeld => isHeld);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Token);
        return response.StatusCode;
    }

    private async Task<string> SignInAsync(int node)
    {
        var password = (await File.ReadAllTextAsync(Path.Combine(_cluster[0].DataDirectory, "admin.password"), Token)).Trim();
        return (await _cluster[node].LoginAsync("admin@localhost", password)).Text("token");
    }
}
