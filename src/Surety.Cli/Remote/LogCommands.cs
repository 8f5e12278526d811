using System.CommandLine;
using System.Text;
using Surety.Client;

namespace Surety.Cli;

/// <summary><c>surety events</c> and <c>surety audit</c>: what has happened.</summary>
internal static class LogCommands
{
    public static Command Events(TextWriter output)
    {
        Option<string?> after = new("--after") { Description = "Go on behind the envelope with this id." };
        Option<int> count = new("--count") { Description = "Stop after so many envelopes; 0 goes on until Ctrl-C." };
        return new("events", "What happens to devices.\n\nExample:\n  surety events follow --json")
        {
            RemoteCommand.Create("list", "Lists device events, the newest first.", output, [RemoteCommand.Where, RemoteCommand.Limit], (result, client, printer, cancellationToken) => printer.TableAsync(
                client.DeviceEvents.ListAsync(RemoteCommand.Options(result, isDescending: true), cancellationToken), result.GetValue(RemoteCommand.Limit), cancellationToken,
                ("TIME", e => e.DateTime), ("DEVICE", e => e.DeviceId), ("TYPE", e => e.EventType), ("DESCRIPTION", e => e.Description))),
            RemoteCommand.Create("follow", "Shows registrations, values and answers as they come, until Ctrl-C.", output, [after, count], async (result, client, printer, cancellationToken) =>
            {
                int left = result.GetValue(count);
                await foreach (StreamedEvents events in client.Events.ReadAsync(result.GetValue(after), cancellationToken))
                {
                    if (printer.IsJson)
                        printer.Object(events);
                    else
                        printer.Line($"{events.Id}  {events.Envelope.GetRawText()}");
                    if (--left == 0)
                        break;
                }
            }),
        };
    }

    public static Command Audit(TextWriter output) => new("audit", "Who has changed what in the account.\n\nExample:\n  surety audit list --where entity_type=device --where created_at__gte=2026-01-01T00:00:00Z")
    {
        RemoteCommand.Create("list", "Lists entries, the newest first.", output, [RemoteCommand.Where, RemoteCommand.Limit], (result, client, printer, cancellationToken) => printer.TableAsync(
            client.AuditLog.ListAsync(RemoteCommand.Options(result, isDescending: true), cancellationToken), result.GetValue(RemoteCommand.Limit), cancellationToken,
            ("TIME", e => e.CreatedAt), ("WHO", e => e.ActorName), ("DID", e => e.Action), ("WHAT", e => e.EntityType), ("ID", e => e.EntityId), ("NAME", e => e.EntityName))),
        AccountCommands.Show(output, (client, id, token) => client.AuditLog.GetAsync(id, token)),
        RemoteCommand.Create("export", "Writes entries as CSV.", output, [RemoteCommand.Where], (result, client, _, cancellationToken) =>
            WriteAsync(output, file => client.AuditLog.ExportAsync(file, RemoteCommand.Options(result).Filter, cancellationToken))),
    };

    /// <summary>Writes what comes as bytes to standard output.</summary>
    public static async Task WriteAsync(TextWriter output, Func<Stream, Task> copy)
    {
        using var bytes = new MemoryStream();
        await copy(bytes);
        output.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }
}
