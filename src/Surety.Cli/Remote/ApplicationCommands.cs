using System.CommandLine;
using Surety.Client;

namespace Surety.Cli;

/// <summary><c>surety applications</c>, with the access keys of each.</summary>
internal static class ApplicationCommands
{
    public static Command Create(TextWriter output)
    {
        Argument<string> name = new("name") { Description = "The name." };
        Option<string?> newName = new("--name") { Description = "Another name." }, description = new("--description") { Description = "What it is for." };
        Option<string?> status = new("--status") { Description = "ACTIVE or INACTIVE." };
        Option<string[]?> groups = new("--group") { Description = "The id of a policy group. May be repeated. Without: Developers." };
        return new("applications", "Applications, each with several access keys.\n\nExample:\n  surety applications create Back-end\n  surety applications keys create 0176a1b2c3d400000000000100100a01 2026")
        {
            AccountCommands.List<Application>("applications", output, client => client.Applications.ListAsync, ("ID", a => a.Id), ("NAME", a => a.Name), ("STATUS", a => a.Status), ("LAST USED", a => a.LastUsedAt)),
            RemoteCommand.Create("create", "Makes an application.", output, [name, description, groups], async (result, client, printer, cancellationToken) => printer.One(await client.Applications.CreateAsync(
                new ApplicationRequest { Name = result.GetValue(name)!, Description = result.GetValue(description), Groups = Given(result, groups) }, cancellationToken))),
            AccountCommands.Show(output, (client, id, token) => client.Applications.GetAsync(id, token)),
            RemoteCommand.Create("update", "Changes an application.", output, [AccountCommands.Id, newName, description, status, groups], async (result, client, printer, cancellationToken) =>
            {
                string id = result.GetValue(AccountCommands.Id)!;
                printer.One(await client.Applications.UpdateAsync(
                    id,
                    new ApplicationRequest
                    {
                        // A change wants the name, too.
                        Name = result.GetValue(newName) ?? (await client.Applications.GetAsync(id, cancellationToken)).Name ?? "",
                        Description = result.GetValue(description),
                        Status = result.GetValue(status),
                        Groups = Given(result, groups),
                    },
                    cancellationToken));
            }),
            AccountCommands.Delete(output, (client, id, token) => client.Applications.DeleteAsync(id, token)),
            Keys(output),
        };
    }

    private static Command Keys(TextWriter output)
    {
        Argument<string> application = new("application") { Description = "The application's id." }, key = new("key") { Description = "The key's id." }, name = new("name") { Description = "The name." };
        Option<DateTimeOffset?> expiration = new("--expiration") { Description = "From then on it authenticates nobody: 2027-01-01T00:00:00Z." };
        return new("keys", "The access keys of an application.")
        {
            RemoteCommand.Create("list", "Lists keys.", output, [application, RemoteCommand.Where, RemoteCommand.Limit], (result, client, printer, cancellationToken) => printer.TableAsync(
                client.Applications.ListKeysAsync(result.GetValue(application)!, RemoteCommand.Options(result), cancellationToken), result.GetValue(RemoteCommand.Limit), cancellationToken,
                ("ID", k => k.Id), ("NAME", k => k.Name), ("STATUS", k => k.Status), ("EXPIRATION", k => k.Expiration), ("LAST USED", k => k.LastUsedAt))),
            RemoteCommand.Create("create", "Makes a key and shows it, this once.", output, [application, name, expiration], async (result, client, printer, cancellationToken) => printer.One(
                await client.Applications.CreateKeyAsync(
                    result.GetValue(application)!, new AccessKeyRequest { Name = result.GetValue(name)!, Expiration = result.GetValue(expiration) }, cancellationToken))),
            RemoteCommand.Create("regenerate", "Makes another key of the same name, shows it, this once, and deletes the old one.", output, [application, key, expiration], async (result, client, printer, cancellationToken) =>
            {
                string owner = result.GetValue(application)!;
                AccessKey old = await client.Applications.GetKeyAsync(owner, result.GetValue(key)!, cancellationToken);
                printer.One(await client.Applications.CreateKeyAsync(
                    owner, new AccessKeyRequest { Name = old.Name ?? "", Description = old.Description, Expiration = result.GetValue(expiration) ?? old.Expiration }, cancellationToken));
                // After it is shown: what fails here must not take the new key with it.
                await client.Applications.DeleteKeyAsync(owner, old.Id, cancellationToken);
            }),
            RemoteCommand.Create("delete", "Deletes a key.", output, [application, key], (result, client, _, cancellationToken) =>
                client.Applications.DeleteKeyAsync(result.GetValue(application)!, result.GetValue(key)!, cancellationToken)),
        };
    }

    // An option that may be repeated is empty when it is absent.
    private static string[]? Given(ParseResult result, Option<string[]?> option) => result.GetValue(option) is { Length: > 0 } values ? values : null;
}
