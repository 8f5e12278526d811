using System.CommandLine;
using Surety.Client;

namespace Surety.Cli;

/// <summary><c>surety groups</c>, <c>policy-groups</c> and <c>queries</c>.</summary>
internal static class GroupCommands
{
    public static Command Devices(TextWriter output)
    {
        Argument<string> name = new("name") { Description = "The name." };
        Option<string?> description = new("--description") { Description = "The description." };
        Option<string?> matching = new("--matching") { Description = "All devices that a filter selects, such as state=registered&endpoint_type=meter." };
        Option<string?> query = new("--query") { Description = "All devices that the saved query with this id selects." };
        Option<bool> preview = new("--preview") { Description = "Only count them." };
        Argument<string?> device = new("device") { Description = "The device's id, or its endpoint name.", Arity = ArgumentArity.ZeroOrOne };
        return new("groups", "Groups of devices.\n\nExample:\n  surety groups add 0176a1b2c3d400000000000100100a01 --matching endpoint_type=meter")
        {
            AccountCommands.List<DeviceGroup>("groups", output, client => client.DeviceGroups.ListAsync, ("ID", g => g.Id), ("NAME", g => g.Name), ("DEVICES", g => g.DevicesCount), ("UPDATED", g => g.UpdatedAt)),
            RemoteCommand.Create("create", "Makes a group.", output, [name, description], async (result, client, printer, cancellationToken) =>
                printer.One(await client.DeviceGroups.CreateAsync(new DeviceGroupUpdate { Name = result.GetValue(name), Description = result.GetValue(description) }, cancellationToken))),
            AccountCommands.Show(output, (client, id, token) => client.DeviceGroups.GetAsync(id, token)),
            RemoteCommand.Create("devices", "Lists the devices in a group.", output, [AccountCommands.Id, RemoteCommand.Where, RemoteCommand.Limit], (result, client, printer, cancellationToken) => printer.TableAsync(
                client.DeviceGroups.ListDevicesAsync(result.GetValue(AccountCommands.Id)!, RemoteCommand.Options(result), cancellationToken), result.GetValue(RemoteCommand.Limit), cancellationToken,
                ("ID", d => d.Id), ("ENDPOINT", d => d.EndpointName), ("NAME", d => d.Name), ("STATE", d => d.State))),
            Change("add", "Adds a device, or all that are selected.", groups => groups.AddAsync, groups => groups.AddMatchingAsync),
            Change("remove", "Removes a device, or all that are selected.", groups => groups.RemoveAsync, groups => groups.RemoveMatchingAsync),
            AccountCommands.Delete(output, (client, id, token) => client.DeviceGroups.DeleteAsync(id, token)),
        };

        Command Change(
            string what, string words, Func<DeviceGroupCollection, Func<string, string, CancellationToken, Task>> one, Func<DeviceGroupCollection, Func<string, DeviceSelection, CancellationToken, Task<DeviceGroupChange>>> many) =>
            RemoteCommand.Create(what, words, output, [AccountCommands.Id, device, matching, query, preview], async (result, client, printer, cancellationToken) =>
            {
                string group = result.GetValue(AccountCommands.Id)!;
                string? target = result.GetValue(device);
                var selection = new DeviceSelection { Filter = result.GetValue(matching), QueryId = result.GetValue(query), Preview = result.GetValue(preview) };
                if (new[] { target, selection.Filter, selection.QueryId }.Count(text => text is not null) != 1)
                    throw new ArgumentException("Say which devices: one device, --matching or --query.");
                if (target is null)
                    printer.One(await many(client.DeviceGroups)(group, selection, cancellationToken));
                else
                    await one(client.DeviceGroups)(group, await RemoteCommand.DeviceAsync(client, target, cancellationToken), cancellationToken);
            });
    }

