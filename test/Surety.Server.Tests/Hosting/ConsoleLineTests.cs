using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Server.Api;
using Surety.Server.Hosting;
using Surety.Testing;

namespace Surety.Server.Tests.Hosting;

public sealed class ConsoleLineTests
{
    [Fact]
    public void An_event_is_one_short_line() => Assert.Equal(
        "00:00:00.000Z info DeviceDirectory: device made\n", Write(LogLevel.Information, "device made", null));

    [Fact]
    public void What_comes_from_outside_begins_no_line_of_its_own() => Assert.Equal(
        "00:00:00.000Z info DeviceDirectory: name 00:00:00 FAIL fake\n", Write(LogLevel.Information, "name\r\n00:00:00 FAIL fake", null));

    [Fact]
    public void A_warning_names_its_cause_and_an_error_its_origin()
    {
        Assert.Equal(
            "00:00:00.000Z WARN DeviceDirectory: odd | InvalidOperationException: because of this\n",
            Write(LogLevel.Warning, "odd", new InvalidOperationException("because\nof this")));
        Assert.Contains("   at ", Write(LogLevel.Error, "bad", Thrown()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_request_is_named()
    {
        var scopes = new LoggerExternalScopeProvider();
        using (scopes.Push(new RequestScope("0123456789abcdef0123456789abcdef")))
        {
            Assert.Equal(
                "00:00:00.000Z info DeviceDirectory: x request_id=0123456789abcdef0123456789abcdef\n", Write(LogLevel.Information, "x", null, scopes));
        }
    }

    private static string Write(LogLevel level, string message, Exception? error, IExternalScopeProvider? scopes = null)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(level, "Surety.Server.Features.Directory.DeviceDirectory", 0, message, error, (text, _) => text);
        new ConsoleLine(new ManualTime()).Write(entry, scopes, writer);
        return writer.ToString();
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException();
        }
        catch (InvalidOperationException error)
        {
            return error;
        }
    }
}
