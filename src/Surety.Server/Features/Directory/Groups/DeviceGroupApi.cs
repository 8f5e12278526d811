using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Directory;

/// <summary>Device groups: <c>/v3/device-groups</c>. Beyond the contract: adding and removing by filter.</summary>
internal static class DeviceGroupApi
{
    private const string Tag = "Device directory - groups";
    private const string IdName = "device-group-id";
    private const string IdMeaning = "The ID of the group.";
    private const string Route = $"/{{{IdName}}}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var groups = routes.MapGroup("/v3/device-groups").OfFeature(PlatformFeatures.DeviceGroups).WithTags(Tag);
        groups.MapGet("", ListAsync).WithName("Group_list").WithSummary("List all groups.").WithListParameters(DeviceGroupData.Filters).WithErrors(400, 401);
        groups.MapPost("", CreateAsync).WithName("Group_create").WithSummary("Create a group.")
            .WithDescription("Example: `{\"name\": \"Oulu\", \"description\": \"Devices on the factory floor\", \"custom_attributes\": {\"site\": \"oulu\"}}`.")
            .WithErrors(400, 401, 409);
        groups.MapGet(Route, GetAsync).WithName("Group_retrieve").WithSummary("Get a group.").WithErrors(400, 401, 404);
        groups.MapPut(Route, UpdateAsync).WithName("Group_update").WithSummary("Modify the attributes of a group.").WithErrors(400, 401, 404, 412);
        groups.MapDelete(Route, DeleteAsync).WithName("Group_delete").WithSummary("Delete a group; its devices stay.").WithErrors(401, 404);
        groups.MapGet($"{Route}/devices", ListDevicesAsync).WithName("Group_members_retrieve").WithSummary("Get a page of the devices in a group.")
            .WithListParameters(DeviceFilters.All).WithErrors(400, 401, 404);
        groups.MapPost($"{Route}/devices/add", AddAsync).WithName("Group_members_add").WithSummary("Add one device to a group.")
            .WithDescription("A device can be in several groups; one that is in the group already stays. Example: `{\"device_id\": \"015c3029f6f7000000000001001000c3\"}`.")
            .WithErrors(400, 401, 404);
        groups.MapPost($"{Route}/devices/remove", RemoveAsync).WithName("Group_members_remove").WithSummary("Remove one device from a group.").WithErrors(400, 401, 404);
        groups.MapPost($"{Route}/devices/add-matching", AddMatchingAsync).WithName("Group_members_add_matching").WithSummary("Add all devices that a filter or a saved query selects.")
            .WithDescription("All, or in case of an error none. Example: `{\"filter\": \"custom_attributes__site=oulu&state__neq=unenrolled\", \"preview\": true}`.")
            .WithErrors(400, 401, 404);
        groups.MapPost($"{Route}/devices/remove-matching", RemoveMatchingAsync).WithName("Group_members_remove_matching").WithSummary("Remove all devices that a filter or a saved query selects.")
            .WithDescription("All, or in case of an error none. Example: `{\"filter\": \"lifecycle_status=blocked\"}`.")
            .WithErrors(400, 401, 404);
    }

    private static Task<ListResponse<DeviceGroupData>> ListAsync(Caller caller, ListQuery list, DeviceGroupService groups, CancellationToken cancellationToken) =>
        groups.ListAsync(caller.AccountId, list, cancellationToken);

    private static async Task<Created<DeviceGroupData>> CreateAsync(
        Caller caller, JsonBody<DeviceGroupRequest> body, DeviceGroupService groups, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await groups.CreateAsync(caller.AccountId, body.Value, cancellationToken));

    private static Task<DeviceGroupData> GetAsync(
        Caller caller, [FromRoute(Name = IdName), Description(IdMeaning)] string deviceGroupId, DeviceGroupService groups, CancellationToken cancellationToken) =>
        groups.GetAsync(caller.AccountId, deviceGroupId, cancellationToken);

    private static Task<DeviceGroupData> UpdateAsync(
        Caller caller,
        [FromRoute(Name = IdName), Description(IdMeaning)] string deviceGroupId,
        [FromHeader(Name = "If-Match"), Description(Precondition.Meaning)] string? ifMatch,
        JsonBody<DeviceGroupRequest> body,
        DeviceGroupService groups,
        CancellationToken cancellationToken) => groups.UpdateAsync(caller.AccountId, deviceGroupId, body.Value, ifMatch, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = IdName), Description(IdMeaning)] string deviceGroupId, DeviceGroupService groups, CancellationToken cancellationToken)
    {
        await groups.DeleteAsync(caller.AccountId, deviceGroupId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<ListResponse<DeviceData>> ListDevicesAsync(
        Caller caller, [FromRoute(Name = IdName), Description(IdMeaning)] string deviceGroupId, ListQuery list, DeviceGroupMembers members, CancellationToken cancellationToken) =>
        members.ListAsync(caller.AccountId, deviceGroupId, list, cancellationToken);

    private static async Task<NoContent> AddAsync(
        Caller caller,
        [FromRoute(Name = IdName), Description(IdMeaning)] string deviceGroupId,
        JsonBody<DeviceGroupManipulation> body,
        DeviceGroupMembers members,
        CancellationToken cancellationToken)
    {
        await members.AddAsync(caller.AccountId, deviceGroupId, body.Value.DeviceId!, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> RemoveAsync(
        Caller caller,
        [FromRoute(Name = IdName), Description(IdMeaning)] string deviceGroupId,
        JsonBody<DeviceGroupManipulation> body,
        DeviceGroupMembers members,
        CancellationToken cancellationToken)
    {
        await members.RemoveAsync(caller.AccountId, deviceGroupId, body.Value.DeviceId!, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<DeviceGroupChange> AddMatchingAsync(
        Caller caller,
        [FromRoute(Name = IdName), Description(IdMeaning)] string deviceGroupId,
        JsonBody<DeviceSelection> body,
        DeviceGroupMembers members,
        CancellationToken cancellationToken) => members.AddMatchingAsync(caller.AccountId, deviceGroupId, body.Value, cancellationToken);

    private static Task<DeviceGroupChange> RemoveMatchingAsync(
        Caller caller,
        [FromRoute(Name = IdName), Description(IdMeaning)] string deviceGroupId,
        JsonBody<DeviceSelection> body,
        DeviceGroupMembers members,
        CancellationToken cancellationToken) => members.RemoveMatchingAsync(caller.AccountId, deviceGroupId, body.Value, cancellationToken);
}