    public static Command Policies(TextWriter output)
    {
        Argument<string> name = new("name") { Description = "The name." };
        Option<string[]> users = new("--user") { Description = "The id of a user. May be repeated." }, keys = new("--key") { Description = "The id of an API key. May be repeated." };
        Option<string[]> applications = new("--application") { Description = "The id of an application. May be repeated." };
        Option<string[]> allow = new("--allow") { Description = "A feature, or a path, that members may use: devices, or with methods devices:GET,PUT. May be repeated." };
        Option<string[]> deny = new("--deny") { Description = "A feature, or a path, that members may not use, whatever else allows it: /v2/endpoints/*/3:POST. May be repeated." };
        return new("policy-groups", "Groups of users, API keys and applications that may do the same.\n\nExample:\n  surety policy-groups create Readers --allow devices:GET --deny /v2/endpoints/*/3")
        {
            AccountCommands.List<PolicyGroup>("groups", output, client => client.PolicyGroups.ListAsync, ("ID", g => g.Id), ("NAME", g => g.Name), ("USERS", g => g.UserCount), ("KEYS", g => g.ApikeyCount), ("APPLICATIONS", g => g.ApplicationCount)),
            RemoteCommand.Create("create", "Makes a group.", output, [name, allow, deny], async (result, client, printer, cancellationToken) =>
                printer.One(await client.PolicyGroups.CreateAsync(result.GetValue(name)!, Said(result) is { Count: > 0 } policies ? policies : null, cancellationToken))),
            AccountCommands.Show(output, (client, id, token) => client.PolicyGroups.GetAsync(id, token)),
            RemoteCommand.Create("set-policies", "Replaces what members may do; without --allow and --deny by nothing.", output, [AccountCommands.Id, allow, deny], async (result, client, printer, cancellationToken) =>
                printer.One(await client.PolicyGroups.SetPoliciesAsync(result.GetValue(AccountCommands.Id)!, Said(result), cancellationToken))),
            RemoteCommand.Create("users", "Lists the users in a group.", output, [AccountCommands.Id, RemoteCommand.Where, RemoteCommand.Limit], (result, client, printer, cancellationToken) => printer.TableAsync(
                client.PolicyGroups.ListUsersAsync(result.GetValue(AccountCommands.Id)!, RemoteCommand.Options(result), cancellationToken), result.GetValue(RemoteCommand.Limit), cancellationToken,
                ("ID", u => u.Id), ("EMAIL", u => u.Email), ("NAME", u => u.FullName), ("STATUS", u => u.Status))),
            RemoteCommand.Create("keys", "Lists the API keys in a group.", output, [AccountCommands.Id, RemoteCommand.Where, RemoteCommand.Limit], (result, client, printer, cancellationToken) => printer.TableAsync(
                client.PolicyGroups.ListKeysAsync(result.GetValue(AccountCommands.Id)!, RemoteCommand.Options(result), cancellationToken), result.GetValue(RemoteCommand.Limit), cancellationToken,
                ("ID", k => k.Id), ("NAME", k => k.Name), ("STATUS", k => k.Status))),
            RemoteCommand.Create("applications", "Lists the applications in a group.", output, [AccountCommands.Id, RemoteCommand.Where, RemoteCommand.Limit], (result, client, printer, cancellationToken) => printer.TableAsync(
                client.PolicyGroups.ListApplicationsAsync(result.GetValue(AccountCommands.Id)!, RemoteCommand.Options(result), cancellationToken), result.GetValue(RemoteCommand.Limit), cancellationToken,
                ("ID", a => a.Id), ("NAME", a => a.Name), ("STATUS", a => a.Status))),
            Change("add", "Adds users, API keys and applications.", groups => groups.AddUsersAsync, groups => groups.AddKeysAsync, groups => groups.AddApplicationsAsync),
            Change("remove", "Removes users, API keys and applications.", groups => groups.RemoveUsersAsync, groups => groups.RemoveKeysAsync, groups => groups.RemoveApplicationsAsync),
            AccountCommands.Delete(output, (client, id, token) => client.PolicyGroups.DeleteAsync(id, token)),
        };

        Command Change(
            string what, string words, params Func<PolicyGroupCollection, Func<string, IReadOnlyList<string>, CancellationToken, Task>>[] change) =>
            RemoteCommand.Create(what, words, output, [AccountCommands.Id, users, keys, applications], async (result, client, _, cancellationToken) =>
            {
                string group = result.GetValue(AccountCommands.Id)!;
                string[][] members = [result.GetValue(users) ?? [], result.GetValue(keys) ?? [], result.GetValue(applications) ?? []];
                if (members.All(kind => kind.Length == 0))
                    throw new ArgumentException("Say who: --user, --key or --application.");
                for (int i = 0; i < members.Length; i++)
                {
                    if (members[i].Length > 0)
                        await change[i](client.PolicyGroups)(group, members[i], cancellationToken);
                }
            });

        List<FeaturePolicy> Said(ParseResult result) => [.. (result.GetValue(allow) ?? []).Select(text => Policy(text, isAllowed: true)), .. (result.GetValue(deny) ?? []).Select(text => Policy(text, isAllowed: false))];

        static FeaturePolicy Policy(string text, bool isAllowed)
        {
            int end = text.LastIndexOf(':');
            string target = end < 0 ? text : text[..end];
            bool isPath = target.StartsWith('/');
            return new() { Allow = isAllowed, Action = end < 0 ? "" : text[(end + 1)..], Feature = isPath ? null : target, Resource = isPath ? target : null };
        }
    }

    public static Command Queries(TextWriter output)
    {
        Argument<string> name = new("name") { Description = "The name." }, query = new("query") { Description = "The filter, such as state=registered&endpoint_type=meter." };
        return new("queries", "Filters for devices that are kept under a name.")
        {
            AccountCommands.List<DeviceQuery>("queries", output, client => client.DeviceQueries.ListAsync, ("ID", q => q.Id), ("NAME", q => q.Name), ("QUERY", q => q.Query)),
            RemoteCommand.Create("create", "Keeps a query.", output, [name, query], async (result, client, printer, cancellationToken) =>
                printer.One(await client.DeviceQueries.CreateAsync(result.GetValue(name)!, result.GetValue(query)!, cancellationToken))),
            AccountCommands.Show(output, (client, id, token) => client.DeviceQueries.GetAsync(id, token)),
            AccountCommands.Delete(output, (client, id, token) => client.DeviceQueries.DeleteAsync(id, token)),
        };
    }
}
