using System.Net;
using System.Text;
using Surety.Coap;
using Surety.Server.Features.Cluster;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Cluster;

/// <summary>A device is at one node, applications are at any.</summary>
[Collection(ClusterFixture.Collection)]
public sealed class RoutingTests(ClusterFixture fixture) : IAsyncLifetime
{
    private readonly ClusterBench _cluster = fixture.Bench;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _cluster.NewAccountAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_device_at_one_node_is_read_written_and_executed_from_another()
    {
        await using var device = await RegisterAsync(0);
        var (here, there) = (_cluster.At(0), _cluster.At(1));
        var id = await there.FindAsync(device.Name);

        // The answers come on the application's channel at the node that has the device.
        var reading = await there.Client.GetAsync($"/v2/endpoints/{id}/3303/0/5700", Token);
        Assert.Equal("21.5", Application.Decode(await here.OutcomeAsync((await reading.ReadAsync(HttpStatusCode.Accepted)).Text("async-response-id"))));
        var writing = await there.Client.SendAsync(HttpMethod.Put, $"/v2/endpoints/{id}/3303/0/5750", "a b", "text/plain");
        Assert.Equal(200, (int)(await here.OutcomeAsync((await writing.ReadAsync(HttpStatusCode.Accepted)).Text("async-response-id")))["status"]!);
        await there.PostAsync(id, "run", "POST", "/3303/0/5605");
        Assert.Equal(200, (int)(await here.OutcomeAsync("run"))["status"]!);

        Assert.Equal([CoapCode.Get, CoapCode.Put, CoapCode.Post], device.Calls.Select(call => call.Method));
        Assert.Equal("a b", device.Calls.ElementAt(1).Text);
    }

    [Fact]
    public async Task Answers_and_errors_of_the_other_node_come_as_it_gave_them()
    {
        await using var device = await RegisterAsync(0);
        var there = _cluster.At(1);
        var id = await there.FindAsync(device.Name);
        var error = await there.Client.GetErrorAsync($"/v2/endpoints/{id}/70000", HttpStatusCode.NotFound, "not_found");
        Assert.Contains("URI_PATH_DOES_NOT_EXISTS", error.Text("message"), StringComparison.Ordinal);
        var links = (await there.Client.GetOkAsync($"/v2/endpoints/{id}")).AsArray();
        Assert.Contains(links, link => link!.Text("uri") == "/3303/0");
        // A value of almost a mebibyte goes through as it comes.
        using var large = new ByteArrayContent(new byte[1_000_000]);
        large.Headers.ContentType = new("application/octet-stream");
        using var answer = await there.Client.SendAsync(HttpMethod.Put, $"/v2/endpoints/{id}/3303/0/5750", large);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    public async Task Another_accounts_device_is_not_found_from_another_node_either()
    {
        await using var device = await RegisterAsync(0);
        var id = await _cluster.At(1).FindAsync(device.Name);
        var stranger = await _cluster[1].NewAccountAsync();
        await stranger.GetErrorAsync($"/v2/endpoints/{id}", HttpStatusCode.NotFound, "not_found");
        using var unknown = _cluster[1].Client("ak_0");
        await unknown.GetErrorAsync($"/v2/endpoints/{id}", HttpStatusCode.Unauthorized, "invalid_apikey");
    }

    [Fact]
    public async Task Registered_devices_are_listed_from_any_node_each_once()
    {
        await using var first = await RegisterAsync(0);
        await using var second = await RegisterAsync(1, query: "&Q");
        for (var i = 0; i < 2; i++)
        {
            var app = _cluster.At(i);
            var list = (await app.Client.GetOkAsync("/v2/endpoints")).AsArray();
            Assert.Equal(new[] { await app.FindAsync(first.Name), await app.FindAsync(second.Name) }.Order(), list.Select(e => e!.Text("name")));
            Assert.Single(list, e => (bool)e!["q"]!);
        }
    }

    [Fact]
    public async Task A_request_is_forwarded_once_at_most()
    {
        await using var device = await RegisterAsync(0);
        var id = await _cluster.At(1).FindAsync(device.Name);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v2/endpoints/{id}");
        request.Headers.Add(RequestForwarder.Header, "0123456789abcdef0123456789abcdef");
        using var answer = await _cluster.At(1).Client.SendAsync(request, Token);
        // As a node answers that has not the device.
        Assert.Contains("DEVICE_NOT_CONNECTED", (await answer.ReadErrorAsync(HttpStatusCode.NotFound, "not_found")).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nodes_ask_of_each_other_nobody_else_may()
    {
        using var plain = await _cluster[0].Admin.GetAsync("/internal/endpoints/0123456789abcdef0123456789abcdef", Token);
        Assert.Equal(HttpStatusCode.NotFound, plain.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/internal/endpoints/0123456789abcdef0123456789abcdef");
        var signed = _cluster[0].Service<SignedRequests>().Sign("GET", "/internal/endpoints/ffffffffffffffffffffffffffffffff", []);
        request.Headers.Add(ClusterSecret.Header, signed);
        using var forged = await _cluster[0].Anonymous.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
    }

    [Fact]
    public async Task A_device_that_registers_at_another_node_is_there_and_not_here_and_nobody_hears_of_its_leaving()
    {
        await using var device = await RegisterAsync(0);
        var id = await _cluster.At(0).FindAsync(device.Name);
        var watcher = _cluster.At(0);
        await watcher.RestAsync("registrations");
        await using var moved = await RegisterAsync(1, device.Name);
        await DeviceServerFixture.UntilAsync(() => !_cluster.IsRegistered(0, id));

        Assert.Equal("registered", (await watcher.Client.GetOkAsync($"/v3/devices/{id}")).Text("state"));
        await watcher.Client.GetOkAsync($"/v2/endpoints/{id}");
        Assert.Empty(await watcher.RestAsync("de-registrations"));
    }

    [Fact]
    public async Task Requests_that_wait_follow_the_device_to_another_node()
    {
        await using var sleeper = await RegisterAsync(0, query: "&Q");
        var app = _cluster.At(0);
        var id = await app.FindAsync(sleeper.Name);
        // It does not answer: the first is with it, the others wait.
        sleeper.Answer = _ => null;
        for (var i = 0; i < 5; i++)
            await app.PostAsync(id, $"n-{i}", "PUT", "/3303/0/5750", Encoding.UTF8.GetBytes($"{i}"), "text/plain");
        await DeviceServerFixture.UntilAsync(() => !sleeper.Calls.IsEmpty);

        await using var awake = await RegisterAsync(1, sleeper.Name, "&Q");
        var there = _cluster.At(1);
        for (var i = 0; i < 5; i++)
            Assert.Equal(200, (int)(await there.OutcomeAsync($"n-{i}"))["status"]!);
        Assert.Equal(["0", "1", "2", "3", "4"], awake.Calls.Select(call => call.Text));
    }

    private async Task<ScriptedDevice> RegisterAsync(int node, string? name = null, string query = "")
    {
        var device = await _cluster.RegisterAsync(node, name, query);
        await _cluster.UntilFoundAsync(1 - node, device.Name, node);
        return device;
    }
}
