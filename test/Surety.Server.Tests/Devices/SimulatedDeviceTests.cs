using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Surety.Server.Hosting;

namespace Surety.Server.Tests.Devices;

/// <summary>Devices that people start in the server, from the factory to the directory.</summary>
public sealed class SimulatedDeviceTests : IAsyncLifetime
{
    private const string Path = "/v3/simulated-devices";

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(
        // The same after a restart.
        $"--Surety:Lwm2m:Coaps=127.0.0.1:{FindFreePort()}", $"--Surety:Bootstrap:Coaps=127.0.0.1:{FindFreePort()}", "--Surety:PublicHost=127.0.0.1", "--Surety:SimulatedDevices:PerAccount=3");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_device_that_is_started_is_claimed_enrols_registers_and_stops()
    {
        var owner = await _server.NewAccountAsync();
        var before = await owner.GetOkAsync(Path);
        Assert.Equal(3, (int)before["max_count"]!);
        Assert.Empty(before.All("id"));

        var started = (await owner.PostAsync(Path, "{\"kind\":\"thermometer\"}"))["data"]![0]!;
        var name = started.Text("endpoint_name");
        Assert.StartsWith("simulated-thermometer-", name, StringComparison.Ordinal);
        var device = await WhenStateAsync(owner, name, "registered");
        await WhenAsync(async () => (bool)(await owner.GetOkAsync($"{Path}/{started.Text("id")}"))["registered"]!);
        Assert.Contains("DTLS", (await owner.GetOkAsync($"{Path}/{started.Text("id")}")).Text("status"), StringComparison.Ordinal);

        // It came the way of first-to-claim, from a factory that this account trusts.
        var factory = (await owner.GetOkAsync("/v3/trusted-certificates"))["data"]!.AsArray().Single()!;
        Assert.True((bool)factory["enrollment_mode"]!);
        Assert.Equal(factory.Text("id"), device.Text("ca_id"));
        var claim = (await owner.GetOkAsync("/v3/device-enrollments"))["data"]!.AsArray().Single()!;
        Assert.Equal(device.Text("id"), claim.Text("enrolled_device_id"));
        Assert.Equal(device.Text("id"), Assert.Single((await owner.GetOkAsync("/v2/endpoints")).AsArray())!.Text("name"));

        // A stranger neither sees nor stops it.
        var stranger = await _server.NewAccountAsync();
        Assert.Empty((await stranger.GetOkAsync(Path)).All("id"));
        using (var response = await stranger.GetAsync(new Uri($"{Path}/{started.Text("id")}", UriKind.Relative), TestContext.Current.CancellationToken))
            await response.ReadErrorAsync(HttpStatusCode.NotFound, "not_found");
        using (var response = await stranger.DeleteAsync(new Uri($"{Path}/{started.Text("id")}", UriKind.Relative), TestContext.Current.CancellationToken))
            await response.ReadErrorAsync(HttpStatusCode.NotFound, "not_found");

        using (var response = await owner.DeleteAsync(new Uri($"{Path}/{started.Text("id")}", UriKind.Relative), TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        await WhenStateAsync(owner, name, "deregistered");
        Assert.Empty((await owner.GetOkAsync(Path)).All("id"));
        // Its keys are gone.
        Assert.Empty(Directory.EnumerateFileSystemEntries(System.IO.Path.Combine(_server.DataDirectory, "demo"), $"{name}*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_account_has_as_many_as_it_may_and_they_go_on_after_a_restart()
    {
        var started = await _server.Admin.PostAsync(Path, "{\"count\":2}");
        using (var response = await _server.Admin.SendAsync(HttpMethod.Post, Path, "{\"count\":2}"))
            await response.ReadErrorAsync(HttpStatusCode.Forbidden, "account_limit_exceeded");
        Assert.Single((await _server.Admin.PostAsync(Path, "{}")).All("id"));
        var names = (await _server.Admin.GetOkAsync(Path)).All("endpoint_name");
        Assert.Equal(3, names.Count);
        foreach (var name in names)
            await WhenStateAsync(_server.Admin, name, "registered");
        var ids = (await _server.Admin.GetOkAsync("/v3/devices")).All("id");

        await _server.RestartAsync();
        Assert.Equal(names, (await _server.Admin.GetOkAsync(Path)).All("endpoint_name"));
        await WhenAsync(async () => (await _server.Admin.GetOkAsync(Path))["data"]!.AsArray().All(device => (bool)device!["registered"]!));
        Assert.Equal(ids, (await _server.Admin.GetOkAsync("/v3/devices")).All("id"));
        Assert.Equal(started["data"]![0]!.Text("id"), Assert.Single((await _server.Admin.GetOkAsync(Path))["data"]!.AsArray(), device => device!.Text("endpoint_name") == started["data"]![0]!.Text("endpoint_name"))!.Text("id"));
    }

    [Theory]
    [InlineData("{\"count\":0}")]
    [InlineData("{\"count\":101}")]
    [InlineData("{\"kind\":\"toaster\"}")]
    public async Task A_request_for_what_there_cannot_be_is_refused(string body)
    {
        using var response = await _server.Admin.SendAsync(HttpMethod.Post, Path, body);
        await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
    }

    [Fact]
    public async Task A_server_without_the_setting_has_none_and_says_what_to_set()
    {
        await using var plain = await TestServer.StartAsync();
        Assert.Equal(0, (int)(await plain.Admin.GetOkAsync(Path))["max_count"]!);
        using var response = await plain.Admin.SendAsync(HttpMethod.Post, Path, "{}");
        Assert.Contains("Surety:SimulatedDevices:PerAccount", (await response.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied")).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_has_some_unless_the_operator_says_how_many()
    {
        string[] addresses = ["--demo", "--Surety:Lwm2m:CoapsTcp=127.0.0.1:0", "--Surety:Bootstrap:CoapsTcp=127.0.0.1:0"];
        await using var demo = await TestServer.StartAsync(addresses);
        Assert.Equal(20, (int)(await demo.Admin.GetOkAsync(Path))["max_count"]!);
        await using var none = await TestServer.StartAsync([.. addresses, "--Surety:SimulatedDevices:PerAccount=0"]);
        Assert.Equal(0, (int)(await none.Admin.GetOkAsync(Path))["max_count"]!);
    }

    [Fact]
    public async Task A_cluster_has_none()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(
            "--Surety:SimulatedDevices:PerAccount=1", "--Surety:Cluster:Redis=localhost:6379", "--Surety:Database:Provider=Postgres", "--Surety:Database:ConnectionString=Host=localhost"));
        Assert.Contains("Surety:SimulatedDevices:PerAccount", error.Message, StringComparison.Ordinal);
    }

    private static int FindFreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task<JsonNode> WhenStateAsync(HttpClient client, string name, string state)
    {
        JsonNode? found = null;
        await WhenAsync(async () =>
        {
            found = (await client.GetOkAsync($"/v3/devices?endpoint_name__eq={name}"))["data"]!.AsArray().FirstOrDefault();
            return found?.Text("state") == state;
        });
        return found!;
    }

    private static async Task WhenAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            Assert.False(timeout.IsCancellationRequested, "It did not happen within a minute.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
