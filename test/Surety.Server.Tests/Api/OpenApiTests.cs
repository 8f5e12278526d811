using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Surety.Server.Tests.Api;

/// <summary>The OpenAPI document says all there is, and only that.</summary>
public sealed class OpenApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    [Fact]
    public async Task Every_endpoint_of_the_service_API_is_described()
    {
        var document = await _server.Anonymous.GetOkAsync("/openapi/v3.json");
        var described = Operations(document).Select(operation => $"{operation.Method} {operation.Path}").Order();
        var mapped = _server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/v", StringComparison.Ordinal) || endpoint.RoutePattern.RawText!.StartsWith("/auth", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                // OpenAPI has no parameters that take the rest of a path; they are described as others are.
                .Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/').Replace("{**", "{", StringComparison.Ordinal)}"))
            .Order();
        Assert.Equal(mapped, described);
    }

    // The generator of ASP.NET binds handlers of one signature by one method, and a signature is types and names: with the same name for two parts of paths it takes one for the other.
    [Fact]
    public void Handlers_call_parts_of_their_path_as_the_path_does()
    {
        var parameters = _server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
            .Select(parameter => (parameter.Name, Path: parameter.GetCustomAttribute<FromRouteAttribute>()?.Name))
            .Where(parameter => parameter.Path is not null).ToList();
        Assert.NotEmpty(parameters);
        Assert.All(parameters, parameter => Assert.Equal(parameter.Path!.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), parameter.Name, ignoreCase: true));
    }

    [Fact]
    public async Task Every_operation_has_a_summary_a_tag_an_id_and_error_answers()
    {
        var document = await _server.Anonymous.GetOkAsync("/openapi/v3.json");
        Assert.NotEmpty(Operations(document));
        foreach (var (method, path, operation) in Operations(document))
        {
            var name = $"{method} {path}";
            Assert.False(string.IsNullOrEmpty(operation.Text("summary")), name);
            Assert.False(string.IsNullOrEmpty(operation.Text("operationId")), name);
            Assert.NotEmpty(operation["tags"]!.AsArray());
            var responses = operation["responses"]!.AsObject();
            // A browser walks through these, and has no key.
            var isWalkedThrough = method == "GET" && path.StartsWith("/auth/oidc/", StringComparison.Ordinal);
            Assert.True(isWalkedThrough || responses.ContainsKey("401"), name);
            Assert.Contains(responses, response => response.Key.StartsWith('2') || (isWalkedThrough && response.Key == "302"));
            var error = responses[isWalkedThrough ? "400" : "401"]!["content"]?["application/json"]?["schema"]?.Text("$ref");
            Assert.Equal("#/components/schemas/ErrorResponse", error);
            foreach (var parameter in path.Split('{').Skip(1).Select(part => part.Split('}')[0]))
                Assert.Contains(operation["parameters"]!.AsArray(), known => known!.Text("name") == parameter && known!.Text("in") == "path");
            if (method is "POST" or "PUT" && operation["requestBody"] is { } body)
            {
                Assert.NotEmpty(body["content"]!.AsObject());
                Assert.All(body["content"]!.AsObject(), type => Assert.NotNull(type.Value!["schema"]));
                Assert.True(responses.ContainsKey("413") && responses.ContainsKey("415"), name);
            }
        }
    }

    [Fact]
    public async Task The_key_is_a_bearer_token()
    {
        var document = await _server.Anonymous.GetOkAsync("/openapi/v3.json");
        var scheme = document["components"]!["securitySchemes"]!["Bearer"]!;
        Assert.Equal("http", scheme.Text("type"));
        Assert.Equal("bearer", scheme.Text("scheme"));
        Assert.NotNull(document["security"]![0]!["Bearer"]);
    }

    [Fact]
    public async Task Every_operation_tells_of_the_rate_limit_and_every_POST_of_its_key()
    {
        var document = await _server.Anonymous.GetOkAsync("/openapi/v3.json");
        var anonymous = _server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!.TrimEnd('/')).ToHashSet();
        Assert.Contains("/auth/login", anonymous);
        foreach (var (method, path, operation) in Operations(document))
        {
            var limited = operation["responses"]!["429"]!;
            Assert.NotNull(limited["headers"]!["Retry-After"]);
            Assert.Equal("#/components/schemas/ErrorResponse", limited["content"]!["application/json"]!["schema"]!.Text("$ref"));
            var hasKey = operation["parameters"]?.AsArray().Any(parameter => parameter!.Text("name") == "Idempotency-Key" && parameter!.Text("in") == "header") ?? false;
            Assert.True(hasKey == (method == "POST" && !anonymous.Contains(path)), $"{method} {path}");
        }
    }

    [Fact]
    public async Task Every_JSON_body_has_an_example_of_members_that_its_schema_has_and_with_those_that_it_requires()
    {
        var document = await _server.Anonymous.GetOkAsync("/openapi/v3.json");
        var seen = 0;
        foreach (var (method, path, operation) in Operations(document))
        {
            if (operation["requestBody"]?["content"]?["application/json"] is not { } content)
                continue;
            Assert.True(content["example"] is JsonObject or JsonArray, $"{method} {path}");
            Check(document, content["schema"]!, content["example"]!, $"{method} {path}");
            seen++;
        }

        Assert.True(seen > 30);
        var webhook = document["paths"]!["/v2/notification/callback"]!["put"]!["requestBody"]!["content"]!["application/json"]!["example"]!;
        Assert.Equal("https://example.com/surety", webhook.Text("url"));
    }

    private static void Check(JsonNode document, JsonNode schema, JsonNode example, string name)
    {
        if (schema["$ref"] is { } reference)
            schema = document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!;
        if (schema["oneOf"] is JsonArray choices)
        {
            Check(document, choices.First(choice => choice!["$ref"] is not null)!, example, name);
            return;
        }

        if (example is JsonArray items)
        {
            Assert.All(items, item => Check(document, schema["items"]!, item!, name));
            return;
        }

        if (example is not JsonObject members || schema["properties"] is not JsonObject known)
            return;
        Assert.True(members.Count > 0, name);
        foreach (var required in schema["required"]?.AsArray() ?? [])
            Assert.True(members.ContainsKey((string)required!), $"{name} lacks {required}");
        foreach (var (member, value) in members)
        {
            Assert.True(known.ContainsKey(member) && value is not null, $"{name} {member}");
            Check(document, known[member]!, value!, $"{name} {member}");
        }
    }

    [Fact]
    public async Task The_list_of_devices_documents_paging_and_the_filters_of_the_contract()
    {
        var document = await _server.Anonymous.GetOkAsync("/openapi/v3.json");
        var parameters = document["paths"]!["/v3/devices"]!["get"]!["parameters"]!.AsArray().Select(parameter => parameter!.Text("name")).ToList();
        string[] expected = ["limit", "after", "order", "include", "filter", "state__eq", "state__nin", "created_at__gte", "auto_update__neq"];
        Assert.Empty(expected.Except(parameters));
    }

    [Fact]
    public async Task Ids_states_and_times_are_described_as_strings()
    {
        var document = await _server.Anonymous.GetOkAsync("/openapi/v3.json");
        var schemas = document["components"]!["schemas"]!;
        Assert.Equal("string", schemas["EntityId"]!.Text("type"));
        Assert.Equal("string", schemas["DeviceState"]!.Text("type"));
        Assert.Equal(
            ["unenrolled", "cloud_enrolling", "bootstrapped", "registered", "deregistered"],
            schemas["DeviceState"]!["enum"]!.AsArray().Select(value => (string?)value));
        var device = schemas["DeviceData"]!["properties"]!;
        Assert.Equal("string", device["object"]!.Text("type"));
        Assert.Equal("date-time", device["created_at"]!.Text("format"));
        Assert.Equal("date", device["bootstrap_expiration_date"]!.Text("format"));
    }

    [Fact]
    public async Task A_body_is_described_with_its_limits()
    {
        var document = await _server.Anonymous.GetOkAsync("/openapi/v3.json");
        var body = document["components"]!["schemas"]!["DeviceDataPostRequest"]!["properties"]!;
        Assert.Equal(128, (int)body["name"]!["maxLength"]!);
        Assert.NotNull(body["device_execution_mode"]);
    }

    [Theory]
    [InlineData("/docs/index.html", "text/html")]
    [InlineData("/docs/swagger-ui.css", "text/css")]
    [InlineData("/docs/swagger-ui-bundle.js", "text/javascript")]
    [InlineData("/", "text/html")]
    public async Task The_pages_are_served_without_a_key(string path, string type)
    {
        using var response = await _server.Anonymous.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
    }

    private static IEnumerable<(string Method, string Path, JsonNode Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key is "get" or "put" or "post" or "delete" or "patch"
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value);
}
