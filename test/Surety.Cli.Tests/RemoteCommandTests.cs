using System.Text.Json;
using Surety.EndToEnd.Tests;

namespace Surety.Cli.Tests;

/// <summary>The commands of docs/cli.md against a real server with its simulated devices.</summary>
public sealed class RemoteCommandTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("surety-cli").FullName;
    private SuretyProcess _server = null!;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", _folder);
        _server = await SuretyProcess.StartAsync(["--demo"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", null);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_newcomer_signs_in_and_works_with_devices()
    {
        (int code, _, string error) = await RunAsync("devices", "list");
        Assert.Equal(ExitCode.NotAllowed, code);
        Assert.Contains("surety login", error, StringComparison.Ordinal);

        string key = Path.Combine(_server.DataDirectory, "admin.key");
        Assert.Contains("Signed in", await SucceedAsync("login", _server.Url.ToString(), "--key-file", key), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "surety", "login.json")));

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await SucceedAsync("devices", "list", "--json", "--where", "state=registered")).Count(c => c == '\n') < 5)
            await Task.Delay(100, timeout.Token);
        string table = await SucceedAsync("devices", "list");
        Assert.StartsWith("ID ", table, StringComparison.Ordinal);
        Assert.Contains("demo-light", table, StringComparison.Ordinal);

        await SucceedAsync("resource", "set", "demo-light", "/3311/0/5851", "42");
        Assert.Equal("42", (await SucceedAsync("resource", "get", "demo-light", "/3311/0/5851")).Trim());
        JsonElement value = JsonSerializer.Deserialize<JsonElement>(await SucceedAsync("resource", "get", "demo-light", "/3311/0/5851", "--json"));
        Assert.Equal("42", value.GetProperty("value").GetString());
        Assert.Matches(@"^\d\d:\d\d:\d\d  /3303/0/5700  -?\d", await SucceedAsync("resource", "observe", "demo-thermometer", "/3303/0/5700", "--count", "1"));
        Assert.Contains("/3303/0 ", await SucceedAsync("resource", "list", "demo-thermometer"), StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotFound, (await RunAsync("resource", "get", "demo-light", "/3311/0/1")).Code);

        JsonElement changed = JsonSerializer.Deserialize<JsonElement>(await SucceedAsync("devices", "update", "demo-door", "--name", "Front door", "--json"));
        Assert.Equal("Front door", changed.GetProperty("name").GetString());
        await SucceedAsync("devices", "suspend", "demo-door");
        await SucceedAsync("devices", "resume", "demo-door");

        Assert.Equal(ExitCode.NotFound, (await RunAsync("devices", "show", "nobody")).Code);
        Assert.Equal(ExitCode.NotFound, (await RunAsync("devices", "show", new string('0', 32))).Code);
        Assert.Equal(1, (await RunAsync("devices", "paint")).Code);

        string csv = Path.Combine(_folder, "devices.csv");
        await File.WriteAllTextAsync(csv, $"enrollment_identity\nA-{string.Join(':', Enumerable.Repeat("5C", 32))}\n", timeout.Token);
        Assert.Contains("completed", await SucceedAsync("enrollments", "upload", csv), StringComparison.Ordinal);
        Assert.Contains("completed", await SucceedAsync("enrollments", "delete-all", csv), StringComparison.Ordinal);

        string group = JsonSerializer.Deserialize<JsonElement>(await SucceedAsync("groups", "create", "Lobby", "--json")).GetProperty("id").GetString()!;
        await SucceedAsync("groups", "add", group, "demo-door");
        Assert.Contains("5", await SucceedAsync("groups", "add", group, "--matching", "endpoint_name__like=demo-", "--preview"), StringComparison.Ordinal);
        Assert.Contains("demo-door", await SucceedAsync("groups", "devices", group), StringComparison.Ordinal);
        await SucceedAsync("groups", "remove", group, "demo-door");
        Assert.DoesNotContain("demo-door", await SucceedAsync("groups", "devices", group), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, (await RunAsync("groups", "add", group)).Code);
        await SucceedAsync("groups", "delete", group);
        string query = JsonSerializer.Deserialize<JsonElement>(await SucceedAsync("queries", "create", "Here", "state=registered", "--json")).GetProperty("id").GetString()!;
        Assert.Contains("state=registered", await SucceedAsync("queries", "list"), StringComparison.Ordinal);
        await SucceedAsync("queries", "delete", query);

        JsonElement readers = JsonSerializer.Deserialize<JsonElement>(await SucceedAsync("policy-groups", "create", "Readers", "--allow", "devices:GET", "--deny", "/v3/device-events", "--json"));
        Assert.Equal(["devices", "/v3/device-events"], readers.GetProperty("policies").EnumerateArray().Select(policy => (policy.TryGetProperty("feature", out JsonElement feature) ? feature : policy.GetProperty("resource")).GetString()));
        string backEnd = JsonSerializer.Deserialize<JsonElement>(await SucceedAsync("applications", "create", "Back-end", "--group", readers.GetProperty("id").GetString()!, "--json")).GetProperty("id").GetString()!;
        Assert.Contains("Front-end", await SucceedAsync("applications", "update", backEnd, "--name", "Front-end"), StringComparison.Ordinal);
        JsonElement old = JsonSerializer.Deserialize<JsonElement>(await SucceedAsync("applications", "keys", "create", backEnd, "first", "--json"));
        JsonElement next = JsonSerializer.Deserialize<JsonElement>(await SucceedAsync("applications", "keys", "regenerate", backEnd, old.GetProperty("id").GetString()!, "--json"));
        Assert.Equal(("first", false), (next.GetProperty("name").GetString(), next.GetProperty("key").GetString() == old.GetProperty("key").GetString()));
        Assert.Equal(next.GetProperty("id").GetString(), JsonSerializer.Deserialize<JsonElement>(await SucceedAsync("applications", "keys", "list", backEnd, "--json")).GetProperty("id").GetString());
        Assert.Contains("Front-end", await SucceedAsync("policy-groups", "applications", readers.GetProperty("id").GetString()!), StringComparison.Ordinal);
        await SucceedAsync("applications", "keys", "delete", backEnd, next.GetProperty("id").GetString()!);
        await SucceedAsync("applications", "delete", backEnd);
        Assert.Contains("regenerate", await SucceedAsync("[suggest:25]", "surety applications keys "), StringComparison.Ordinal);

        Assert.Contains("/3311/0/5851", await SucceedAsync("echo", "set", "demo-light", "/3311/0/5851", "77"), StringComparison.Ordinal);
        while (!(await SucceedAsync("echo", "show", "demo-light")).Contains("done", StringComparison.Ordinal))
            await Task.Delay(100, timeout.Token);
        Assert.Equal("77", (await SucceedAsync("resource", "get", "demo-light", "/3311/0/5851")).Trim());
        await SucceedAsync("echo", "delete", "demo-light");

        string export = await SucceedAsync("devices", "export");
        Assert.Contains("demo-light", export, StringComparison.Ordinal);
        await File.WriteAllTextAsync(csv, export, timeout.Token);
        Assert.Contains("unchanged", await SucceedAsync("devices", "import", csv, "--preview"), StringComparison.Ordinal);
        Assert.Contains("demo-door", await SucceedAsync("audit", "list", "--where", "entity_type=device"), StringComparison.Ordinal);
        Assert.Contains("device", await SucceedAsync("audit", "export"), StringComparison.Ordinal);

        foreach (string list in new[] { "keys", "applications", "users", "certificates", "enrollments", "events", "groups", "policy-groups", "queries", "audit" })
            Assert.NotEmpty(await SucceedAsync(list, "list"));

        await SucceedAsync("logout");
        Assert.Equal(ExitCode.NotAllowed, (await RunAsync("devices", "list")).Code);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        int code = await SuretyCommand.RunAsync(arguments, output, error, TimeProvider.System);
        return (code, output.ToString(), error.ToString());
    }

    private static async Task<string> SucceedAsync(params string[] arguments)
    {
        (int code, string output, string error) = await RunAsync(arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)} ended with {code}: {error}");
        return output;
    }
}
