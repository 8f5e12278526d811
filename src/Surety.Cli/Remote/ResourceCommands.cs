using System.CommandLine;
using Surety.Client;

namespace Surety.Cli;

/// <summary><c>surety resource</c> and <c>surety subscriptions</c>: the values of devices.</summary>
internal static class ResourceCommands
{
    private static readonly Argument<string> Path = new("path") { Description = "The resource, such as /3303/0/5700." };

    public static Command Create(TextWriter output)
    {
        Argument<string> value = new("value") { Description = "The value, as text." };
        Argument<string?> arguments = new("arguments") { Description = "Such as 0='text'.", Arity = ArgumentArity.ZeroOrOne };
        Option<int?> expiry = new("--expiry") { Description = "Seconds that the request may wait for the device, 60 to 2592000." };
        Option<int> count = new("--count") { Description = "Stop after so many values; 0 goes on until Ctrl-C." };
        return new("resource", "Reads, writes, executes and observes resources of devices.\n\nExample:\n  surety resource observe demo-thermometer /3303/0/5700")
        {
            RemoteCommand.Create("list", "Lists what a device has.", output, [DeviceCommands.Target], async (result, client, printer, cancellationToken) =>
                await printer.TableAsync((await client.Resources.ListAsync(await DeviceCommands.IdAsync(result, client, cancellationToken), cancellationToken)).ToAsyncEnumerable(), int.MaxValue, cancellationToken,
                    ("PATH", r => r.Uri), ("TYPE", r => r.Rt), ("OBSERVABLE", r => r.IsObservable))),
            RemoteCommand.Create("get", "Reads a resource.", output, [DeviceCommands.Target, Path, expiry], async (result, client, printer, cancellationToken) =>
                Print(printer, await client.Resources.ReadAsync(await DeviceCommands.IdAsync(result, client, cancellationToken), result.GetValue(Path)!, Wait(result.GetValue(expiry)), cancellationToken), isLive: false)),
            RemoteCommand.Create("set", "Writes a resource.", output, [DeviceCommands.Target, Path, value, expiry], async (result, client, _, cancellationToken) =>
                await client.Resources.WriteAsync(await DeviceCommands.IdAsync(result, client, cancellationToken), result.GetValue(Path)!, result.GetValue(value)!, Wait(result.GetValue(expiry)), cancellationToken)),
            RemoteCommand.Create("exec", "Executes a resource.", output, [DeviceCommands.Target, Path, arguments, expiry], async (result, client, _, cancellationToken) =>
                await client.Resources.ExecuteAsync(await DeviceCommands.IdAsync(result, client, cancellationToken), result.GetValue(Path)!, result.GetValue(arguments), Wait(result.GetValue(expiry)), cancellationToken)),
            RemoteCommand.Create("observe", "Shows the values of a resource as they come, until Ctrl-C.", output, [DeviceCommands.Target, Path, count], async (result, client, printer, cancellationToken) =>
            {
                int left = result.GetValue(count);
                await foreach (ResourceValue seen in client.Resources.ObserveAsync(await DeviceCommands.IdAsync(result, client, cancellationToken), result.GetValue(Path)!, cancellationToken))
                {
                    Print(printer, seen, isLive: true);
                    if (--left == 0)
                        break;
                }
            }),
        };
    }

    public static Command CreateSubscriptions(TextWriter output) => new("subscriptions", "What the application is told of.")
    {
        RemoteCommand.Create("list", "Lists the subscriptions to a device.", output, [DeviceCommands.Target], async (result, client, printer, cancellationToken) =>
            await printer.TableAsync((await client.Subscriptions.ListAsync(await DeviceCommands.IdAsync(result, client, cancellationToken), cancellationToken)).Select(path => new { path }).ToAsyncEnumerable(), int.MaxValue, cancellationToken, ("PATH", row => row.path))),
        RemoteCommand.Create("add", "Subscribes to a path.", output, [DeviceCommands.Target, Path], async (result, client, _, cancellationToken) =>
            await client.Subscriptions.AddAsync(await DeviceCommands.IdAsync(result, client, cancellationToken), result.GetValue(Path)!, cancellationToken)),
        RemoteCommand.Create("delete", "Ends a subscription.", output, [DeviceCommands.Target, Path], async (result, client, _, cancellationToken) =>
            await client.Subscriptions.DeleteAsync(await DeviceCommands.IdAsync(result, client, cancellationToken), result.GetValue(Path)!, cancellationToken)),
    };

    private static DeviceRequestOptions? Wait(int? seconds) => seconds is { } expiry ? new DeviceRequestOptions { Expiry = TimeSpan.FromSeconds(expiry) } : null;

    private static void Print(Printer printer, ResourceValue value, bool isLive)
    {
        if (printer.IsJson)
            printer.Object(new { device_id = value.Device, path = value.Path, content_type = value.ContentType, value = value.AsText(), payload = Convert.ToBase64String(value.Payload.Span), received_at = value.ReceivedAt });
        else
            printer.Line(isLive ? $"{value.ReceivedAt.UtcDateTime:HH:mm:ss}  {value.Path}  {value.AsText()}" : value.AsText());
    }
}
