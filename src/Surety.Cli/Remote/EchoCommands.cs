using System.CommandLine;
using System.Text;
using Surety.Client;

namespace Surety.Cli;

/// <summary><c>surety echo</c>: what devices have reported and what is wanted of them, whether they are there or not.</summary>
internal static class EchoCommands
{
    private static readonly string[] Statuses = ["pending", "done", "failed"];

    public static Command Create(TextWriter output)
    {
        Argument<string> path = new("path") { Description = "The resource, such as /3311/0/5850." }, value = new("value") { Description = "The value, as text." };
        Option<string?> etag = new("--etag") { Description = "Change nothing when the echo has another etag by now." };
        return new("echo", "What devices have reported and what is wanted of them, also while they are away.\n\nExample:\n  surety echo set demo-light /3311/0/5850 1")
        {
            RemoteCommand.Create("show", "Shows the echo of a device.", output, [DeviceCommands.Target], async (result, client, printer, cancellationToken) =>
                await PrintAsync(printer, await client.Devices.GetEchoAsync(await DeviceCommands.IdAsync(result, client, cancellationToken), cancellationToken), cancellationToken)),
            RemoteCommand.Create("set", "Says what is wanted; the device gets it when it can be reached.", output, [DeviceCommands.Target, path, value, etag], async (result, client, printer, cancellationToken) =>
                await PrintAsync(printer, await client.Devices.SetEchoAsync(
                    await DeviceCommands.IdAsync(result, client, cancellationToken), [EchoWish.Text(result.GetValue(path)!, result.GetValue(value)!)], result.GetValue(etag), cancellationToken), cancellationToken)),
            RemoteCommand.Create("unset", "Takes back what was wanted.", output, [DeviceCommands.Target, path, etag], async (result, client, printer, cancellationToken) =>
                await PrintAsync(printer, await client.Devices.SetEchoAsync(
                    await DeviceCommands.IdAsync(result, client, cancellationToken), [new EchoWish(result.GetValue(path)!, null)], result.GetValue(etag), cancellationToken), cancellationToken)),
            RemoteCommand.Create("delete", "Forgets what a device has reported and what is wanted of it.", output, [DeviceCommands.Target], async (result, client, _, cancellationToken) =>
                await client.Devices.DeleteEchoAsync(await DeviceCommands.IdAsync(result, client, cancellationToken), cancellationToken)),
        };
    }

    private static Task PrintAsync(Printer printer, DeviceEcho echo, CancellationToken cancellationToken)
    {
        if (!printer.IsJson)
        {
            return printer.TableAsync((echo.Resources ?? []).ToAsyncEnumerable(), int.MaxValue, cancellationToken,
                ("PATH", r => r.ResourcePath), ("REPORTED", r => Text(r.Reported?.Value, r.Reported?.ContentType)), ("AT", r => r.Reported?.ReportedAt),
                ("DESIRED", r => Text(r.Desired?.Value, r.Desired?.ContentType)), ("STATUS", r => r.Desired is { Status: >= 0 and < 3 } desired ? Statuses[desired.Status] : null), ("SUBSCRIBED", r => r.Subscribed));
        }

        printer.Object(echo);
        return Task.CompletedTask;
    }

    private static string? Text(byte[]? value, string? type) =>
        value is null ? null : type is null or "text/plain" ? Encoding.UTF8.GetString(value) : Convert.ToBase64String(value);
}
