using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Api;

/// <summary>
/// Every operation of the OpenAPI document with every parameter and every member of its body set to what nobody means well: the answer is never a
/// failure of the server, and an error is always the error object.
/// </summary>
/// <param name="server">With one of the databases.</param>
/// <param name="every">Takes one of so many values for each parameter.</param>
public abstract class HostileParameterTests(TestServer server, int every = 1)
{
    public sealed class OnPostgres(PostgresFixture fixture) : HostileParameterTests(fixture.Server), IClassFixture<PostgresFixture>;

    // What a database may refuse of a parameter - NUL, times and numbers out of its range - PostgreSQL refuses; SQLite stores all of it, and is called with every third value.
    public sealed class OnSqlite(ServerFixture fixture) : HostileParameterTests(fixture.Server, every: 3), IClassFixture<ServerFixture>;

    private static int _made;

    private const int AtOnce = 8;

    // These wait, by their nature, until something happens.
    private static readonly HashSet<string> Waiting = ["GET /v2/notification/pull", "GET /v2/notification/websocket-connect", "GET /v3/events/stream", "GET /v3/devices/{device_id}/trace"];

    private const string OfTenants = "/v3/accounts/{account_id}/";

    // Its contract has errors of its own.
    private const string PlainText = "/v2/device-shared-keys";

    // People come here from a mail, and get a page whatever is wrong.
    private static readonly string[] Pages = ["/auth/invitation", "/auth/password-reset", "/auth/email-verification"];

    private static readonly string[] PathValues =
    [
        "x", "%20", "..%2f..%2fetc%2fpasswd", "'%20OR%201=1--", "%F0%9F%98%80", "%FF%FE", "%0d%0aX-Injected:%20yes", "%E2%80%AE", "%25%30%30", "{{7*7}}", "00000000000000000000000000000000",
        new('a', 10_000),
    ];

    private static readonly string[] QueryValues =
    [
        "", "%00", "'%20OR%201=1--", "%F0%9F%98%80", "%FF%FE", "%0d%0aX-Injected:%20yes", "-1", "99999999999999999999", "1e400", "NaN", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z",
        string.Concat(Enumerable.Repeat("a,", 2000)), new('a', 10_000),
    ];

