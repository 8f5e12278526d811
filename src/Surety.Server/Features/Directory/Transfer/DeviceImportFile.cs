using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Surety.Server.Api;

namespace Surety.Server.Features.Directory;

/// <summary>The body of an import: CSV or a JSON array, read to its end before anything is changed.</summary>
internal sealed class DeviceImportFile : IBindableFromHttpContext<DeviceImportFile>, IEndpointParameterMetadataProvider
{
    /// <summary>Bytes of a file: a hundred thousand rows with id, name and two attributes have ten million.</summary>
    public const long MaxFileSize = 20 * 1024 * 1024;

    /// <summary>Rows of a file.</summary>
    public const int MaxRows = 100_000;

    private const string Csv = "text/csv";
    private const string JsonType = "application/json";

    private DeviceImportFile(IReadOnlyList<DeviceImportRow> rows) => Rows = rows;

    /// <summary>The rows, also those that cannot be read.</summary>
    public IReadOnlyList<DeviceImportRow> Rows { get; }

    /// <exception cref="ApiException">400, 413 or 415.</exception>
    public static async ValueTask<DeviceImportFile?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxFileSize;
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type))
            throw ApiException.UnsupportedMediaType($"{Csv} or {JsonType}");
        var isCsv = type.MediaType.Equals(Csv, StringComparison.OrdinalIgnoreCase);
        if (!isCsv && !type.MediaType.Equals(JsonType, StringComparison.OrdinalIgnoreCase))
            throw ApiException.UnsupportedMediaType($"{Csv} or {JsonType}");
        var rows = isCsv
            ? await ReadCsvAsync(context.Request.Body, context.RequestAborted)
            : await ReadJsonAsync(context.Request.Body, context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions, context.RequestAborted);
        return new DeviceImportFile(rows);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata([JsonType, Csv], typeof(IReadOnlyList<DeviceImportItem>)));
        foreach (var status in (ReadOnlySpan<int>)[StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType])
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ErrorResponse), [JsonType]));
    }

    private static async Task<List<DeviceImportRow>> ReadJsonAsync(Stream body, JsonSerializerOptions options, CancellationToken cancellationToken)
    {
        var rows = new List<DeviceImportRow>();
        var info = options.GetTypeInfo(typeof(DeviceImportItem));
        try
        {
            await foreach (var element in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(body, options, cancellationToken))
            {
                CheckRows(rows);
                var row = rows.Count + 1;
                try
                {
                    rows.Add(element.Deserialize(info) is DeviceImportItem item
                        ? new DeviceImportRow(row, item)
                        : Unreadable(row, new ErrorField("row", "must be a JSON object")));
                }
                catch (JsonException error)
                {
                    rows.Add(Unreadable(row, JsonErrors.Explain(error, info) is { Fields: [var field, ..] } ? field : new ErrorField("row", "must be a JSON object")));
                }
            }
        }
        catch (JsonException error)
        {
            throw ApiException.Malformed($"The body is not a JSON array of devices: it breaks in line {error.LineNumber + 1}, behind {rows.Count} devices.");
        }

        return rows;
    }

    private static async Task<List<DeviceImportRow>> ReadCsvAsync(Stream body, CancellationToken cancellationToken)
    {
        var rows = new List<DeviceImportRow>();
        // No other encoding is guessed.
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        using var text = new StreamReader(body, strict, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var reader = new CsvReader(text);
        try
        {
            var header = await reader.ReadAsync(cancellationToken)
                ?? throw ApiException.Malformed("The file is empty; its first line names the columns, for example: id,name,custom_attributes__site");
            CheckHeader(header);
            while (await reader.ReadAsync(cancellationToken) is { } values)
            {
                CheckRows(rows);
                rows.Add(ReadRow(rows.Count + 2, header, values));
            }
        }
        catch (FormatException error)
        {
            throw ApiException.Malformed($"The body is not CSV: record {rows.Count + 2} {error.Message}.");
        }
        catch (DecoderFallbackException)
        {
            throw ApiException.Malformed("The body is not CSV in UTF-8; save it again with this encoding.");
        }

        return rows;
    }

    private static void CheckHeader(IReadOnlyList<string> header)
    {
        var names = header.Select(name => name.Trim()).ToList();
        if (!names.Contains(DeviceColumn.Id) && !names.Contains(DeviceColumn.EndpointName))
            throw ApiException.Malformed("The first line must name the columns, and one of them must be id or endpoint_name.");
        var errors = new List<ErrorField>();
        foreach (var name in names)
        {
            if (!DeviceColumn.All.Any(column => column.Name == name) && !(name.StartsWith(DeviceColumn.AttributePrefix, StringComparison.Ordinal) && name.Length > DeviceColumn.AttributePrefix.Length))
            {
                errors.Add(new ErrorField(
                    ApiException.Shorten(name),
                    $"is not a column of devices; an import changes {string.Join(", ", DeviceColumn.All.Where(column => column.IsImported).Select(column => column.Name))} and {DeviceColumn.AttributePrefix}<key>"));
            }
        }

        errors.AddRange(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => new ErrorField(ApiException.Shorten(group.Key), "is there twice")));
        if (errors.Count > 0)
            throw ApiException.Invalid(errors);
    }

    private static DeviceImportRow ReadRow(int row, IReadOnlyList<string> header, IReadOnlyList<string> values)
    {
        if (values.Count != header.Count)
            return Unreadable(row, new ErrorField("row", $"has {values.Count} values where the first line has {header.Count} columns"));
        var cells = new Dictionary<string, string>(header.Count);
        for (var i = 0; i < values.Count; i++)
            cells[header[i].Trim()] = CsvLine.Unguard(values[i]);
        var attributes = cells.Where(cell => cell.Key.StartsWith(DeviceColumn.AttributePrefix, StringComparison.Ordinal))
            .ToDictionary(cell => cell.Key[DeviceColumn.AttributePrefix.Length..], cell => cell.Value);
        return new DeviceImportRow(row, new DeviceImportItem
        {
            Id = cells.GetValueOrDefault(DeviceColumn.Id)?.Trim(),
            EndpointName = cells.GetValueOrDefault(DeviceColumn.EndpointName),
            Name = cells.GetValueOrDefault("name"),
            Description = cells.GetValueOrDefault("description"),
            EndpointType = cells.GetValueOrDefault("endpoint_type"),
            HostGateway = cells.GetValueOrDefault("host_gateway"),
            Groups = cells.GetValueOrDefault(DeviceColumn.Groups)?.Split(DeviceColumn.GroupSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        })
        { AttributeChanges = attributes.Count == 0 ? null : attributes };
    }

    private static DeviceImportRow Unreadable(int row, ErrorField error) => new(row, new DeviceImportItem()) { Error = error };

    private static void CheckRows(List<DeviceImportRow> rows)
    {
        if (rows.Count == MaxRows)
            throw ApiException.Malformed($"The file has more than {MaxRows} devices; send it in parts.");
    }
}
