using System.Diagnostics;

namespace Surety.Device.Tests;

/// <summary>The samples with Objects of plain classes, run as a newcomer runs them.</summary>
public sealed class SampleTests : IAsyncDisposable
{
    private readonly TestServer _server = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("surety-sample").FullName;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_temperature_sensor_serves_its_object_and_sends_what_it_measures() => await RunAsync("TemperatureSensor", "thermometer", async () =>
    {
        Assert.StartsWith("2", await _server.ReadAsync("thermometer", "/3303/0/5700"), StringComparison.Ordinal);
        Assert.Equal("Cel", await _server.ReadAsync("thermometer", "/3303/0/5701"));
        Assert.Equal("Living room", await _server.ReadAsync("thermometer", "/3303/0/5750"));
        await TestServer.UntilAsync(() => _server.Sent.Count >= 2);
        Assert.All(_server.Sent, entry => Assert.Equal("/3303/0/5700", entry.Path.ToString()));
        Assert.All(_server.Sent, entry => Assert.NotNull(entry.Timestamp));
    });

    [Fact]
    public async Task The_host_tells_its_processor_memory_and_disk() => await RunAsync("HostMetrics", "host", async () =>
    {
        Assert.Equal("CPU", await _server.ReadAsync("host", "/3320/0/5750"));
        Assert.InRange(double.Parse(await _server.ReadAsync("host", "/3320/1/5700"), System.Globalization.CultureInfo.InvariantCulture), 0.1, 100);
        Assert.InRange(double.Parse(await _server.ReadAsync("host", "/3320/2/5700"), System.Globalization.CultureInfo.InvariantCulture), 0.1, 100);
        Assert.Equal(Environment.MachineName, await _server.ReadAsync("host", "/42769/0/0"));
        Assert.True(long.Parse(await _server.ReadAsync("host", "/3/0/21"), System.Globalization.CultureInfo.InvariantCulture) > 1000);
        Assert.Equal("5", await _server.ReadAsync("host", "/42769/0/4"));
    });

    private async Task RunAsync(string sample, string name, Func<Task> check)
    {
        using Process process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, sample + ".dll"), _server.Uri, name, _folder]) { RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal($"Registered with {_server.Uri}/", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            await check();
            using Process signal = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
            Assert.Equal(0, _server.Server.Registrations.Count);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
