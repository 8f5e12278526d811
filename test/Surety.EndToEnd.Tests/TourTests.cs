using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Surety.EndToEnd.Tests;

/// <summary>What README promises to a newcomer, done as it says.</summary>
public sealed partial class TourTests
{
    private static readonly string[] DemoDevices = ["demo-door", "demo-light", "demo-meter", "demo-thermometer", "demo-tracker"];

    [Fact]
    public async Task The_demo_registers_five_devices_and_says_so()
    {
        await using SuretyProcess server = await SuretyProcess.StartAsync(["--demo"]);
        await WhenFiveAreRegisteredAsync(server);
        foreach (string device in DemoDevices)
            await WhenAsync(server, () => Regex.IsMatch(server.Output, $"^ *{device} .* registered ", RegexOptions.Multiline));
        Assert.Contains("admin.key", server.Output, StringComparison.Ordinal);
        Assert.Contains(server.Url.ToString().TrimEnd('/'), server.Output, StringComparison.Ordinal);
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task The_directory_says_where_the_demos_devices_come_from()
    {
        await using SuretyProcess server = await SuretyProcess.StartAsync(["--demo"]);
        await WhenFiveAreRegisteredAsync(server);
        using HttpClient client = server.OpenClient();
        JsonElement factory = (await ListAsync(client, "/v3/trusted-certificates")).Single();
        Assert.Equal("bootstrap", factory.GetProperty("service").GetString());
        Assert.True(factory.GetProperty("enrollment_mode").GetBoolean());
        Dictionary<string, JsonElement> claims = (await ListAsync(client, "/v3/device-enrollments")).ToDictionary(claim => claim.GetProperty("enrolled_device_id").GetString()!);
        JsonElement[] devices = [];
        // The certificate is confirmed a moment after the device has registered with it.
        await WhenAsync(server, async () =>
        {
            devices = await ListAsync(client, "/v3/devices");
            return devices.All(device => device.GetProperty("connector_expiration_date").ValueKind == JsonValueKind.String);
        });
        Assert.Equal(DemoDevices, devices.Select(device => device.GetProperty("endpoint_name").GetString()).Order());
        Assert.All(devices, device =>
        {
            JsonElement claim = claims[device.GetProperty("id").GetString()!];
            Assert.NotNull(claim.GetProperty("claimed_at").GetString());
            // Both are the SHA-256 of the certificate from the factory.
            Assert.Equal(claim.GetProperty("enrollment_identity").GetString()![2..], device.GetProperty("device_key").GetString(), ignoreCase: true);
            Assert.Equal(factory.GetProperty("id").GetString(), device.GetProperty("ca_id").GetString());
            Assert.Equal(factory.GetProperty("certificate_fingerprint").GetString(), device.GetProperty("issuer_fingerprint").GetString());
            Assert.NotNull(device.GetProperty("bootstrapped_timestamp").GetString());
            Assert.NotNull(device.GetProperty("enrolment_list_timestamp").GetString());
        });
        // The keys that they register with were made by them, and their certificates are of the platform.
        foreach (string device in DemoDevices)
            Assert.True(File.Exists(Path.Combine(server.DataDirectory, "demo", device, "operational.pem")), device);
    }

    [Fact]
    public async Task The_demo_goes_on_with_its_devices_after_a_restart()
    {
        await using SuretyProcess first = await SuretyProcess.StartAsync(["--demo"]);
        string[] ids = await WhenFiveAreRegisteredAsync(first);
        await first.KillAsync();
        await using SuretyProcess second = await SuretyProcess.StartAsync(["--demo"], first.DataDirectory, first.Ports);
        await WhenAsync(second, () => DemoDevices.All(device => Regex.IsMatch(second.Output, $"^ *{device} .* registered ", RegexOptions.Multiline)));
        Assert.Equal(ids, await WhenFiveAreRegisteredAsync(second));
    }

    [Fact]
    public async Task The_tour_works_by_copy_and_paste()
    {
        await using SuretyProcess server = await SuretyProcess.StartAsync(["--demo"]);
        await WhenFiveAreRegisteredAsync(server);
        Ports receiver = Ports.Free();
        var hook = new ProcessStartInfo("dotnet") { ArgumentList = { SuretyProcess.Metadata("WebhookReceiver"), $"{receiver.Rest}" }, RedirectStandardOutput = true };
        using Process webhook = Process.Start(hook)!;
        Task<string> received = webhook.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        string script = string.Concat(Blocks().Matches(await File.ReadAllTextAsync(SuretyProcess.Metadata("Readme"), TestContext.Current.CancellationToken)).Select(m => m.Groups[1].Value))
            .Replace("http://127.0.0.1:8080", server.Url.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("127.0.0.1:9090", $"127.0.0.1:{receiver.Rest}", StringComparison.Ordinal)
            .Replace("data/admin.key", Path.Combine(server.DataDirectory, "admin.key"), StringComparison.Ordinal);
        var start = new ProcessStartInfo("bash") { ArgumentList = { "-eu", "-c", script }, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process bash = Process.Start(start)!;
        Task<string> errors = bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        webhook.Kill();
        Assert.True(bash.ExitCode == 0, output + await errors);

        Assert.Equal(5, Regex.Count(output, "\"state\":\"registered\""));
        foreach (string request in new[] { "read-1", "write-1", "execute-1" })
            Assert.Contains($$"""{"id":"{{request}}","status":200,""", output, StringComparison.Ordinal);
        // The long poll's and the websocket's.
        string[] parts = output.Split("REMOVED");
        Assert.All(parts, part => Assert.Contains("""{"notifications":[{"ep":""", part, StringComparison.Ordinal));
        Assert.Equal(2, parts.Length);
        // The probe comes first.
        string[] pushed = (await received).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("{}", pushed[0]);
        Assert.Contains(pushed, line => line.StartsWith("""{"notifications":[{"ep":""", StringComparison.Ordinal));
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    /// <summary>The devices of the demo, once they are registered.</summary>
    internal static async Task<string[]> WhenFiveAreRegisteredAsync(SuretyProcess server)
    {
        using HttpClient client = server.OpenClient();
        string[] ids = [];
        await WhenAsync(server, async () =>
        {
            JsonElement page = await client.GetFromJsonAsync<JsonElement>("/v3/devices?state__eq=registered");
            ids = [.. page.GetProperty("data").EnumerateArray().Select(d => d.GetProperty("id").GetString()!)];
            return ids.Length == DemoDevices.Length;
        });
        return ids;
    }

    private static async Task<JsonElement[]> ListAsync(HttpClient client, string path) =>
        [.. (await client.GetFromJsonAsync<JsonElement>(path)).GetProperty("data").EnumerateArray()];

    private static Task WhenAsync(SuretyProcess server, Func<bool> condition) => WhenAsync(server, () => Task.FromResult(condition()));

    private static async Task WhenAsync(SuretyProcess server, Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            Assert.False(timeout.IsCancellationRequested, $"It did not happen within a minute.\n{server.Output}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
