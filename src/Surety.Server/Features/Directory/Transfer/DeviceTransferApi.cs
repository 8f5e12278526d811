using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.Directory;

/// <summary>Devices as files, beyond the contract: <c>/v3/devices/export.csv</c>, <c>/v3/devices/export.json</c>, <c>/v3/devices/import</c>.</summary>
internal static class DeviceTransferApi
{
    public static void Map(RouteGroupBuilder devices)
    {
        devices.MapGet("/export.csv", (Caller caller, ListQuery list, HttpContext context, DeviceExport export) =>
                export.WriteCsvAsync(caller.AccountId, list, context.Response, context.RequestAborted))
            .WithName("Device_export_csv").WithSummary("Export devices as CSV.")
            .WithDescription("All devices that the filters select, with a column for each key of their custom attributes. Values that a spreadsheet would take for a formula begin with an apostrophe.")
            .WithListParameters(DeviceFilters.All).Produces<string>(200, "text/csv").WithErrors(400, 401);
        devices.MapGet("/export.json", (Caller caller, ListQuery list, HttpContext context, DeviceExport export) =>
                export.WriteJsonAsync(caller.AccountId, list, context.Response, context.RequestAborted))
            .WithName("Device_export_json").WithSummary("Export devices as a JSON array.")
            .WithListParameters(DeviceFilters.All).Produces<IReadOnlyList<DeviceData>>(200).WithErrors(400, 401);
        devices.MapPost("/import", ImportAsync).WithName("Device_import").WithSummary("Change many devices by a file.")
            .WithDescription(
                "Names, descriptions, attributes and groups of devices that exist, as CSV with a line of names or as a JSON array; an edited export will do. Rows that are right are "
                + "done, the others are told. Example: `[{\"endpoint_name\": \"pump-1\", \"name\": \"Pump 1\", \"custom_attributes\": {\"site\": \"oulu\"}}]`.")
            .WithErrors(400, 401);
    }

    private static Task<DeviceImportReport> ImportAsync(
        Caller caller,
        [FromQuery, Description("true to change nothing and only tell what would be changed.")] string? preview,
        DeviceImportFile file,
        DeviceImport import,
        CancellationToken cancellationToken)
    {
        var isPreview = false;
        if (!string.IsNullOrEmpty(preview) && !bool.TryParse(preview, out isPreview))
            throw ApiException.Invalid("preview", "must be true or false");
        return import.RunAsync(caller.AccountId, file.Rows, isPreview, cancellationToken);
    }
}
