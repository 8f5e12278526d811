using System.Net;
using System.Text;

namespace Surety.Server.Tests.Connect;

/// <summary>What is wrong with a device request is said at once: the error object, and Pelion's word at the start. (ADR 5.)</summary>
public sealed class DeviceRequestErrorTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    private const string Good = "{\"method\":\"GET\",\"uri\":\"/3303/0/5700\"}";

    [Theory]
    [InlineData("")]
    [InlineData("?async-id=")]
    [InlineData("?async-id=has%20blank")]
    [InlineData("?async-id=a/b")]
    [InlineData("?async-id=ok%0A")]
    [InlineData("?async-id=%C3%A9t%C3%A9")]
    [InlineData("?async-id=12345678901234567890123456789012345678901")]
    public async Task An_async_id_that_is_none(string query) => await RefuseAsync(query, Good, HttpStatusCode.BadRequest, "MALFORMED_ASYNC_ID");

    [Fact]
    public async Task An_async_id_of_30_KB() => await RefuseAsync($"?async-id={new string('x', 30_000)}", Good, HttpStatusCode.BadRequest, "MALFORMED_ASYNC_ID");

    [Theory]
    [InlineData("", "empty")]
    [InlineData("null", "null")]
    [InlineData("[]", "object")]
    [InlineData("{\"method\":", "not valid JSON")]
    [InlineData("{}", "method")]
    [InlineData("{\"method\":\"GET\"}", "uri")]
    [InlineData("{\"method\":1,\"uri\":\"/3/0\"}", "method must be a string")]
    [InlineData("{\"method\":\"BREW\",\"uri\":\"/3/0\"}", "GET, PUT, POST, DELETE")]
    [InlineData("{\"method\":\"PUT\",\"uri\":\"/3/0/1\",\"payload-b64\":\"*not base64*\"}", "base64")]
    [InlineData("{\"method\":\"PUT\",\"uri\":\"/3/0/1\",\"payload-b64\":\"QQ\"}", "base64")]
    [InlineData("{\"method\":\"PUT\",\"uri\":\"/3/0/1\",\"payload-b64\":7}", "payload-b64")]
    [InlineData("{\"method\":\"PUT\",\"uri\":\"/3/0/1\",\"content-type\":\"application/x-unknown\"}", "application/x-unknown")]
    [InlineData("{\"method\":\"GET\",\"uri\":\"/3/0/1\",\"accept\":\"text/html\"}", "text/html")]
    public async Task A_body_that_is_wrong(string body, string says)
    {
        var message = await RefuseAsync("?async-id=a", body, HttpStatusCode.BadRequest, "MALFORMED_JSON_CONTENT");
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/a/b")]
    [InlineData("/3/0/1/2/3")]
    [InlineData("/65535/0")]
    [InlineData("/99999")]
    [InlineData("/-1/0")]
    [InlineData("/../etc/passwd")]
    [InlineData("/3/../3")]
    [InlineData("//3//0")]
    [InlineData("/3303/0/5700#x")]
    public async Task A_path_that_is_none_of_LwM2M(string uri) =>
        await RefuseAsync("?async-id=a", $"{{\"method\":\"GET\",\"uri\":\"{uri}\"}}", HttpStatusCode.NotFound, "URI_PATH_DOES_NOT_EXISTS");

    [Fact]
    public async Task A_query_that_no_option_of_CoAP_takes() =>
        await RefuseAsync("?async-id=a", $"{{\"method\":\"PUT\",\"uri\":\"/3/0?pmin={new string('1', 300)}\"}}", HttpStatusCode.BadRequest, "Validation error");

    [Theory]
    [InlineData("&retry=11", "retry")]
    [InlineData("&retry=-1", "retry")]
    [InlineData("&retry=x", "retry")]
    [InlineData("&expiry-seconds=59", "expiry-seconds")]
    [InlineData("&expiry-seconds=2592001", "expiry-seconds")]
    [InlineData("&expiry-seconds=1e3", "expiry-seconds")]
    public async Task Retries_and_expiry_out_of_range(string query, string name)
    {
        var message = await RefuseAsync($"?async-id=a{query}", Good, HttpStatusCode.BadRequest, "Validation error");
        Assert.Contains(name, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payload_of_1_MiB_is_taken_and_one_more_byte_is_not()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync("&Q");
        var id = await app.FindAsync(device.Name);
        fixture.LetDevicesSleep();
        await app.PostAsync(id, "largest", "PUT", "/5/0/0", new byte[1_048_576], "application/octet-stream");
        var body = $"{{\"method\":\"PUT\",\"uri\":\"/5/0/0\",\"payload-b64\":\"{Convert.ToBase64String(new byte[1_048_577])}\"}}";
        using var response = await app.Client.SendAsync(HttpMethod.Post, $"/v2/device-requests/{id}?async-id=larger", body);
        await response.ReadErrorAsync(HttpStatusCode.RequestEntityTooLarge, "validation_error");
    }

    [Fact]
    public async Task A_body_of_2_MiB_is_a_413_on_every_call_that_takes_one()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        var id = await app.FindAsync(device.Name);
        foreach (var (method, path, type) in new[]
        {
            (HttpMethod.Post, $"/v2/device-requests/{id}?async-id=a", "application/json"),
            (HttpMethod.Put, $"/v2/endpoints/{id}/5/0/0", "application/octet-stream"),
            (HttpMethod.Post, $"/v2/endpoints/{id}/3/0/4", "text/plain"),
            (HttpMethod.Put, "/v2/subscriptions", "application/json"),
            (HttpMethod.Put, "/v2/notification/callback", "application/json"),
            (HttpMethod.Put, "/v2/notification/websocket", "application/json"),
        })
        {
            using var request = new HttpRequestMessage(method, path) { Content = new StringContent(new string(' ', 2 * 1024 * 1024), Encoding.UTF8, type) };
            request.Headers.ExpectContinue = true;
            using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            await response.ReadErrorAsync(HttpStatusCode.RequestEntityTooLarge, "validation_error");
        }

        Assert.Empty(device.Calls);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    public async Task A_body_of_another_type_is_a_415(string type)
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        using var response = await app.Client.SendAsync(HttpMethod.Post, $"/v2/device-requests/{await app.FindAsync(device.Name)}?async-id=a", Good, type);
        await response.ReadErrorAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("0")]
    [InlineData("nobody")]
    public async Task A_device_that_nobody_knows(string id)
    {
        var app = await fixture.NewAccountAsync();
        using var response = await app.Client.SendAsync(HttpMethod.Post, $"/v2/device-requests/{id}?async-id=a", Good);
        Assert.StartsWith("DEVICE_NOT_FOUND", (await response.ReadErrorAsync(HttpStatusCode.NotFound, "not_found")).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_is_known_and_not_registered()
    {
        var app = await fixture.NewAccountAsync();
        var id = (await app.Client.PostAsync("/v3/devices", "{\"endpoint_name\":\"never\"}")).Text("id");
        using var request = await app.Client.SendAsync(HttpMethod.Post, $"/v2/device-requests/{id}?async-id=a", Good);
        Assert.StartsWith("DEVICE_NOT_CONNECTED", (await request.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
        using var read = await app.Client.GetAsync($"/v2/endpoints/{id}/3/0/0", TestContext.Current.CancellationToken);
        Assert.StartsWith("DEVICE_NOT_CONNECTED", (await read.ReadErrorAsync(HttpStatusCode.BadGateway, "system_unavailable")).Text("message"), StringComparison.Ordinal);
        using var subscription = await app.Client.PutAsync($"/v2/subscriptions/{id}/3/0/0", null, TestContext.Current.CancellationToken);
        Assert.StartsWith("DEVICE_NOT_CONNECTED", (await subscription.ReadErrorAsync(HttpStatusCode.BadGateway, "system_unavailable")).Text("message"), StringComparison.Ordinal);
        using var list = await app.Client.GetAsync($"/v2/endpoints/{id}", TestContext.Current.CancellationToken);
        Assert.StartsWith("DEVICE_NOT_CONNECTED", (await list.ReadErrorAsync(HttpStatusCode.NotFound, "not_found")).Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ak_1wrong")]
    [InlineData("ak_1MDE1YzMwMjlmNmY3MDAwMDAwMDAwMDAxMDAxMDAxMDAwMTVjMzAyOWY2ZjcwMDAwMDAwMDAwMDEwMDEwMDEwMAbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    public async Task Nothing_is_to_be_had_without_a_key(string? key)
    {
        var client = fixture.Server.Client(key);
        var type = key is null ? "invalid_token" : "invalid_apikey";
        foreach (var path in new[] { "/v2/endpoints", "/v2/endpoints/x", "/v2/endpoints/x/3/0", "/v2/subscriptions", "/v2/subscriptions/x", "/v2/notification/pull", "/v2/notification/callback", "/v2/notification/websocket", "/v2/notification/channel" })
            await client.GetErrorAsync(path, HttpStatusCode.Unauthorized, type);
        using var response = await client.SendAsync(HttpMethod.Post, "/v2/device-requests/x?async-id=a", Good);
        await response.ReadErrorAsync(HttpStatusCode.Unauthorized, type);
    }

    private async Task<string> RefuseAsync(string query, string body, HttpStatusCode status, string word)
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        using var response = await app.Client.SendAsync(HttpMethod.Post, $"/v2/device-requests/{await app.FindAsync(device.Name)}{query}", body);
        var message = (await response.ReadErrorAsync(status, status == HttpStatusCode.NotFound ? "not_found" : "validation_error")).Text("message");
        Assert.StartsWith(word, message, StringComparison.Ordinal);
        Assert.Empty(device.Calls);
        return message;
    }
}
