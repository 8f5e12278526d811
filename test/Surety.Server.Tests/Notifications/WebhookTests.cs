using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Notifications;

/// <summary>Events delivered to a URL. (Pelion Connect, "Channels", webhook.)</summary>
public sealed class WebhookTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    private const string Callback = "/v2/notification/callback";

    [Fact]
    public async Task It_is_tested_kept_shown_and_deleted()
    {
        var app = await fixture.NewAccountAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await app.Client.GetErrorAsync(Callback, HttpStatusCode.NotFound, "not_found");
        Assert.Equal(HttpStatusCode.NoContent, await RegisterAsync(app, receiver.Url, "\"headers\":{\"X-Secret\":\"s3\"},\"serialization\":{\"type\":\"v2\",\"max_chunk_size\":\"100\",\"cfg\":{\"include_uid\":\"true\"}}"));

        var (method, path, headers) = Assert.Single(receiver.Requests);
        Assert.Equal("PUT", method);
        Assert.Equal("/hook", path);
        Assert.Equal("s3", headers["X-Secret"]);
        Assert.Equal("application/json", headers.ContentType);
        var shown = await app.Client.GetOkAsync(Callback);
        Assert.Equal(receiver.Url, shown.Text("url"));
        Assert.Equal("s3", shown["headers"]!.Text("X-Secret"));
        Assert.Equal(100, (int)shown["serialization"]!["max_chunk_size"]!);
        Assert.True((bool)shown["serialization"]!["cfg"]!["include_uid"]!);
        Assert.Equal("CALLBACK", (await app.Client.GetOkAsync("/v2/notification/channel")).Text("delivery_mechanism"));

        Assert.Equal(HttpStatusCode.NoContent, await app.StatusAsync(HttpMethod.Delete, Callback));
        await app.Client.GetErrorAsync(Callback, HttpStatusCode.NotFound, "not_found");
        await app.Client.GetErrorAsync("/v2/notification/channel", HttpStatusCode.NotFound, "not_found");
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Delete, Callback));
    }

    [Fact]
    public async Task Events_come_in_the_envelope_with_the_headers_that_were_asked_for()
    {
        var app = await fixture.NewAccountAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await RegisterAsync(app, receiver.Url, "\"headers\":{\"Authorization\":\"Bearer mine\"}");
        await using var device = await fixture.RegisterAsync("&et=meter");
        var id = await app.FindAsync(device.Name);
        await app.PostAsync(id, "hooked", "GET", "/3303/0/5700");
        await DeviceServerFixture.UntilAsync(() => receiver.Events("async-responses").Any());
        var outcome = receiver.Events("async-responses").Single();
        Assert.Equal("hooked", outcome.Text("id"));
        Assert.Equal(200, (int)outcome["status"]!);
        Assert.Equal("21.5", Application.Decode(outcome));
        Assert.Equal(id, receiver.Events("registrations").Single().Text("ep"));
        Assert.All(receiver.Requests, request => Assert.Equal("Bearer mine", request.Headers.Authorization));
        await device.DeregisterAsync();
        await DeviceServerFixture.UntilAsync(() => receiver.Events("de-registrations").Any());
        Assert.Equal(id, (string?)receiver.Events("de-registrations").Single());
    }

    [Fact]
    public async Task What_is_refused_comes_again_in_order_and_nothing_overtakes_it()
    {
        var app = await fixture.NewAccountAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await RegisterAsync(app, receiver.Url);
        var refusals = new Queue<int>([500, 503, 302]);
        receiver.Status = () => refusals.TryDequeue(out var status) ? status : 200;
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        for (var i = 0; i < 5; i++)
            await app.PostAsync(id, $"n-{i}", "GET", "/3303/0/5700");
        await DeviceServerFixture.UntilAsync(() => receiver.Events("async-responses").Count() == 5);
        Assert.Equal(["n-0", "n-1", "n-2", "n-3", "n-4"], receiver.Events("async-responses").Select(item => item.Text("id")));
        Assert.Single(receiver.Events("registrations"));
    }

    // Where it leads nobody has checked: it could be an address that the operator keeps webhooks from.
    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_webhook_that_redirects_is_not_followed_and_gets_the_same_again(int status)
    {
        var app = await fixture.NewAccountAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var elsewhere = await WebhookReceiver.StartAsync();
        receiver.RedirectsTo = elsewhere.Url;
        await RegisterAsync(app, receiver.Url);
        var redirects = 2;
        receiver.Status = () => Interlocked.Decrement(ref redirects) >= 0 ? status : 204;
        await using var device = await fixture.RegisterAsync();
        await DeviceServerFixture.UntilAsync(() => receiver.Events("registrations").Any());
        Assert.Equal(await app.FindAsync(device.Name), receiver.Events("registrations").Single().Text("ep"));
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(302)]
    [InlineData(201)]
    public async Task A_URL_that_answers_the_test_with_anything_but_200_or_204_is_refused(int status)
    {
        var app = await fixture.NewAccountAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.TestStatus = status;
        using var response = await app.Client.SendAsync(HttpMethod.Put, Callback, $"{{\"url\":\"{receiver.Url}\"}}");
        Assert.Contains($"{status}", (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
        await app.Client.GetErrorAsync(Callback, HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_URL_where_nobody_listens_is_refused()
    {
        var app = await fixture.NewAccountAsync();
        using var response = await app.Client.SendAsync(HttpMethod.Put, Callback, "{\"url\":\"http://127.0.0.1:1/\"}");
        Assert.Contains("cannot be reached", (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_URL_that_takes_the_connection_and_never_answers_is_given_up()
    {
        var app = await fixture.NewAccountAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var response = await app.Client.SendAsync(HttpMethod.Put, Callback, $"{{\"url\":\"http://{silent.LocalEndpoint}/\"}}");
        Assert.Contains("did not answer within 20 s", (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "url")]
    [InlineData("{\"url\":7}", "url must be a string")]
    [InlineData("{\"url\":\"not a url\"}", "http")]
    [InlineData("{\"url\":\"ftp://127.0.0.1/\"}", "http")]
    [InlineData("{\"url\":\"file:///etc/passwd\"}", "http")]
    [InlineData("{\"url\":\"/relative\"}", "http")]
    [InlineData("{\"url\":\"http://user:secret@127.0.0.1/\"}", "password")]
    [InlineData("{\"url\":\"http://127.0.0.1/\",\"headers\":{\"Host\":\"elsewhere\"}}", "Host")]
    [InlineData("{\"url\":\"http://127.0.0.1/\",\"headers\":{\"Transfer-Encoding\":\"chunked\"}}", "Transfer-Encoding")]
    [InlineData("{\"url\":\"http://127.0.0.1/\",\"headers\":{\"a b\":\"x\"}}", "a b")]
    [InlineData("{\"url\":\"http://127.0.0.1/\",\"headers\":{\"X\":\"a\\r\\nY: b\"}}", "X")]
    [InlineData("{\"url\":\"http://127.0.0.1/\",\"headers\":[]}", "headers")]
    [InlineData("{\"url\":\"http://127.0.0.1/\",\"serialization\":{\"type\":\"v1\"}}", "v2")]
    [InlineData("{\"url\":\"http://127.0.0.1/\",\"serialization\":{\"type\":\"v2\",\"max_chunk_size\":99}}", "max_chunk_size")]
    [InlineData("{\"url\":\"http://127.0.0.1/\",\"serialization\":{\"type\":\"v2\",\"max_chunk_size\":\"many\"}}", "max_chunk_size")]
    [InlineData("not json", "JSON")]
    public async Task What_is_wrong_is_said_before_anything_is_sent(string body, string says)
    {
        var app = await fixture.NewAccountAsync();
        using var response = await app.Client.SendAsync(HttpMethod.Put, Callback, body);
        Assert.Contains(says, (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task URL_and_headers_have_at_most_400_characters()
    {
        var app = await fixture.NewAccountAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var room = 400 - receiver.Url.Length - 1;
        Assert.Equal(HttpStatusCode.NoContent, await RegisterAsync(app, receiver.Url, $"\"headers\":{{\"X\":\"{new string('x', room)}\"}}"));
        Assert.Equal(HttpStatusCode.BadRequest, await RegisterAsync(app, receiver.Url, $"\"headers\":{{\"X\":\"{new string('x', room + 1)}\"}}"));
    }

    [Fact]
    public async Task A_new_URL_takes_the_place_of_the_old_one_with_what_waits()
    {
        var app = await fixture.NewAccountAsync();
        await using var first = await WebhookReceiver.StartAsync();
        await using var second = await WebhookReceiver.StartAsync();
        await RegisterAsync(app, first.Url);
        first.Status = () => 500;
        await using var device = await fixture.RegisterAsync();
        await DeviceServerFixture.UntilAsync(() => first.Requests.Count > 1);
        Assert.Equal(HttpStatusCode.NoContent, await RegisterAsync(app, second.Url));
        await DeviceServerFixture.UntilAsync(() => second.Events("registrations").Any());
        Assert.Empty(first.Taken);
    }

    [Fact]
    public async Task Options_add_ids_times_and_names_to_every_event()
    {
        var app = await fixture.NewAccountAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        const string All = "\"serialization\":{\"type\":\"v2\",\"cfg\":{\"include_uid\":true,\"include_timestamp\":true,\"include_original_ep\":true,\"deregistrations_as_object\":true}}";
        await RegisterAsync(app, receiver.Url, All);
        await app.StatusAsync(HttpMethod.Put, "/v2/subscriptions", new StringContent("[{\"resource-path\":[\"/3303/0/5700\"]}]", System.Text.Encoding.UTF8, "application/json"));
        var before = fixture.Time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var device = await fixture.RegisterAsync();
        await DeviceServerFixture.UntilAsync(() => receiver.Events("notifications").Any());
        await device.UpdateAsync();
        await device.DeregisterAsync();
        await DeviceServerFixture.UntilAsync(() => receiver.Events("de-registrations").Any());

        JsonNode[] events = [.. receiver.Events("registrations"), .. receiver.Events("notifications"), .. receiver.Events("reg-updates"), .. receiver.Events("de-registrations")];
        Assert.Equal(4, events.Length);
        Assert.All(events, item => Assert.Equal(device.Name, item.Text("original-ep")));
        Assert.All(events, item => Assert.InRange((long)item["timestamp"]!, before, fixture.Time.GetUtcNow().ToUnixTimeMilliseconds()));
        var uids = events.Select(item => item.Text("uid")).ToList();
        Assert.Equal(uids.Order(StringComparer.Ordinal), uids);
        Assert.Equal(4, uids.Distinct().Count());
        Assert.Equal(events[0].Text("ep"), events[3].Text("ep"));
    }

    [Fact]
    public async Task A_webhook_that_takes_nothing_for_a_day_is_removed()
    {
        var app = await fixture.NewAccountAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await RegisterAsync(app, receiver.Url);
        receiver.Status = () => 500;
        await using var device = await fixture.RegisterAsync();
        await DeviceServerFixture.UntilAsync(() => receiver.Requests.Count > 2);
        fixture.Time.PutForward(TimeSpan.FromHours(25));
        // What waited is too old by now.
        await device.UpdateAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await app.StatusAsync(HttpMethod.Get, Callback) != HttpStatusCode.NotFound)
            await Task.Delay(20, patience.Token);
    }

    private static Task<HttpStatusCode> RegisterAsync(Application app, string url, string more = "") => app.StatusAsync(
        HttpMethod.Put, Callback, new StringContent($"{{\"url\":\"{url}\"{(more.Length > 0 ? "," : "")}{more}}}", System.Text.Encoding.UTF8, "application/json"));
}
