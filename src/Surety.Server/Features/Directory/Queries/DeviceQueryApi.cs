using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Directory;

/// <summary>Saved queries: <c>/v3/device-queries</c>.</summary>
internal static class DeviceQueryApi
{
    private const string Tag = "Device directory - device queries";
    private const string IdName = "query_id";
    private const string IdMeaning = "The ID of the query.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var queries = routes.MapGroup("/v3/device-queries").OfFeature(PlatformFeatures.DeviceQueries).WithTags(Tag);
        queries.MapGet("", ListAsync).WithName("Device_Query_list").WithSummary("List all device queries.")
            .WithListParameters(DeviceQueryData.Filters).WithErrors(400, 401);
        queries.MapPost("", CreateAsync).WithName("Device_Query_create").WithSummary("Create a device query.")
            .WithDescription("Saves a filter of devices under a name. Example: `{\"name\": \"silent in Oulu\", \"query\": \"state=deregistered&custom_attributes__site=oulu\"}`.")
            .WithErrors(400, 401);
        queries.MapGet($"/{{{IdName}}}", GetAsync).WithName("Device_Query_retrieve").WithSummary("Retrieve a device query.").WithErrors(400, 401, 404);
        queries.MapPut($"/{{{IdName}}}", UpdateAsync).WithName("Device_Query_update").WithSummary("Update a device query.").WithErrors(400, 401, 404, 412);
        queries.MapDelete($"/{{{IdName}}}", DeleteAsync).WithName("Device_Query_destroy").WithSummary("Delete a device query.").WithErrors(400, 401, 404);
    }

    private static Task<ListResponse<DeviceQueryData>> ListAsync(Caller caller, ListQuery list, DeviceQueryService queries, CancellationToken cancellationToken) =>
        queries.ListAsync(caller.AccountId, list, cancellationToken);

    private static async Task<Created<DeviceQueryData>> CreateAsync(
        Caller caller, JsonBody<DeviceQueryPostPutRequest> body, DeviceQueryService queries, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await queries.CreateAsync(caller.AccountId, body.Value, cancellationToken));

    private static Task<DeviceQueryData> GetAsync(
        Caller caller, [FromRoute(Name = IdName), Description(IdMeaning)] string queryId, DeviceQueryService queries, CancellationToken cancellationToken) =>
        queries.GetAsync(caller.AccountId, queryId, cancellationToken);

    private static Task<DeviceQueryData> UpdateAsync(
        Caller caller,
        [FromRoute(Name = IdName), Description(IdMeaning)] string queryId,
        [FromHeader(Name = "If-Match"), Description(Precondition.Meaning)] string? ifMatch,
        JsonBody<DeviceQueryPostPutRequest> body,
        DeviceQueryService queries,
        CancellationToken cancellationToken) => queries.UpdateAsync(caller.AccountId, queryId, body.Value, ifMatch, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = IdName), Description(IdMeaning)] string queryId, DeviceQueryService queries, CancellationToken cancellationToken)
    {
        await queries.DeleteAsync(caller.AccountId, queryId, cancellationToken);
        return TypedResults.NoContent();
    }
}
