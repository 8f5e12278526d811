using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Surety.Server.Hosting;

namespace Surety.Server.Tests.Hosting;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Bad_settings_end_the_process_with_code_2_and_one_readable_message()
    {
        var (code, output, errors) = await RunAsync("--Surety:Lwm2m:Coapz", "0.0.0.0:5684", "--Surety:PublicHost=a b");
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Contains("Surety:Lwm2m:Coapz is not a setting; the nearest is Surety:Lwm2m:Coaps.", errors, StringComparison.Ordinal);
        Assert.Contains("Surety:PublicHost: 'a b' is not a host name", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--DataDirectory=x", "--DataDirectory is not an option; the nearest is --Surety:DataDirectory.")]
    [InlineData("--demoo=1", "the nearest is --demo.")]
    [InlineData("data", "'data' is not understood")]
    [InlineData("--Urls", "--Urls has no value")]
    [InlineData("--Urls=nonsense", "Urls: 'nonsense' is not an address to listen on")]
    [InlineData("--Urls=http://127.0.0.1:99999", "is not an address to listen on")]
    [InlineData("--Urls=http://127.0.0.1:80x", "is not an address to listen on")]
    [InlineData("--Urls=coap://127.0.0.1", "is not an address to listen on")]
    public async Task An_argument_that_is_not_understood_ends_with_code_2(string argument, string expected)
    {
        var (code, _, errors) = await StartAsync(argument);
        Assert.Equal(SuretyHost.CannotStart, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_without_an_address_for_devices_says_what_to_set()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync("--demo"));
        Assert.Contains("Surety:Lwm2m:Coaps", error.Message, StringComparison.Ordinal);
        Assert.Contains("Surety:Bootstrap:Coaps", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_switch_for_the_demo_takes_no_value()
    {
        Assert.True(CommandLine.Parse(["--demo", "--Urls", "http://127.0.0.1:0"]).Demo);
        await using var server = await TestServer.StartAsync("--demo", "--Surety:Lwm2m:CoapsTcp=127.0.0.1:0", "--Surety:Bootstrap:CoapsTcp=127.0.0.1:0");
        Assert.True(server.Service<DemoOptions>().Enabled);
        await using var other = await TestServer.StartAsync();
        Assert.False(other.Service<DemoOptions>().Enabled);
    }

    [Fact]
    public async Task Help_lists_every_setting_with_its_default()
    {
        var (code, output, _) = await StartAsync("--help");
        Assert.Equal(0, code);
        Assert.Contains("Surety:Lwm2m:Coaps ", output, StringComparison.Ordinal);
        Assert.Contains("0.0.0.0:5784", output, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:8080", output, StringComparison.Ordinal);
        Assert.Contains("--demo", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_told()
    {
        var (code, output, _) = await StartAsync("--version");
        Assert.Equal(0, code);
        Assert.Matches(@"^\d+\.\d+\.\d+\s*$", output);
    }

    [Fact]
    public async Task An_address_in_use_ends_with_code_2_and_names_the_address()
    {
        await using var server = await TestServer.StartAsync();
        var directory = Directory.CreateTempSubdirectory("surety-");
        var (code, _, errors) = await StartAsync($"--Urls={server.Address}", $"--Surety:DataDirectory={directory.FullName}");
        directory.Delete(recursive: true);
        Assert.Equal(SuretyHost.CannotStart, code);
        Assert.Contains(server.Address.Port.ToString(), errors, StringComparison.Ordinal);
        Assert.Contains("in use", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_fails_says_why_and_shows_no_stack()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var directory = Directory.CreateTempSubdirectory("surety-");
        var (code, output, errors) = await RunAsync(
            "--Urls=http://127.0.0.1:0", $"--Surety:DataDirectory={directory.FullName}", $"--Surety:Lwm2m:Coaps={taken.LocalEndPoint}", "--Surety:Lwm2m:CoapsTcp=none",
            "--Surety:Bootstrap:Coaps=none", "--Surety:Bootstrap:CoapsTcp=none");
        directory.Delete(recursive: true);
        Assert.Equal(SuretyHost.CannotStart, code);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
        Assert.DoesNotContain("FAIL", output, StringComparison.Ordinal);
        Assert.Equal(["Surety cannot start.", $"Devices cannot be served at {taken.LocalEndPoint}: Address already in use (setting Surety:Lwm2m:Coaps)"], errors.Trim().Split(Environment.NewLine));
    }

    private static async Task<(int Code, string Output, string Errors)> StartAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await SuretyHost.RunAsync([.. args, "--Logging:LogLevel:Default=None"], output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    /// <summary>Runs the program as a user does.</summary>
    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        var program = typeof(SuretyHost).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. args])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
