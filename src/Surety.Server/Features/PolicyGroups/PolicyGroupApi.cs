using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Applications;
using Surety.Server.Features.PolicyGroups.Policies;
using Surety.Server.Features.Users;

namespace Surety.Server.Features.PolicyGroups;

/// <summary>Policy groups: <c>/v3/policy-groups</c>.</summary>
internal static class PolicyGroupApi
{
    private const string Tag = "Account - policy groups";
    private const string TenantTag = "Tenant accounts - policy groups";
    private const string IdMeaning = "The ID of the policy group.";

    public static IServiceCollection AddPolicyGroups(this IServiceCollection services) => services
        .AddSingleton<AccessChanges>()
        .AddSingleton<GroupMemberships>()
        .AddSingleton<PolicyGroupService>();

    public static void MapPolicyGroupsApi(this IEndpointRouteBuilder routes) => AccountRoutes.MapBoth(routes, Map);

    private static void Map(AccountRoutes account)
    {
        var groups = account.Routes.MapGroup("/policy-groups").OfFeature(PlatformFeatures.PolicyGroups).WithTags(account.Name(Tag, TenantTag));
        groups.MapGet("", ListAsync).WithName(account.Name("getAllGroups", "getAllAccountGroups")).WithSummary("Get policy groups.")
            .WithListParameters(PolicyGroupService.Filters).WithErrors(400, 401, 403, 404);
        groups.MapPost("", CreateAsync).WithName(account.Name("createGroup", "createAccountGroup")).WithSummary("Create a new group.")
            .WithErrors(400, 401, 403, 404, 409);
        groups.MapGet("/{group_id}", GetAsync).WithName(account.Name("getGroupSummary", "getAccountGroupSummary")).WithSummary("Get a policy group.")
            .WithErrors(401, 403, 404);
        groups.MapPost("/{group_id}", AddAsync).WithName(account.Name("addSubjectsToGroup", "addSubjectsToAccountGroup")).WithSummary("Add members to a group.")
            .WithErrors(400, 401, 403, 404, 409);
        groups.MapPut("/{group_id}", UpdateAsync).WithName(account.Name("updateGroupName", "updateAccountGroupName")).WithSummary("Update the group name.")
            .WithErrors(400, 401, 403, 404, 409);
        groups.MapDelete("/{group_id}", DeleteAsync).WithName(account.Name("deleteGroup", "deleteAccountGroup")).WithSummary("Delete a group.")
            .WithErrors(401, 403, 404);

        groups.MapGet("/{group_id}/users", ListUsersAsync).WithName(account.Name("getUsersOfGroup", "getUsersOfAccountGroup"))
            .WithSummary("Get users of a policy group.").WithListParameters(UserService.Filters).WithErrors(400, 401, 403, 404);
        MapMembers(groups, account, "users", "Users", "users");
        MapOlderMembers(groups, account, "users", "Users", "users");
        groups.MapGet("/{group_id}/api-keys", ListApiKeysAsync).WithName(account.Name("getApiKeysOfGroup", "getApiKeysOfAccountGroup"))
            .WithSummary("Get the API keys of a policy group.").WithListParameters(ApiKeyService.Filters).WithErrors(400, 401, 403, 404);
        MapMembers(groups, account, "api-keys", "ApiKeys", "API keys");
        MapOlderMembers(groups, account, "api-keys", "ApiKeys", "API keys");
        groups.MapGet("/{group_id}/applications", ListApplicationsAsync).WithName(account.Name("getApplicationsOfGroup", "getApplicationsOfAccountGroup"))
            .WithSummary("Get the applications of a policy group.").WithListParameters(ApplicationService.Filters).WithErrors(400, 401, 403, 404);
        MapMembers(groups, account, "applications", "Applications", "applications");
    }

    /// <summary>The older pair that the contract keeps, of which one is a DELETE with a body.</summary>
    private static void MapOlderMembers(RouteGroupBuilder groups, AccountRoutes account, string path, string name, string words)
    {
        var group = account.Name("Group", "AccountGroup");
        groups.MapPost($"/{{group_id}}/{path}", AddAsync).WithName($"add{name}To{group}").WithSummary($"Add {words} to the group; the older form of /add.")
            .WithErrors(400, 401, 403, 404, 409);
        groups.MapDelete($"/{{group_id}}/{path}", RemoveAsync).WithName($"remove{name}From{group}")
            .WithSummary($"Remove {words} from a group; the older form of /remove.").WithErrors(400, 401, 403, 404);
    }

