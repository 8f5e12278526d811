using System.Diagnostics;
using System.Text.Json;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>The JavaScript SDK that Arm published for Pelion, as npm has it; fetched once.</summary>
internal static class PelionSdk
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Makes the calls of <c>PelionSdk/calls.js</c>.</summary>
    /// <returns>What each returned: the value, or what the SDK threw as text.</returns>
    public static async Task<IReadOnlyDictionary<string, (JsonElement Value, string? Error)>> CallAsync(Uri server, string key)
    {
        string directory = SuretyProcess.Metadata("PelionSdk");
        Directory.CreateDirectory(directory);
        foreach (string file in new[] { "package.json", "package-lock.json", "calls.js" })
            File.Copy(Path.Combine(AppContext.BaseDirectory, "PelionSdk", file), Path.Combine(directory, file), overwrite: true);
        if (!File.Exists(Path.Combine(directory, "node_modules", "mbed-cloud-sdk", "package.json")))
            await RunAsync(directory, "npm", "ci", "--no-audit", "--no-fund");
        string output = await RunAsync(directory, "node", "calls.js", server.ToString().TrimEnd('/'), key);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(
            call => call.GetProperty("call").GetString()!,
            call => call.TryGetProperty("error", out JsonElement error) ? (default, error.GetString()) : (call.GetProperty("value"), (string?)null));
    }

    private static async Task<string> RunAsync(string directory, string program, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException($"'{program}' is needed: apt-get install nodejs npm");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token), errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}\n{await output}");
        return await output;
    }
}
