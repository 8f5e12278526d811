using System.Diagnostics;

namespace Surety.Device.Tests;

/// <summary>The sample, run as a newcomer runs it.</summary>
public sealed class HelloDeviceTests
{
    [Fact]
    public async Task Registers_and_goes_when_it_is_told_to()
    {
        await using var server = new TestServer();
        using Process sample = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "HelloDevice.dll"), server.Uri]) { RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal($"Registered with {server.Uri}/", await sample.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            Assert.StartsWith("2", await server.ReadAsync("hello", "/3303/0/5700"), StringComparison.Ordinal);

            using Process signal = Process.Start("kill", ["-TERM", $"{sample.Id}"]);
            await sample.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            Assert.Equal(0, sample.ExitCode);
            Assert.Equal(0, server.Server.Registrations.Count);
        }
        finally
        {
            if (!sample.HasExited)
                sample.Kill();
        }
    }
}
