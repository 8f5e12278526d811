using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Surety.Server.Api;
using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>
/// Changes many devices by a file: what is right is done and what is wrong is told, row by row. A file that was cut off, or met an error of the
/// database, can be sent again: what is done already is unchanged then.
/// </summary>
internal sealed class DeviceImport(SuretyDbFactory databases, IOptions<JsonOptions> json, TimeProvider time)
{
    // One transaction each, so that others write in between.
    private const int BatchSize = 500;
    private const int MaxAttempts = 5;

    private readonly JsonTypeInfo _request = json.Value.SerializerOptions.GetTypeInfo(typeof(DeviceDataPutRequest));

    /// <summary>Does what the rows say, or with <paramref name="isPreview"/> only finds out what that would be.</summary>
    public async Task<DeviceImportReport> RunAsync(EntityId accountId, IReadOnlyList<DeviceImportRow> rows, bool isPreview, CancellationToken cancellationToken)
    {
        var report = new DeviceImportReport { Preview = isPreview, Rows = rows.Count };
        var seen = new Dictionary<EntityId, int>();
        foreach (var batch in rows.Chunk(BatchSize))
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    var outcomes = await RunAsync(accountId, batch, isPreview, seen, cancellationToken);
                    foreach (var outcome in outcomes)
                        Add(report, seen, outcome);
                    break;
                }
                catch (Exception error) when (attempt < MaxAttempts && DeviceDirectory.IsContention(error))
                {
                }
            }
        }

        return report;
    }

    private static void Add(DeviceImportReport report, Dictionary<EntityId, int> seen, Outcome outcome)
    {
        if (outcome.Device is { } device)
            seen.TryAdd(device.Id, outcome.Row.Row);
        if (outcome.Errors.Count > 0)
        {
            report.Failed++;
            if (report.Errors.Count < DeviceImportReport.MaxDetails)
                report.Errors.Add(new(outcome.Row.Row, Shorten(outcome.Row.Item.Id), Shorten(outcome.Row.Item.EndpointName), outcome.Errors));
        }
        else if (outcome.Changes.Count == 0)
        {
            report.Unchanged++;
        }
        else
        {
            report.Changed++;
            if (report.Changes.Count < DeviceImportReport.MaxDetails)
                report.Changes.Add(new(outcome.Row.Row, outcome.Device!.Id, outcome.Device.EndpointName ?? "", outcome.Changes));
        }
    }

    private static string? Shorten(string? text) => text is null ? null : ApiException.Shorten(text);

    private async Task<List<Outcome>> RunAsync(
        EntityId accountId, DeviceImportRow[] rows, bool isPreview, Dictionary<EntityId, int> seen, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        await using var transaction = isPreview ? null : await db.Database.BeginTransactionAsync(cancellationToken);
        var devices = await ReadDevicesAsync(db, rows, cancellationToken);
        var groups = await ReadGroupsAsync(db, rows, cancellationToken);
        var taken = new Dictionary<EntityId, int>(seen);
        var touched = new HashSet<EntityId>();
        var outcomes = rows.Select(row => Apply(row, devices, groups, taken, touched)).ToList();
        if (transaction is not null)
        {
            var now = time.GetInstant();
            await db.Set<DeviceGroup>().Where(group => touched.Contains(group.Id)).ExecuteUpdateAsync(group => group.SetProperty(row => row.UpdatedAt, now), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return outcomes;
    }

    private Outcome Apply(
        DeviceImportRow row, Dictionary<string, Device> devices, HashSet<EntityId> groups, Dictionary<EntityId, int> taken, HashSet<EntityId> touched)
    {
        if (row.Error is not null)
            return Outcome.Failed(row, row.Error);
        var key = string.IsNullOrEmpty(row.Item.Id) ? row.Item.EndpointName : row.Item.Id.ToLowerInvariant();
        if (string.IsNullOrEmpty(key))
            return Outcome.Failed(row, new ErrorField("id", "or endpoint_name must be given"));
        var keyName = string.IsNullOrEmpty(row.Item.Id) ? "endpoint_name" : "id";
        if (!devices.TryGetValue($"{keyName}={key}", out var device))
            return Outcome.Failed(row, new ErrorField(keyName, "is not of a device of the account"));
        if (!string.IsNullOrEmpty(row.Item.EndpointName) && row.Item.EndpointName != device.EndpointName)
            return Outcome.Failed(row, new ErrorField("endpoint_name", "is not the one of the device with this id, and is read-only"));
        if (!taken.TryAdd(device.Id, row.Row))
            return Outcome.Failed(row, new ErrorField(keyName, $"is the device of row {taken[device.Id]}, too"));
        var errors = new List<ErrorField>();
        var request = Validate(row, device, errors);
        var wanted = ReadGroupIds(row.Item.Groups, groups, errors);
        if (errors.Count > 0)
            return new Outcome(row, device, errors, []);
        var before = DeviceData.Of(device);
        DeviceChanges.Update(device, request);
        if (wanted is not null)
            Regroup(device, wanted, touched);
        var after = DeviceData.Of(device);
        var changes = Compare(before, after);
        // Its groups are not of the device.
        if (changes.Any(change => change.Name != DeviceColumn.Groups))
            device.UpdatedAt = time.GetInstant();
        return new Outcome(row, device, [], changes);
    }

    private DeviceDataPutRequest Validate(DeviceImportRow row, Device device, List<ErrorField> errors)
    {
        var attributes = row.Item.CustomAttributes;
        if (row.AttributeChanges is { } wanted)
        {
            var merged = DeviceAttribute.ToMap(device.CustomAttributes).ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
            foreach (var (key, value) in wanted)
            {
                if (value.Length == 0)
                    merged.Remove(key);
                else
                    merged[key] = value;
            }

            attributes = merged;
        }

        var request = new DeviceDataPutRequest
        {
            Name = row.Item.Name,
            Description = row.Item.Description,
            EndpointType = row.Item.EndpointType,
            HostGateway = row.Item.HostGateway,
            CustomAttributes = attributes,
        };
        try
        {
            RequestValidator.Validate(request, _request);
        }
        catch (ApiException error)
        {
            errors.AddRange(error.Fields ?? []);
        }

        return request;
    }

    private static List<EntityId>? ReadGroupIds(IReadOnlyList<string>? texts, HashSet<EntityId> known, List<ErrorField> errors)
    {
        if (texts is null)
            return null;
        var ids = new List<EntityId>();
        foreach (var text in texts)
        {
            if (EntityId.TryParse(text, out var id) && known.Contains(id))
                ids.Add(id);
            else
                errors.Add(new ErrorField(DeviceColumn.Groups, $"has '{ApiException.Shorten(text ?? "null")}', which is not the id of a device group"));
        }

        return ids;
    }

    private static void Regroup(Device device, List<EntityId> wanted, HashSet<EntityId> touched)
    {
        foreach (var member in device.Memberships.Where(member => !wanted.Contains(member.GroupId)).ToList())
        {
            device.Memberships.Remove(member);
            touched.Add(member.GroupId);
        }

        foreach (var id in wanted.Distinct().Where(id => device.Memberships.TrueForAll(member => member.GroupId != id)))
        {
            device.Memberships.Add(new DeviceGroupMember { GroupId = id, DeviceId = device.Id, AccountId = device.AccountId });
            touched.Add(id);
        }
    }

    private static List<DeviceImportReport.FieldChange> Compare(DeviceData before, DeviceData after)
    {
        var columns = DeviceColumn.All.Where(column => column.IsImported)
            .Concat(before.CustomAttributes.Keys.Union(after.CustomAttributes.Keys).Order(StringComparer.Ordinal).Select(DeviceColumn.OfAttribute));
        var changes = new List<DeviceImportReport.FieldChange>();
        foreach (var column in columns)
        {
            var (was, willBe) = (column.Read(before), column.Read(after));
            if (was != willBe)
                changes.Add(new(column.Name, was ?? "", willBe ?? ""));
        }

        return changes;
    }

    private static async Task<Dictionary<string, Device>> ReadDevicesAsync(SuretyDb db, DeviceImportRow[] rows, CancellationToken cancellationToken)
    {
        var ids = new List<EntityId>();
        var names = new List<string?>();
        foreach (var row in rows)
        {
            if (EntityId.TryParse(row.Item.Id, out var id))
                ids.Add(id);
            else if (string.IsNullOrEmpty(row.Item.Id) && row.Item.EndpointName is { Length: > 0 } name && DeviceIdentity.IsStorable(name))
                names.Add(name);
        }

        var found = new Dictionary<string, Device>();
        foreach (var device in ids.Count == 0 ? [] : await DeviceDirectory.Readable(db).Where(device => ids.Contains(device.Id)).ToListAsync(cancellationToken))
            found[$"id={device.Id}"] = device;
        foreach (var device in names.Count == 0 ? [] : await DeviceDirectory.Readable(db).Where(device => names.Contains(device.EndpointName)).ToListAsync(cancellationToken))
            found[$"endpoint_name={device.EndpointName}"] = device;
        return found;
    }

    private static async Task<HashSet<EntityId>> ReadGroupsAsync(SuretyDb db, DeviceImportRow[] rows, CancellationToken cancellationToken)
    {
        var ids = rows.SelectMany(row => row.Item.Groups ?? []).Select(text => EntityId.TryParse(text, out var id) ? id : default)
            .Where(id => !id.IsNone).Distinct().ToList();
        var known = new HashSet<EntityId>();
        foreach (var part in ids.Chunk(FilterBounds))
            known.UnionWith(await db.Set<DeviceGroup>().Where(group => part.Contains(group.Id)).Select(group => group.Id).ToListAsync(cancellationToken));
        return known;
    }

    private const int FilterBounds = Api.Filters.FilterConditions.MaxListItems;

    private sealed record Outcome(
        DeviceImportRow Row, Device? Device, IReadOnlyList<ErrorField> Errors, IReadOnlyList<DeviceImportReport.FieldChange> Changes)
    {
        public static Outcome Failed(DeviceImportRow row, ErrorField error) => new(row, null, [error], []);
    }
}
