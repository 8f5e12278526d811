using System.CommandLine;
using Surety.Client;

namespace Surety.Cli;

/// <summary>Commands that call a server: what all of them share.</summary>
internal static class RemoteCommand
{
    public static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line, for programs." };

    public static readonly Option<int> Limit = new("--limit") { Description = "Show so many at most.", DefaultValueFactory = _ => 1000 };

    public static readonly Option<string[]> Where = new("--where") { Description = "Only those with a field of a value: state=registered, created_at__gte=2026-01-01T00:00:00Z. May be repeated.", AllowMultipleArgumentsPerToken = false };

    /// <summary>A command whose action gets a client and a printer.</summary>
    public static Command Create(string name, string description, TextWriter output, IEnumerable<Symbol> symbols, Func<ParseResult, SuretyClient, Printer, CancellationToken, Task> action)
    {
        var command = new Command(name, description) { Json };
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }

        command.SetAction(async (result, cancellationToken) =>
        {
            SavedLogin login = SavedLogin.Find();
            await using var client = new SuretyClient(ServerUrl(login.Url), SuretyCredential.FromKey(login.Key));
            await action(result, client, new Printer(output, result.GetValue(Json)), cancellationToken);
            return 0;
        });
        return command;
    }

    public static Uri ServerUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
        ? url!
        : throw new ArgumentException($"'{text}' is no URL of a server; write it as http://127.0.0.1:8080.");

    /// <summary>A part of a list, by <c>--where</c>.</summary>
    public static ListOptions Options(ParseResult result, bool isDescending = false)
    {
        var filter = new Filter();
        foreach (string condition in result.GetValue(Where) ?? [])
            filter.Parse(condition);
        return new ListOptions { Filter = filter, Descending = isDescending, PageSize = Math.Clamp(result.GetValue(Limit), 2, 1000) };
    }

    /// <summary>A device by its id, or by its endpoint name.</summary>
    public static async Task<string> DeviceAsync(SuretyClient client, string device, CancellationToken cancellationToken)
    {
        if (device.Length == 32 && device.All(char.IsAsciiHexDigitLower))
            return device;
        await foreach (Device found in client.Devices.ListAsync(new ListOptions { Filter = new Filter().Equal("endpoint_name", device), PageSize = 2 }, cancellationToken))
            return found.Id;
        throw new NoSuchDeviceException($"There is no device with the id or the endpoint name '{device}'; 'surety devices list' shows those that are there.");
    }
}
