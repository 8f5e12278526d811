using System.Text.Json.Nodes;

namespace Surety.Console.Tests;

/// <summary>The server as README's first command starts it, with five simulated devices that have enrolled and registered.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    internal const string Password = "correct horse battery staple";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private SuretyProcess? _process;

    internal SuretyProcess Process => _process!;

    public async ValueTask InitializeAsync()
    {
        _process = await StartAsync("--demo");
        using HttpClient client = _process.OpenClient();
        using var timeout = new CancellationTokenSource(Patience);
        while ((await DevicesAsync(client, "state__eq=registered")).Count < 5)
            await Task.Delay(200, timeout.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }

    internal static Task<SuretyProcess> StartAsync(params string[] arguments) => SuretyProcess.StartAsync([.. arguments, "--Surety:FirstRun:AdminPassword", Password]);

    internal static async Task<JsonArray> DevicesAsync(HttpClient client, string filter) =>
        JsonNode.Parse(await client.GetStringAsync($"/v3/devices?{filter}"))!["data"]!.AsArray();

    /// <summary>The id of a simulated device.</summary>
    internal async Task<string> IdAsync(string endpointName)
    {
        using HttpClient client = Process.OpenClient();
        return (string)(await DevicesAsync(client, $"endpoint_name__eq={endpointName}")).Single()!["id"]!;
    }
}
