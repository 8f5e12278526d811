using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Directory;

/// <summary>The device directory: <c>/v3/devices</c>.</summary>
internal static class DirectoryApi
{
    private const string Tag = "Device directory - devices";
    private const string IdMeaning = "The ID of the device.";

    public static IServiceCollection AddDirectory(this IServiceCollection services) => services
        .AddSingleton<DeviceDirectory>().AddSingleton<DeviceQueryService>().AddSingleton<DeviceGroupService>().AddSingleton<DeviceGroupMembers>()
        .AddSingleton<DeviceExport>().AddSingleton<DeviceImport>();

    public static void MapDirectoryApi(this IEndpointRouteBuilder routes)
    {
        var devices = routes.MapGroup("/v3/devices").OfFeature(PlatformFeatures.Devices).WithTags(Tag);
        devices.MapGet("", ListAsync).WithName("Device_list").WithSummary("List all devices.")
            .WithListParameters(DeviceFilters.All).WithErrors(400, 401);
        devices.MapPost("", CreateAsync).WithName("Device_create").WithSummary("Create a device.").WithErrors(400, 401, 403, 409);
        devices.MapGet("/{id}", GetAsync).WithName("Device_retrieve").WithSummary("Get a device.").WithErrors(400, 401, 404);
        devices.MapPut("/{id}", UpdateAsync).WithName("Device_update").WithSummary("Update a device.").WithErrors(400, 401, 404, 412);
        devices.MapDelete("/{id}", DeleteAsync).WithName("Device_destroy").WithSummary("Delete a device.").WithErrors(400, 401, 404);
        devices.MapPost("/{id}/suspend", SuspendAsync).WithName("Device_suspend").WithSummary("Suspend a device: it is disconnected and may not connect.").WithErrors(400, 401, 404);
        devices.MapPost("/{id}/resume", ResumeAsync).WithName("Device_resume").WithSummary("Let a suspended device connect again.").WithErrors(400, 401, 404);
        DeviceTransferApi.Map(devices);
        DeviceQueryApi.Map(routes);
        DeviceGroupApi.Map(routes);
        var categories = routes.MapGroup("/v3/device-block-categories").OfFeature(PlatformFeatures.DeviceBlockCategories).WithTags("Device directory - block categories");
        categories.MapGet("", (Caller _, ListQuery list) => DeviceBlockCategory.List(list)).WithName("block_category_list").WithSummary("List device block categories.")
            .WithListParameters(DeviceBlockCategory.Filters).WithErrors(400, 401);
        categories.MapGet("/{block_category_reference}", (Caller _, [FromRoute(Name = "block_category_reference"), Description("The reference of the category.")] string blockCategoryReference) =>
            DeviceBlockCategory.Get(blockCategoryReference)).WithName("block_category_retrieve").WithSummary("Get a device block category.").WithErrors(401, 404);
    }

    private static Task<ListResponse<DeviceData>> ListAsync(
        Caller caller, ListQuery list, DeviceDirectory directory, CancellationToken cancellationToken) =>
        directory.ListAsync(caller.AccountId, list, cancellationToken);

    private static async Task<Created<DeviceData>> CreateAsync(
        Caller caller, JsonBody<DeviceDataPostRequest> body, DeviceDirectory directory, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await directory.CreateAsync(caller.AccountId, body.Value, cancellationToken));

    private static Task<DeviceData> GetAsync(
        Caller caller, [FromRoute, Description(IdMeaning)] string id, DeviceDirectory directory, CancellationToken cancellationToken) =>
        directory.GetAsync(caller.AccountId, id, cancellationToken);

    private static Task<DeviceData> UpdateAsync(
        Caller caller,
        [FromRoute, Description(IdMeaning)] string id,
        [FromHeader(Name = "If-Match"), Description(Precondition.Meaning)] string? ifMatch,
        JsonBody<DeviceDataPutRequest> body,
        DeviceDirectory directory,
        CancellationToken cancellationToken) => directory.UpdateAsync(caller.AccountId, id, body.Value, ifMatch, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute, Description(IdMeaning)] string id, DeviceDirectory directory, CancellationToken cancellationToken)
    {
        await directory.DeleteAsync(caller.AccountId, id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SuspendAsync(
        Caller caller, [FromRoute, Description(IdMeaning)] string id, JsonBody<DeviceBlockRequest> body, DeviceDirectory directory, CancellationToken cancellationToken)
    {
        await directory.SuspendAsync(caller.AccountId, id, body.Value.Category!, body.Value.Description, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ResumeAsync(
        Caller caller, [FromRoute, Description(IdMeaning)] string id, JsonBody<DeviceBlockRequest> body, DeviceDirectory directory, CancellationToken cancellationToken)
    {
        await directory.ResumeAsync(caller.AccountId, id, body.Value.Category!, body.Value.Description, cancellationToken);
        return TypedResults.NoContent();
    }
}