    private static readonly string[] JsonValues =
    [
        "null", "true", "0", "-1", "1e400", "99999999999999999999999999", "0.1", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"' OR 1=1; DROP TABLE devices--\"",
        "\"\\r\\nX-Injected: yes\"", "\"\\u202e\\u0301\"", "\"http://[::1\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"", "[]", "[null]", "[[[]]]", "{}", "{\"\":null}", "{\"a\\u0000\":\"b\"}",
        "[\"\\u0000\"]", "{\"a\":{\"b\":{\"c\":[{}]}}}", $"\"{new string('n', 10_000)}\"", $"[{string.Join(',', Enumerable.Repeat("\"x\"", 2_000))}]",
        string.Concat(Enumerable.Repeat("[", 1_000)),
    ];

    private static readonly string[] Bodies =
    [
        "", " ", "null", "true", "5", "\"text\"", "[", "{", "{\"a\":", "[]", "[null]", "[[]]", "[5]", "{}{}", "\ufeff{}", "{\"\\u0000\":1}", "{\"a\":1,\"a\":2}", "<xml/>", "/* */{}",
        string.Concat(Enumerable.Repeat("[", 100_000)), string.Concat(Enumerable.Repeat("{\"a\":", 100_000)), $"{{\"{new string('k', 10_000)}\":1}}",
    ];

    private static readonly (string Type, string Body)[] Forms =
    [
        .. new[]
        {
            "", "=", "&&&", "username=%00&password=%00", "username=%ff%fe&password=%", "username=a&username=b&password=c", string.Concat(Enumerable.Repeat("a=b&", 2_000)),
            $"username={new string('u', 3_000)}&password=x", $"{new string('k', 3_000)}=1", "username=%0d%0aX-Injected:yes&password=x",
        }.Select(body => ("application/x-www-form-urlencoded", body)),
    ];

    private static readonly (string Type, string Body)[] Multiparts =
    [
        ("multipart/form-data", "x"), ("multipart/form-data; boundary=", "x"), ($"multipart/form-data; boundary={new string('b', 500)}", "x"), ("multipart/form-data; boundary=b", ""),
        ("multipart/form-data; boundary=b", "--b"), ("multipart/form-data; boundary=b", "--b\r\n\r\n"), ("multipart/form-data; boundary=b", "--b--"), ("multipart/form-data; boundary=b", "no boundary at all"),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../etc/passwd\"\r\n\r\nx\r\n--b--\r\n"),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"enrollment_identities\"; filename=\"a\u0000b\"\r\n\r\n\u0000\u0000\r\n--b--\r\n"),
        ("multipart/form-data; boundary=b", $"--b\r\n{string.Concat(Enumerable.Repeat("X: y\r\n", 1_000))}\r\nx\r\n--b--\r\n"),
        ("multipart/form-data; boundary=b", string.Concat(Enumerable.Repeat("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n", 2_000)) + "--b--\r\n"),
    ];

    private int _turn;

    [Fact]
    public Task Of_every_path_parameter() => CheckAsync((operations, id) =>
        from operation in operations
        from name in Names(operation, "path")
        from value in Some(PathValues, operation)
        select new Call(operation.Method, Fill(operation.Path.Replace($"{{{name}}}", value, StringComparison.Ordinal), id), BodyOf(operation)));

    [Fact]
    public Task Of_every_query_parameter() => CheckAsync((operations, id) =>
        from operation in operations
        from name in Names(operation, "query")
        // A body for what needs one, so that the parameter is looked at.
        from value in Some(QueryValues, operation)
        select new Call(operation.Method, $"{Fill(operation.Path, id)}?{name}={value}", BodyOf(operation)));

    [Fact]
    public Task Of_every_member_of_a_body() => CheckAsync((operations, id) =>
        from operation in operations
        where operation.Schema is not null
        from member in operation.Schema!.Keys
        from value in Some(JsonValues, operation)
        select new Call(operation.Method, Fill(operation.Path, id) + Query(operation), BodyOf(operation, member, value)));

    [Fact]
    public Task Of_every_body() => CheckAsync((operations, id) =>
        from operation in operations
        where operation.Schema is not null
        from body in Some(Bodies, operation)
        select new Call(operation.Method, Fill(operation.Path, id) + Query(operation), body));

    [Fact]
    public Task Of_forms() => CheckAsync((operations, id) =>
        from operation in operations
        from type in operation.Forms
        from form in type.StartsWith("multipart", StringComparison.Ordinal) ? Multiparts : Forms
        select new Call(operation.Method, Fill(operation.Path, id) + Query(operation), form.Body) { Header = ("Content-Type", form.Type) });

    [Fact]
    public Task Of_headers() => CheckAsync((operations, id) =>
        from operation in operations
        from header in new (string, string)[]
        {
            ("Accept", "\u00ff\u00ff;q=x,,;/"), ("Content-Type", "application/json; charset=utf-7"), ("Content-Type", ";;;"), ("Idempotency-Key", "\"\\"), ("If-None-Match", "\u00e9"),
            ("traceparent", "00-zz-zz-zz"), ("X-Request-ID", new string('x', 8000)), ("User-Agent", "\u00e9\u00ff"), ("Accept-Language", new string(',', 1000)), ("Range", "bytes=9-1"),
        }
        select new Call(operation.Method, Fill(operation.Path, id) + Query(operation), BodyOf(operation)) { Header = header });

    /// <summary>One of so many values, beginning with another each time.</summary>
    private IEnumerable<T> Some<T>(IReadOnlyList<T> values, Operation operation)
    {
        // What an account does with a tenant is what the tenant does itself, behind another route.
        var step = every * (operation.Path.StartsWith(OfTenants, StringComparison.Ordinal) ? 4 : 1);
        for (var i = _turn++ % step; i < values.Count; i += step)
            yield return values[i];
    }

    private async Task CheckAsync(Func<IReadOnlyList<Operation>, string, IEnumerable<Call>> callsOf)
    {
        using var client = NewClient(await server.NewAccountAsync("Hostile"));
        var device = (await client.PostAsync("/v3/devices", "{\"endpoint_name\":\"target\"}")).Text("id");
        var document = await server.Anonymous.GetOkAsync("/openapi/v3.json");
        var calls = callsOf([.. Operations(document)], device).ToList();
        Assert.NotEmpty(calls);
        var failures = new ConcurrentBag<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(calls, options, async (call, _) =>
        {
            if (await CheckAsync(client, call) is { } failure)
                failures.Add(failure);
        });
        Assert.True(failures.IsEmpty, $"{failures.Count} of {calls.Count}:\n{string.Join('\n', failures.Order().Take(40))}");
    }

    // Bytes above 127 go out as they are.
    private static HttpClient NewClient(HttpClient account)
    {
        var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 }) { BaseAddress = account.BaseAddress };
        client.DefaultRequestHeaders.Authorization = account.DefaultRequestHeaders.Authorization;
        return client;
    }

    private static async Task<string?> CheckAsync(HttpClient client, Call call)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), new Uri(client.BaseAddress + call.Path.TrimStart('/'), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (call.Body is { } body)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (call.Header is var (name, value))
        {
            if (name == "Content-Type")
            {
                request.Content?.Headers.Remove(name);
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var status = (int)response.StatusCode;
        var what = $"{call.Method} {Shorten(call.Path)} {Shorten(call.Body ?? "")} {call.Header?.Name}: {status} {Shorten(text)}";
        if (response.Headers.Contains("X-Injected"))
            return $"header injected: {what}";
        // A gateway's status says that the device is not connected; of several who change one thing at once, PostgreSQL may send one away.
        if (status >= 500 && status is not (502 or 503))
            return $"server failure: {what}";
        if (status < 400 || call.Path.StartsWith(PlainText, StringComparison.Ordinal))
            return null;
        if (response.Content.Headers.ContentType?.MediaType == "text/html" && Pages.Any(page => call.Path.StartsWith(page, StringComparison.Ordinal)))
        {
            return text.StartsWith("<!doctype html>", StringComparison.Ordinal) && response.Headers.Contains("Content-Security-Policy")
                && !text.Contains("System.", StringComparison.Ordinal) && !text.Contains("Exception", StringComparison.Ordinal)
                ? null
                : $"not a page: {what}";
        }

        try
        {
            var error = JsonNode.Parse(text)!;
            return error.Text("object") == "error" && (int)error["code"]! == status && error.Text("message").Length is > 0 and < 8_000 && !error.Text("message").Contains("System.", StringComparison.Ordinal)
                && !error.Text("message").Contains("Exception", StringComparison.Ordinal)
                ? null
                : $"not the error object: {what}";
        }
        catch (JsonException)
        {
            return $"not the error object: {what}";
        }
    }

    private static string Shorten(string text) => text.Length <= 160 ? text : $"{text[..160]}... ({text.Length})";

    private static string Fill(string path, string id) => string.Concat(path.Split('{').Select((part, i) => i == 0 ? part : $"{(path.Contains("{path}", StringComparison.Ordinal) && part.StartsWith("path}", StringComparison.Ordinal) ? "3/0/1" : id)}{part[(part.IndexOf('}', StringComparison.Ordinal) + 1)..]}"));

    private static string Query(Operation operation) => Names(operation, "query").Contains("async-id") ? "?async-id=hostile" : "";

    private static IEnumerable<string> Names(Operation operation, string place) =>
        operation.Parameters.Where(parameter => parameter!.Text("in") == place).Select(parameter => parameter!.Text("name"));

    private static string? BodyOf(Operation operation, string? changed = null, string? value = null) => operation.Schema is not { } schema
        ? null
        : $"{{{string.Join(',', schema.Where(member => member.Key == changed || member.Value is not null).Select(member => $"{JsonSerializer.Serialize(member.Key)}:{(member.Key == changed ? value : member.Value)}"))}}}";

    private static IEnumerable<Operation> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key is "get" or "put" or "post" or "delete" or "patch" && !Waiting.Contains($"{operation.Key.ToUpperInvariant()} {path.Key}")
        select new Operation(
            operation.Key.ToUpperInvariant(), path.Key, operation.Value!["parameters"]?.AsArray() ?? [], SchemaOf(document, operation.Value!["requestBody"]?["content"]?["application/json"]?["schema"]))
        {
            Forms = [.. operation.Value!["requestBody"]?["content"]?.AsObject().Select(type => type.Key).Where(type => type.Contains("form", StringComparison.Ordinal)) ?? []],
        };

    /// <summary>The members of a body, each with a value that may pass.</summary>
    private static Dictionary<string, string?>? SchemaOf(JsonNode document, JsonNode? schema)
    {
        if (schema is null)
            return null;
        var resolved = Resolve(document, schema);
        return resolved["properties"]?.AsObject().ToDictionary(member => member.Key, member => Sample(member.Key, Resolve(document, member.Value!))) ?? [];
    }

    private static JsonNode Resolve(JsonNode document, JsonNode schema)
    {
        var reference = schema.Text("$ref");
        if (reference.Length == 0)
            reference = schema["oneOf"]?.AsArray().Select(item => item!.Text("$ref")).FirstOrDefault(text => text.Length > 0) ?? "";
        return reference.Length == 0 ? schema : document["components"]!["schemas"]![reference.Split('/')[^1]]!;
    }

    private static string? Sample(string name, JsonNode schema) => (name, schema) switch
    {
        ("email", _) => $"\"hostile-{Interlocked.Increment(ref _made)}@example.com\"",
        ("uri", _) => "\"/3/0/1\"",
        ("method", _) => "\"GET\"",
        ("category", _) => "\"maintenance\"",
        (_, { } typed) when typed["enum"] is JsonArray { Count: > 0 } values && values[0] is { } first => first.ToJsonString(),
        ("name" or "description" or "username" or "password", _) => "\"something\"",
        _ => null,
    };

    private sealed record Operation(string Method, string Path, JsonArray Parameters, Dictionary<string, string?>? Schema)
    {
        public required IReadOnlyList<string> Forms { get; init; }
    }

    private sealed record Call(string Method, string Path, string? Body)
    {
        public (string Name, string Value)? Header { get; init; }
    }
}