    private static void MapMembers(RouteGroupBuilder groups, AccountRoutes account, string path, string name, string words)
    {
        var group = account.Name("Group", "AccountGroup");
        groups.MapPost($"/{{group_id}}/{path}/add", AddAsync).WithName($"addListed{name}To{group}").WithSummary($"Add {words} to the group.")
            .WithErrors(400, 401, 403, 404, 409);
        groups.MapPost($"/{{group_id}}/{path}/remove", RemoveAsync).WithName($"removeListed{name}From{group}").WithSummary($"Remove {words} from a group.")
            .WithErrors(400, 401, 403, 404);
    }

    private static Task<ListResponse<GroupSummary>> ListAsync(Caller caller, ListQuery list, PolicyGroupService service, CancellationToken cancellationToken) =>
        service.ListAsync(caller, list, cancellationToken);

    private static async Task<Created<GroupSummary>> CreateAsync(
        Caller caller, JsonBody<GroupCreationInfo> body, PolicyGroupService service, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(caller, body.Value, cancellationToken));

    private static Task<GroupSummary> GetAsync(
        Caller caller, [FromRoute(Name = "group_id"), Description(IdMeaning)] string groupId, PolicyGroupService service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, groupId, cancellationToken);

    private static Task<GroupSummary> UpdateAsync(
        Caller caller,
        [FromRoute(Name = "group_id"), Description(IdMeaning)] string groupId,
        JsonBody<GroupUpdateInfo> body,
        PolicyGroupService service,
        CancellationToken cancellationToken) =>
        service.UpdateAsync(caller, groupId, body.Value, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = "group_id"), Description(IdMeaning)] string groupId, PolicyGroupService service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller, groupId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<GroupSummary> AddAsync(
        Caller caller,
        [FromRoute(Name = "group_id"), Description(IdMeaning)] string groupId,
        JsonBody<SubjectList> body,
        GroupMemberships memberships,
        PolicyGroupService service,
        CancellationToken cancellationToken)
    {
        await memberships.AddAsync(caller, groupId, body.Value, cancellationToken);
        return await service.GetAsync(caller, groupId, cancellationToken);
    }

    private static async Task<GroupSummary> RemoveAsync(
        Caller caller,
        [FromRoute(Name = "group_id"), Description(IdMeaning)] string groupId,
        JsonBody<SubjectList> body,
        GroupMemberships memberships,
        PolicyGroupService service,
        CancellationToken cancellationToken)
    {
        await memberships.RemoveAsync(caller, groupId, body.Value, cancellationToken);
        return await service.GetAsync(caller, groupId, cancellationToken);
    }

    private static async Task<ListResponse<UserInfoResp>> ListUsersAsync(
        Caller caller,
        [FromRoute(Name = "group_id"), Description(IdMeaning)] string groupId,
        ListQuery list,
        PolicyGroupService groups,
        UserService service,
        CancellationToken cancellationToken) =>
        await service.ListAsync(caller, list, cancellationToken, (await groups.GetAsync(caller, groupId, cancellationToken)).Id);

    private static async Task<ListResponse<ApiKeyInfoResp>> ListApiKeysAsync(
        Caller caller,
        [FromRoute(Name = "group_id"), Description(IdMeaning)] string groupId,
        ListQuery list,
        PolicyGroupService groups,
        ApiKeyService service,
        CancellationToken cancellationToken) =>
        await service.ListAsync(caller, list, cancellationToken, (await groups.GetAsync(caller, groupId, cancellationToken)).Id);

    private static async Task<ListResponse<ApplicationData>> ListApplicationsAsync(
        Caller caller,
        [FromRoute(Name = "group_id"), Description(IdMeaning)] string groupId,
        ListQuery list,
        PolicyGroupService groups,
        ApplicationService service,
        CancellationToken cancellationToken) =>
        await service.ListAsync(caller, list, cancellationToken, (await groups.GetAsync(caller, groupId, cancellationToken)).Id);
}
