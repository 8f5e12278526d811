using System.CommandLine;
using Surety.Client;

namespace Surety.Cli;

/// <summary><c>surety devices</c>: the directory.</summary>
internal static class DeviceCommands
{
    public static readonly Argument<string> Target = new("device") { Description = "The device's id, or its endpoint name." };

    public static Command Create(TextWriter output)
    {
        Option<string?> name = new("--name") { Description = "The name for people." }, description = new("--description") { Description = "The description." };
        Option<string[]> attributes = new("--attribute") { Description = "A custom attribute, floor=3; floor= removes it. May be repeated." };
        Option<string> category = new("--category") { Description = "The reference of a block category.", DefaultValueFactory = _ => "maintenance" };
        Option<string?> reason = new("--reason") { Description = "The reason, for people." };
        Argument<FileInfo> file = new("file") { Description = "CSV with a line of names, or a JSON array in a file *.json." };
        Option<bool> preview = new("--preview") { Description = "Change nothing, and tell what would be changed." };
        return new("devices", "The device directory.\n\nExample:\n  surety devices list --where state=registered")
        {
            RemoteCommand.Create("list", "Lists devices.", output, [RemoteCommand.Where, RemoteCommand.Limit], (result, client, printer, cancellationToken) => printer.TableAsync(
                client.Devices.ListAsync(RemoteCommand.Options(result), cancellationToken), result.GetValue(RemoteCommand.Limit), cancellationToken,
                ("ID", d => d.Id), ("ENDPOINT", d => d.EndpointName), ("NAME", d => d.Name), ("STATE", d => d.State), ("SUSPENDED", d => d.OperatorSuspended), ("UPDATED", d => d.UpdatedAt))),
            RemoteCommand.Create("show", "Shows a device.", output, [Target], async (result, client, printer, cancellationToken) =>
                printer.One(await client.Devices.GetAsync(await IdAsync(result, client, cancellationToken), cancellationToken))),
            RemoteCommand.Create("update", "Changes a device.", output, [Target, name, description, attributes], async (result, client, printer, cancellationToken) =>
            {
                var update = new DeviceUpdate { Name = result.GetValue(name), Description = result.GetValue(description), CustomAttributes = Attributes(result.GetValue(attributes)) };
                if (update == new DeviceUpdate())
                    throw new ArgumentException("Say what to change: --name, --description or --attribute.");
                printer.One(await client.Devices.UpdateAsync(await IdAsync(result, client, cancellationToken), update, cancellationToken));
            }),
            RemoteCommand.Create("delete", "Deletes a device from the directory.", output, [Target], async (result, client, _, cancellationToken) =>
                await client.Devices.DeleteAsync(await IdAsync(result, client, cancellationToken), cancellationToken)),
            RemoteCommand.Create("export", "Writes devices as CSV; with --json as a JSON array.", output, [RemoteCommand.Where], (result, client, printer, cancellationToken) =>
                LogCommands.WriteAsync(output, stream => client.Devices.ExportAsync(stream, printer.IsJson, RemoteCommand.Options(result).Filter, cancellationToken))),
            RemoteCommand.Create("import", "Changes devices by a file, CSV or JSON; an edited export will do.", output, [file, preview], async (result, client, printer, cancellationToken) =>
            {
                FileInfo source = result.GetValue(file)!;
                await using FileStream content = source.OpenRead();
                DeviceImport report = await client.Devices.ImportAsync(content, source.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase), result.GetValue(preview), cancellationToken);
                printer.One(report with { Errors = null });
                if (report.Failed > 0)
                    throw new InvalidDataException($"{report.Failed} of {report.Rows} rows are wrong and changed nothing:\n{string.Join('\n', (report.Errors ?? []).Select(Describe))}");
            }),
            RemoteCommand.Create("suspend", "Disconnects a device and does not let it in again.", output, [Target, category, reason], async (result, client, _, cancellationToken) =>
                await client.Devices.SuspendAsync(await IdAsync(result, client, cancellationToken), result.GetValue(category), result.GetValue(reason), cancellationToken)),
            RemoteCommand.Create("resume", "Lets a suspended device in again.", output, [Target, category, reason], async (result, client, _, cancellationToken) =>
                await client.Devices.ResumeAsync(await IdAsync(result, client, cancellationToken), result.GetValue(category), result.GetValue(reason), cancellationToken)),
        };
    }

    public static Task<string> IdAsync(ParseResult result, SuretyClient client, CancellationToken cancellationToken) => RemoteCommand.DeviceAsync(client, result.GetValue(Target)!, cancellationToken);

    private static string Describe(DeviceImportErrors row) =>
        $"row {row.Row} {row.EndpointName}: {string.Join("; ", (row.Fields ?? []).Select(field => $"{field.Name} {field.Message}"))}";

    private static Dictionary<string, string?>? Attributes(string[]? texts)
    {
        if (texts is null or [])
            return null;
        Dictionary<string, string?> attributes = [];
        foreach (string text in texts)
        {
            int sign = text.IndexOf('=', StringComparison.Ordinal);
            if (sign < 1)
                throw new ArgumentException($"'{text}' is no attribute; write name=value.");
            attributes[text[..sign]] = sign == text.Length - 1 ? null : text[(sign + 1)..];
        }

        return attributes;
    }
}
