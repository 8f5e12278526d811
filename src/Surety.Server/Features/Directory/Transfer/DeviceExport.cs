using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Surety.Server.Api;
using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>Writes the devices that a filter selects as they are read, in pages that neither hold the database nor fill the memory.</summary>
internal sealed class DeviceExport(SuretyDbFactory databases, IOptions<JsonOptions> json)
{
    /// <summary>Keys of attributes in one CSV file; each is a column.</summary>
    public const int MaxAttributeColumns = 200;

    private const int PageSize = 500;

    /// <summary>Writes CSV with a line of names: every column, and one for each key of the custom attributes of these devices.</summary>
    /// <exception cref="ApiException">400: the filter, or too many keys; nothing has been written then.</exception>
    public async Task WriteCsvAsync(EntityId accountId, ListQuery list, HttpResponse response, CancellationToken cancellationToken)
    {
        CheckParameters(list);
        var keys = await ReadKeysAsync(accountId, list, cancellationToken);
        IReadOnlyList<DeviceColumn> columns = [.. DeviceColumn.All, .. keys.Select(DeviceColumn.OfAttribute)];
        Begin(response, "text/csv; charset=utf-8", "devices.csv");
        var text = new StringBuilder();
        CsvLine.Append(text, columns.Select(column => column.Name));
        await foreach (var page in ReadAsync(accountId, list, cancellationToken))
        {
            foreach (var device in page)
                CsvLine.Append(text, columns.Select(column => column.Read(device) ?? ""));
            await response.WriteAsync(text.ToString(), Encoding.UTF8, cancellationToken);
            text.Clear();
        }
    }

    /// <summary>Writes a JSON array of devices as the list shows them, one in a line.</summary>
    /// <exception cref="ApiException">400: the filter; nothing has been written then.</exception>
    public async Task WriteJsonAsync(EntityId accountId, ListQuery list, HttpResponse response, CancellationToken cancellationToken)
    {
        CheckParameters(list);
        DeviceFilters.All.Apply(Enumerable.Empty<Device>().AsQueryable(), list.Conditions);
        Begin(response, "application/json; charset=utf-8", "devices.json");
        var separator = "[\n"u8.ToArray();
        await foreach (var page in ReadAsync(accountId, list, cancellationToken))
        {
            foreach (var device in page)
            {
                await response.Body.WriteAsync(separator, cancellationToken);
                await JsonSerializer.SerializeAsync(response.Body, device, json.Value.SerializerOptions, cancellationToken);
                separator = ",\n"u8.ToArray();
            }
        }

        await response.Body.WriteAsync(separator[0] == '[' ? "[]\n"u8.ToArray() : "\n]\n"u8.ToArray(), cancellationToken);
    }

    private static void CheckParameters(ListQuery list)
    {
        if (list.Limit is not null)
            throw ApiException.Invalid("limit", "is not a parameter of an export, which has all devices; use filters, or the list");
        if (list.After is not null)
            throw ApiException.Invalid("after", "is not a parameter of an export, which has all devices; use filters, or the list");
    }

    private static void Begin(HttpResponse response, string type, string file)
    {
        response.ContentType = type;
        response.Headers.ContentDisposition = $"attachment; filename=\"{file}\"";
        // Names that people gave are in it: no browser may take it for a page.
        response.Headers.XContentTypeOptions = "nosniff";
    }

    private async Task<List<string>> ReadKeysAsync(EntityId accountId, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        var keys = await DeviceFilters.All.Apply(db.Devices, list.Conditions).SelectMany(device => device.CustomAttributes)
            .Select(attribute => attribute.Key).Distinct().Take(MaxAttributeColumns + 1).ToListAsync(cancellationToken);
        if (keys.Count > MaxAttributeColumns)
            throw ApiException.Malformed($"These devices have more than {MaxAttributeColumns} keys of custom attributes between them; use filters, or the JSON export.");
        keys.Sort(StringComparer.Ordinal);
        return keys;
    }

    private async IAsyncEnumerable<IReadOnlyList<DeviceData>> ReadAsync(
        EntityId accountId, ListQuery list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = list with { Limit = PageSize, Include = [] };
        while (true)
        {
            await using var db = databases.Open(accountId);
            var page = await DeviceFilters.All.Apply(DeviceDirectory.Readable(db), list.Conditions).ToPageAsync(next, DeviceData.Of, alwaysCount: false, cancellationToken);
            yield return page.Data;
            if (!page.HasMore)
                yield break;
            next = next with { After = page.Data[^1].Id };
        }
    }
}
