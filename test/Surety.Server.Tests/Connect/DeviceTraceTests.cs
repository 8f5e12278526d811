using System.Net;
using Surety.Coap;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Connect;
using Surety.Server.Tests.Bootstrap;

namespace Surety.Server.Tests.Connect;

/// <summary>The live trace, and how a device is connected.</summary>
public sealed class DeviceTraceTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    [Fact]
    public async Task What_a_device_sends_and_gets_is_seen_in_words_and_as_it_was()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        await using var other = await fixture.RegisterAsync();
        using var trace = await TraceReader.OpenAsync(app.Client, await app.FindAsync(device.Name));
        Assert.Equal(CoapCode.Changed, await other.SendAsync(ContentFormat.SenmlJson, """[{"bn":"/3303/0/","n":"5700","v":1}]"""));
        Assert.Equal(CoapCode.Changed, await device.SendAsync(ContentFormat.SenmlJson, """[{"bn":"/3303/0/","n":"5700","v":21.5}]"""));

        var sent = await trace.NextAsync(line => line.Text("direction") == "in");
        Assert.Equal(("0.02", "POST", "CON", "/dp", "coap", "lwm2m"), (sent.Text("code"), sent.Text("code_name"), sent.Text("type"), sent.Text("path"), sent.Text("scheme"), sent.Text("server")));
        Assert.Equal("/3303/0/5700 = 21.5", sent.Text("text"));
        Assert.Contains(sent["options"]!.AsArray(), option => option!.Text("name") == "ContentFormat" && option!.Text("value") == "110");
        // RFC 7252, 3: version 1, Confirmable; the code; the payload behind the marker.
        var datagram = Convert.FromBase64String(sent.Text("datagram"));
        Assert.Equal((0x4, 0x02), (datagram[0] >> 4, (int)datagram[1]));
        byte[] end = [0xff, .. """[{"bn":"/3303/0/","n":"5700","v":21.5}]"""u8];
        Assert.Equal(end, datagram[^end.Length..]);

        var answer = await trace.NextAsync(line => line.Text("direction") == "out");
        Assert.Equal(("2.04", "Changed", "ACK", "/dp"), (answer.Text("code"), answer.Text("code_name"), answer.Text("type"), answer.Text("path")));
        Assert.Equal((int)sent["message_id"]!, (int)answer["message_id"]!);

        await app.PostAsync(await app.FindAsync(device.Name), "read-1", "GET", "/3303/0/5700");
        var read = await trace.NextAsync(line => line.Text("code_name") == "GET");
        Assert.Equal(("out", "/3303/0/5700"), (read.Text("direction"), read.Text("path")));
        var value = await trace.NextAsync(line => line.Text("code") == "2.05");
        Assert.Equal(("in", "/3303/0/5700", "/3303/0/5700 = 21.5"), (value.Text("direction"), value.Text("path"), value.Text("text")));
        Assert.All(trace.Lines, line => Assert.DoesNotContain("\"v\":1}", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Endpoints_are_left_alone_when_nobody_watches_any_more()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var endpoints = fixture.Server.Service<DeviceEndpoints>().All;
        using (await TraceReader.OpenAsync(app.Client, await app.FindAsync(device.Name)))
            Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.Trace));
        await DeviceServerFixture.UntilAsync(() => endpoints.All(endpoint => endpoint.Trace is null));
    }

    [Fact]
    public async Task A_seventeenth_reader_is_told_to_wait()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        var endpoints = fixture.Server.Service<DeviceEndpoints>().All;
        await DeviceServerFixture.UntilAsync(() => endpoints.All(endpoint => endpoint.Trace is null));
        List<TraceReader> readers = [];
        try
        {
            for (var i = 0; i < 16; i++)
                readers.Add(await TraceReader.OpenAsync(app.Client, id));
            await app.Client.GetErrorAsync($"/v3/devices/{id}/trace", HttpStatusCode.TooManyRequests, "rate_limit_exceeded");
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
            await DeviceServerFixture.UntilAsync(() => endpoints.All(endpoint => endpoint.Trace is null));
        }
    }

    [Fact]
    public async Task A_device_without_security_is_connected_until_it_deregisters()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync("&b=UQ");
        var id = await app.FindAsync(device.Name);
        var connection = await app.Client.GetOkAsync($"/v3/devices/{id}/connection");
        Assert.Equal(("device-connection", id, "coap", "1.1"), (connection.Text("object"), connection.Text("id"), connection.Text("scheme"), connection.Text("lwm2m_version")));
        Assert.True((bool)connection["registered"]! && (bool)connection["reachable"]!);
        Assert.Equal(3600, (int)connection["lifetime"]!);
        Assert.StartsWith("127.0.0.1:", connection.Text("address"), StringComparison.Ordinal);
        Assert.Null(connection["cipher_suite"]);
        await device.DeregisterAsync();
        Assert.False((bool)(await app.Client.GetOkAsync($"/v3/devices/{id}/connection"))["registered"]!);
    }

    /// <summary>A bootstrap writes keys: they are not for whoever watches.</summary>
    [Fact]
    public async Task What_a_bootstrap_writes_is_withheld_and_the_rest_of_it_seen()
    {
        await using var server = await TestServer.StartAsync("--Surety:Lwm2m:Coaps=127.0.0.1:0", "--Surety:Bootstrap:Coaps=127.0.0.1:0");
        var account = (await server.Admin.GetOkAsync("/v3/accounts/me")).Text("id");
        await server.Admin.PostAsync("/v3/bootstrap-rules", """{"name":"keys","priority":1,"server":{"security_mode":0}}""");
        await GivenKey.BootstrapAsync(server, "watched", account);
        var app = new Application(server.Admin);
        var id = await app.FindAsync("watched");
        using var trace = await TraceReader.OpenAsync(server.Admin, id);
        using var stranger = await WatchNamesakeAsync(server, "watched");
        var key = await GivenKey.BootstrapAsync(server, "watched", account);

        var begin = await trace.NextAsync(line => line.Text("path") == "/bs");
        Assert.Equal(("bootstrap", "in", "coaps"), (begin.Text("server"), begin.Text("direction"), begin.Text("scheme")));
        Assert.StartsWith("DTLS 1.2, TLS_ECDHE_ECDSA_", begin.Text("security"), StringComparison.Ordinal);
        var written = await trace.NextAsync(line => line.Text("path") == "/0/1" && line.Text("direction") == "out");
        Assert.True((bool)written["withheld"]!);
        Assert.True((int)written["payload_length"]! > 0);
        Assert.Null(written["datagram"]);
        await trace.NextAsync(line => line.Text("path") == "/bs" && line.Text("code") == "0.02" && line.Text("direction") == "out");
        foreach (var secret in (string[])[Convert.ToBase64String(key.Secret), Convert.ToHexStringLower(key.Secret), System.Buffers.Text.Base64Url.EncodeToString(key.Secret)])
            Assert.All(trace.Lines, line => Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase));

        await using var device = await key.ConnectAsync(server, 0);
        Assert.Equal(CoapCode.Created, await device.RegisterAsync("watched"));
        var connection = await server.Admin.GetOkAsync($"/v3/devices/{id}/connection");
        Assert.Equal(("coaps", "DTLS 1.2"), (connection.Text("scheme"), connection.Text("security_protocol")));
        Assert.Contains("PSK", connection.Text("cipher_suite"), StringComparison.Ordinal);
        await trace.NextAsync(line => line.Text("server") == "lwm2m" && line.Text("path") == "/rd");
        Assert.Empty(await stranger.LinesUntilNowAsync());
    }

    /// <summary>Another account has a device of the same name, and watches it.</summary>
    private static async Task<TraceReader> WatchNamesakeAsync(TestServer server, string name)
    {
        var (_, key) = await server.Service<AccountService>().CreateAsync("Stranger", null, TestContext.Current.CancellationToken);
        var client = server.Client(key);
        var device = await client.PostAsync("/v3/devices", $$"""{"endpoint_name":"{{name}}","device_key":"{{new string('a', 64)}}"}""");
        return await TraceReader.OpenAsync(client, device.Text("id"));
    }
}
