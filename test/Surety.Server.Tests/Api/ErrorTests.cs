using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Surety.Server.Tests.Api;

/// <summary>Whatever goes wrong, the answer is the error object of the Service API.</summary>
public sealed class ErrorTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    [Fact]
    public async Task A_path_that_does_not_exist_is_named_in_a_404()
    {
        var error = await _server.Admin.GetErrorAsync("/v3/no-such-service", HttpStatusCode.NotFound, "not_found");
        Assert.Contains("/v3/no-such-service", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_does_not_exist_is_a_404_also_without_a_key() =>
        await _server.Anonymous.GetErrorAsync("/favicon.ico", HttpStatusCode.NotFound, "not_found");

    [Fact]
    public async Task A_method_that_is_not_supported_is_a_405_that_names_those_that_are()
    {
        using var response = await _server.Admin.SendAsync(HttpMethod.Patch, "/v3/devices", "{}");
        var error = await response.ReadErrorAsync(HttpStatusCode.MethodNotAllowed, "method_not_supported");
        Assert.Contains("GET", error.Text("message"), StringComparison.Ordinal);
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_body_of_another_type_is_a_415(string type)
    {
        using var response = await _server.Admin.SendAsync(HttpMethod.Post, "/v3/devices", "{}", type);
        var error = await response.ReadErrorAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        Assert.Contains("application/json", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_a_type_is_a_415()
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        using var response = await _server.Admin.SendAsync(HttpMethod.Post, "/v3/devices", content);
        await response.ReadErrorAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Fact]
    public async Task A_body_of_2_MiB_is_a_413_that_names_the_limit()
    {
        var body = $"{{\"description\":\"{new string('x', 2 * 1024 * 1024)}\"}}";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/devices") { Content = content };
        // As curl does with large bodies: the server refuses before the body is on its way.
        request.Headers.ExpectContinue = true;
        using var response = await _server.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        var error = await response.ReadErrorAsync(HttpStatusCode.RequestEntityTooLarge, "validation_error");
        Assert.Contains("1572864", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_2_MiB_in_chunks_is_a_413_too()
    {
        using var content = new StreamContent(new MemoryStream(new byte[2 * 1024 * 1024]));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/devices") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var client = new HttpClient { BaseAddress = _server.Address };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _server.AdminKey);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        // 2 MiB of NUL are not JSON either: whichever the server sees first, it must not read on and must answer.
        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest });
    }

    [Fact]
    public async Task A_body_just_below_the_limit_is_read()
    {
        using var response = await _server.Admin.SendAsync(
            HttpMethod.Post, "/v3/devices", $"{{\"unknown\":\"{new string('x', 1_500_000)}\"}}");
        await response.ReadAsync(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("{\"name\" \"x\"}", "line 1, column 9")]
    [InlineData("{\n  \"name\": \"x\",\n  oops\n}", "line 3, column 3")]
    [InlineData("{\"name\":\"x\"", "line 1")]
    [InlineData("{\"name\":\"x\"} trailing", "line 1, column 14")]
    [InlineData("{\"name\":\"x\",\"name\":\"y\"}", "uplicate")]
    [InlineData("{\"name\":\"\\ud800\"}", "line 1")]
    [InlineData("", "empty")]
    [InlineData("null", "null")]
    [InlineData("[]", "JSON object")]
    [InlineData("\"text\"", "JSON object")]
    public async Task Malformed_JSON_is_a_400_that_says_where(string body, string expected)
    {
        using var response = await _server.Admin.SendAsync(HttpMethod.Post, "/v3/devices", body);
        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        Assert.Contains(expected, error.Text("message"), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_a_400()
    {
        using var content = new ByteArrayContent([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _server.Admin.SendAsync(HttpMethod.Post, "/v3/devices", content);
        await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
    }

    [Fact]
    public async Task Nesting_without_end_is_a_400()
    {
        using var response = await _server.Admin.SendAsync(HttpMethod.Post, "/v3/devices", string.Concat(Enumerable.Repeat("{\"a\":", 100_000)));
        await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
    }

    [Theory]
    [InlineData("{\"name\":5}", "name", "must be a string")]
    [InlineData("{\"name\":{}}", "name", "must be a string")]
    [InlineData("{\"name\":[\"x\"]}", "name", "must be a string")]
    [InlineData("{\"auto_update\":\"true\"}", "auto_update", "must be true or false")]
    [InlineData("{\"device_execution_mode\":\"1\"}", "device_execution_mode", "must be a whole number")]
    [InlineData("{\"device_execution_mode\":1.5}", "device_execution_mode", "must be a whole number")]
    [InlineData("{\"device_execution_mode\":99999999999}", "device_execution_mode", "must be a whole number")]
    [InlineData("{\"device_execution_mode\":2}", "device_execution_mode", "must be one of 0, 1, 5")]
    [InlineData("{\"state\":\"flying\"}", "state", "must be one of unenrolled, cloud_enrolling, bootstrapped, registered, deregistered")]
    [InlineData("{\"state\":3}", "state", "must be one of unenrolled")]
    [InlineData("{\"bootstrap_expiration_date\":\"tomorrow\"}", "bootstrap_expiration_date", "must be a date")]
    [InlineData("{\"custom_attributes\":[]}", "custom_attributes", "must be an object of strings")]
    [InlineData("{\"custom_attributes\":{\"colour\":5}}", "custom_attributes.colour", "must be a string")]
    [InlineData("{\"issuer_fingerprint\":\"abc\"}", "issuer_fingerprint", "must have 64 hexadecimal digits")]
    [InlineData("{\"name\":\"a\\u0000b\"}", "name", "must not contain the character NUL")]
    public async Task A_member_of_the_wrong_type_is_named(string body, string field, string message)
    {
        using var response = await _server.Admin.SendAsync(HttpMethod.Post, "/v3/devices", body);
        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        Assert.Equal([field], error.Fields());
        Assert.Contains(message, error["fields"]![0]!.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_members_that_are_wrong_are_named_at_once()
    {
        var body = $"{{\"name\":\"{new string('n', 10_000)}\",\"endpoint_name\":\"{new string('e', 65)}\",\"device_execution_mode\":3}}";
        using var response = await _server.Admin.SendAsync(HttpMethod.Post, "/v3/devices", body);
        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        Assert.Equal(["device_execution_mode", "endpoint_name", "name"], error.Fields().Order());
        Assert.Contains("at most 128 characters", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_has_a_request_id_of_its_own()
    {
        using var first = await _server.Admin.GetAsync("/v3/devices", TestContext.Current.CancellationToken);
        using var second = await _server.Admin.GetAsync("/v3/devices", TestContext.Current.CancellationToken);
        var ids = new[] { first, second }.Select(response => response.Headers.GetValues("X-Request-ID").Single()).ToList();
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{32}$", id));
        Assert.NotEqual(ids[0], ids[1]);
    }

    [Fact]
    public async Task Other_web_sites_are_not_let_in()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v3/devices");
        request.Headers.Add("Origin", "https://elsewhere.example");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using var response = await _server.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }
}
