using System.Net;
using System.Security.Cryptography;
using System.Text;
using Surety.Coap;

namespace Surety.Server.Tests.Connect;

/// <summary>POST /v2/device-requests, from the application to the device and back. (Pelion Connect, "Device requests", "Async response status".)</summary>
public sealed class DeviceRequestTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    [Fact]
    public async Task A_read_brings_the_value_with_its_type_and_age()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.StartDeviceAsync("reader");
        var outcome = await app.AskAsync(await app.FindAsync("reader"), "GET", "/3303/0/5700", accept: "text/plain");
        Assert.Equal(200, (int)outcome["status"]!);
        Assert.Equal("21.5", Application.Decode(outcome));
        Assert.Equal("text/plain", outcome.Text("ct"));
        Assert.Equal(60, (int)outcome["max-age"]!);
        Assert.Null(outcome["error"]);
    }

    [Theory]
    [InlineData("application/vnd.oma.lwm2m+tlv")]
    [InlineData("application/senml+json")]
    [InlineData("application/senml+cbor")]
    [InlineData("application/vnd.oma.lwm2m+json")]
    public async Task The_wanted_type_reaches_the_device_and_is_named_in_the_answer(string type)
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.StartDeviceAsync("formats");
        var outcome = await app.AskAsync(await app.FindAsync("formats"), "GET", "/3303/0", accept: type);
        Assert.Equal(200, (int)outcome["status"]!);
        Assert.Equal(type, outcome.Text("ct"));
        Assert.NotEmpty(Convert.FromBase64String(outcome.Text("payload")));
    }

    [Theory]
    [InlineData("/3303/0/5700", 0)]
    [InlineData("/5/0/0", 42)]
    [InlineData("/3303/0", null)]
    public async Task A_value_without_a_type_is_text_or_bytes_where_the_object_says_so(string path, int? format)
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        await app.AskAsync(await app.FindAsync(device.Name), "PUT", path, "12");
        Assert.Equal(format, device.Calls.Last().ContentFormat?.Value);
    }

    [Fact]
    public async Task Write_execute_create_and_delete_do_on_the_device_what_their_names_say()
    {
        var app = await fixture.NewAccountAsync();
        var executed = new TaskCompletionSource<string?>();
        await using var device = await fixture.StartDeviceAsync("actor");
        device.Objects.Find(3303)!.Find(0)!.OnExecute(5605, (arguments, _) =>
        {
            executed.TrySetResult(arguments[0]);
            return ValueTask.CompletedTask;
        });
        var id = await app.FindAsync("actor");

        var write = await app.AskAsync(id, "PUT", "/1/0/1", "120", "text/plain");
        Assert.Equal(200, (int)write["status"]!);
        Assert.Equal("120", Application.Decode(await app.AskAsync(id, "GET", "/1/0/1", accept: "text/plain")));

        Assert.Equal(200, (int)(await app.AskAsync(id, "POST", "/3303/0/5605", "0='now'", "text/plain"))["status"]!);
        Assert.Equal("now", await executed.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));

        var created = await app.AskAsync(id, "POST", "/3341", "[{\"bn\":\"/3341/7/\",\"n\":\"5527\",\"vs\":\"hello\"}]", "application/senml+json");
        Assert.True((int)created["status"]! == 201, created.ToJsonString());
        Assert.Equal("hello", device.Objects.Find(3341)!.Find(7)![5527].ToString());

        Assert.Equal(200, (int)(await app.AskAsync(id, "DELETE", "/3341/7"))["status"]!);
        Assert.Null(device.Objects.Find(3341)!.Find(7));
    }

    [Fact]
    public async Task A_put_with_a_query_writes_attributes()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        Assert.Equal(200, (int)(await app.AskAsync(id, "PUT", "/3303/0/5700?pmin=10&pmax=60&gt=25"))["status"]!);
        var call = Assert.Single(device.Calls);
        Assert.Equal(CoapCode.Put, call.Method);
        Assert.Equal("/3303/0/5700", call.Path);
        Assert.Equal("pmin=10&pmax=60&gt=25", call.Query);
        Assert.Empty(call.Payload);
    }

    [Fact]
    public async Task Payload_and_types_arrive_as_they_were_given()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var payload = RandomNumberGenerator.GetBytes(300);
        await app.PostAsync(await app.FindAsync(device.Name), "bytes", "POST", "3303/0", payload, "application/vnd.oma.lwm2m+tlv", "application/senml+cbor");
        await app.OutcomeAsync("bytes");
        var call = Assert.Single(device.Calls);
        Assert.Equal(payload, call.Payload);
        Assert.Equal((ushort)11542, call.ContentFormat?.Value);
        Assert.Equal((ushort)112, call.Accept?.Value);
    }

    public static TheoryData<int, int, string, int> Refusals => new()
    {
        { 4, 0, "no such attribute", 400 },
        { 4, 1, "", 400 },
        { 4, 3, "", 400 },
        { 4, 4, "", 404 },
        { 4, 5, "", 400 },
        { 4, 6, "", 400 },
        { 4, 12, "", 412 },
        { 4, 13, "", 413 },
        { 4, 15, "", 415 },
        { 5, 0, "", 500 },
        { 5, 1, "", 501 },
        { 5, 3, "busy", 503 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_a_device_refuses_comes_as_a_status_and_an_error(int codeClass, int detail, string diagnostic, int status)
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        device.Answer = _ => new CoapResponse(new CoapCode((byte)((codeClass << 5) | detail))) { Payload = Encoding.UTF8.GetBytes(diagnostic) };
        var outcome = await app.AskAsync(await app.FindAsync(device.Name), "GET", "/3303/0/5700");
        Assert.Equal(status, (int)outcome["status"]!);
        Assert.Equal($"{codeClass}.{detail:00} {diagnostic}".TrimEnd(), outcome.Text("error"));
        // There are clients that fail without the member; an age would make no sense.
        Assert.NotNull(outcome["payload"]);
        Assert.Null(outcome["max-age"]);
    }

    [Fact]
    public async Task The_real_device_answers_404_for_what_it_has_not()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.StartDeviceAsync("without");
        var id = await app.FindAsync("without");
        Assert.Equal(404, (int)(await app.AskAsync(id, "GET", "/3303/0/9999"))["status"]!);
        Assert.Equal(404, (int)(await app.AskAsync(id, "GET", "/32769/0/0"))["status"]!);
        Assert.Equal(400, (int)(await app.AskAsync(id, "PUT", "/3303/0/5700", "1", "text/plain"))["status"]!);
    }

    [Fact]
    public async Task A_value_of_100_KB_goes_both_ways_in_blocks()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        var value = RandomNumberGenerator.GetBytes(100_000);
        device.Answer = call => call.Method == CoapCode.Get
            ? new CoapResponse(CoapCode.Content, ContentFormat.OctetStream, value)
            : new CoapResponse(CoapCode.Changed);

        await app.PostAsync(id, "down", "PUT", "/5/0/0", value, "application/octet-stream");
        Assert.Equal(200, (int)(await app.OutcomeAsync("down"))["status"]!);
        await app.PostAsync(id, "up", "GET", "/5/0/0");
        var outcome = await app.OutcomeAsync("up");

        Assert.Equal(value, device.Calls.Single(call => call.Method == CoapCode.Put).Payload);
        Assert.Equal(value, Convert.FromBase64String(outcome.Text("payload")));
        Assert.Equal("application/octet-stream", outcome.Text("ct"));
    }

    [Fact]
    public async Task Requests_reach_a_device_one_at_a_time_and_in_order()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        for (var i = 0; i < 20; i++)
            await app.PostAsync(id, $"n-{i}", "PUT", "/3303/0/5750", Encoding.UTF8.GetBytes($"{i}"), "text/plain");
        for (var i = 0; i < 20; i++)
            Assert.Equal($"n-{i}", (await app.NextAsync("async-responses")).Text("id"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), device.Calls.Select(call => call.Text));
    }

    [Fact]
    public async Task A_device_that_sleeps_gets_its_requests_when_it_speaks()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = new ScriptedDevice(fixture.CoapPort);
        var isListening = false;
        device.Answer = _ => isListening ? ScriptedDevice.Text("awake") : null;
        await device.RegisterAsync("&Q");
        var id = await app.FindAsync(device.Name);
        fixture.LetDevicesSleep();

        await app.PostAsync(id, "wake", "GET", "/3303/0/5700");
        Assert.Empty(await app.RestAsync("async-responses"));
        Assert.Empty(device.Calls);
        isListening = true;
        Assert.Equal(CoapCode.Changed, await device.UpdateAsync());
        Assert.Equal("awake", Application.Decode(await app.OutcomeAsync("wake")));
    }

    [Fact]
    public async Task The_21st_request_is_refused_until_one_is_answered()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync("&Q");
        var id = await app.FindAsync(device.Name);
        fixture.LetDevicesSleep();
        for (var i = 0; i < 20; i++)
            await app.PostAsync(id, $"q-{i}", "GET", "/3303/0/5700");
        using (var refused = await app.Client.SendAsync(HttpMethod.Post, $"/v2/device-requests/{id}?async-id=one-more", "{\"method\":\"GET\",\"uri\":\"/3/0/0\"}"))
            Assert.StartsWith("QUEUE_IS_FULL", (await refused.ReadErrorAsync(HttpStatusCode.BadRequest, "rate_limit_exceeded")).Text("message"), StringComparison.Ordinal);
        using (var refused = await app.Client.GetAsync($"/v2/endpoints/{id}/3/0/0", TestContext.Current.CancellationToken))
            Assert.StartsWith("QUEUE_IS_FULL", (await refused.ReadErrorAsync(HttpStatusCode.TooManyRequests, "rate_limit_exceeded")).Text("message"), StringComparison.Ordinal);
        using (var refused = await app.Client.PutAsync($"/v2/subscriptions/{id}/3/0/0", null, TestContext.Current.CancellationToken))
            await refused.ReadErrorAsync(HttpStatusCode.TooManyRequests, "rate_limit_exceeded");
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Get, $"/v2/subscriptions/{id}"));

        await device.UpdateAsync();
        await app.OutcomeAsync("q-19");
        Assert.Equal(200, (int)(await app.AskAsync(id, "GET", "/3303/0/5700"))["status"]!);
    }

    [Fact]
    public async Task The_same_id_twice_is_two_requests_and_two_answers()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        await app.PostAsync(id, "twice", "GET", "/3303/0/5700");
        await app.PostAsync(id, "twice", "GET", "/3303/0/5700");
        await app.OutcomeAsync("twice");
        await app.OutcomeAsync("twice");
        Assert.Equal(2, device.Calls.Count);
    }

    [Fact]
    public async Task Answers_go_to_the_application_that_asked_and_to_no_other()
    {
        var app = await fixture.NewAccountAsync();
        var other = await fixture.NewApplicationAsync(app);
        await other.RestAsync("async-responses");
        await using var device = await fixture.RegisterAsync();
        await app.AskAsync(await app.FindAsync(device.Name), "GET", "/3303/0/5700");
        await other.NextAsync("registrations");
        Assert.Empty(await other.RestAsync("async-responses"));
    }

    [Fact]
    public async Task A_device_that_deregisters_ends_what_waits_for_it()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync("&Q");
        var id = await app.FindAsync(device.Name);
        fixture.LetDevicesSleep();
        await app.PostAsync(id, "late", "GET", "/3303/0/5700");
        device.Answer = _ => null;
        await device.DeregisterAsync();
        var outcome = await app.OutcomeAsync("late");
        Assert.Equal(429, (int)outcome["status"]!);
        Assert.Equal("DEVICE_REMOVED_REGISTRATION", outcome.Text("error"));
    }

    [Fact]
    public async Task A_device_that_is_deleted_ends_what_waits_for_it()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync("&Q");
        var id = await app.FindAsync(device.Name);
        fixture.LetDevicesSleep();
        await app.PostAsync(id, "late", "GET", "/3303/0/5700");
        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Delete, $"/v3/devices/{id}"));
        var outcome = await app.OutcomeAsync("late");
        Assert.Equal(429, (int)outcome["status"]!);
        Assert.Equal("DEVICE_BLOCKED", outcome.Text("error"));
    }

    [Fact]
    public async Task Requests_outlive_a_new_registration()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync("&Q");
        fixture.LetDevicesSleep();
        await app.PostAsync(await app.FindAsync(device.Name), "kept", "GET", "/3303/0/5700");
        await device.RegisterAsync("&Q");
        Assert.Equal("21.5", Application.Decode(await app.OutcomeAsync("kept")));
    }

    [Fact]
    public async Task A_request_that_waits_too_long_expires()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync("&Q");
        var id = await app.FindAsync(device.Name);
        fixture.LetDevicesSleep();
        await app.PostAsync(id, "short", "GET", "/3303/0/5700", query: "&expiry-seconds=60&retry=10");
        await app.PostAsync(id, "long", "GET", "/3303/0/5700", query: "&expiry-seconds=2592000&retry=0");
        fixture.Time.PutForward(TimeSpan.FromSeconds(61));
        var outcome = await app.OutcomeAsync("short");
        Assert.Equal(429, (int)outcome["status"]!);
        Assert.Equal("REQUEST_EXPIRED", outcome.Text("error"));
        Assert.Empty(await app.RestAsync("async-responses"));
        await device.UpdateAsync();
        Assert.Equal(200, (int)(await app.OutcomeAsync("long"))["status"]!);
    }

    [Fact]
    public async Task A_connection_that_is_lost_with_the_request_is_a_503()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = new LostConnectionDevice(fixture.TcpPort);
        await device.RegisterAsync();
        var outcome = await app.AskAsync(await app.FindAsync(device.Name), "GET", "/3303/0/5700");
        Assert.Equal(503, (int)outcome["status"]!);
        Assert.Equal("NOT_CONNECTED", outcome.Text("error"));
    }
}
