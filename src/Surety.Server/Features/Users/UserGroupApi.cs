using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups;

namespace Surety.Server.Features.Users;

/// <summary>The policy groups of a user: <c>/v3/users/{user_id}/groups</c> and <c>/v3/users/me/groups</c>.</summary>
internal static class UserGroupApi
{
    private const string IdMeaning = "The ID of the user.";

    /// <summary>Maps the groups of any user below <paramref name="users"/>.</summary>
    public static void Map(RouteGroupBuilder users, AccountRoutes account)
    {
        var groups = users.MapGroup("/{user_id}/groups");
        groups.MapGet("", ListAsync).WithName(account.Name("getGroupsOfUser", "getGroupsOfAccountUser")).WithSummary("Get policy groups for a user.")
            .WithListParameters(PolicyGroupService.Filters).WithErrors(400, 401, 403, 404);
        groups.MapPost("", AddAsync).WithName(account.Name("addUserToGroups", "addAccountUserToGroups"))
            .WithSummary("Add user to a list of groups; the older form of /add.").WithErrors(400, 401, 403, 404, 409);
        groups.MapDelete("", RemoveAsync).WithName(account.Name("removeUserFromGroups", "removeAccountUserFromGroups"))
            .WithSummary("Remove user from groups; the older form of /remove.").WithErrors(400, 401, 403, 404);
        groups.MapPost("/add", AddAsync).WithName(account.Name("addUserToListedGroups", "addAccountUserToListedGroups"))
            .WithSummary("Add user to a list of groups.").WithErrors(400, 401, 403, 404, 409);
        groups.MapPost("/remove", RemoveAsync).WithName(account.Name("removeUserFromListedGroups", "removeAccountUserFromListedGroups"))
            .WithSummary("Remove user from groups.").WithErrors(400, 401, 403, 404);
    }

    /// <summary>Maps the groups of the caller below <paramref name="mine"/>.</summary>
    public static void MapMine(RouteGroupBuilder mine)
    {
        mine.MapGet("/groups", ListMineAsync).WithName("getGroupsOfMyUser").WithSummary("Get policy groups of the current user.")
            .WithListParameters(PolicyGroupService.Filters).WithErrors(400, 401, 403);
        mine.MapPost("/groups", AddMineAsync).WithName("addMyUserToGroups").WithSummary("Add the current user to a list of groups.")
            .WithErrors(400, 401, 403, 409);
        mine.MapDelete("/groups", RemoveMineAsync).WithName("removeMyUserFromGroups").WithSummary("Remove the current user from groups.")
            .WithErrors(400, 401, 403);
    }

    private static Task<ListResponse<GroupSummary>> ListAsync(
        Caller caller,
        [FromRoute(Name = "user_id"), Description(IdMeaning)] string userId,
        ListQuery list,
        PolicyGroupService service,
        CancellationToken cancellationToken) =>
        service.ListOfAsync(caller, SubjectKind.User, userId, list, cancellationToken);

    private static async Task<UserInfoResp> AddAsync(
        Caller caller,
        [FromRoute(Name = "user_id"), Description(IdMeaning)] string userId,
        JsonBody<List<string>> body,
        GroupMemberships memberships,
        UserService service,
        CancellationToken cancellationToken)
    {
        await memberships.AddToAsync(caller, SubjectKind.User, userId, body.Value, cancellationToken);
        return await service.GetAsync(caller, userId, cancellationToken);
    }

    private static async Task<UserInfoResp> RemoveAsync(
        Caller caller,
        [FromRoute(Name = "user_id"), Description(IdMeaning)] string userId,
        JsonBody<List<string>> body,
        GroupMemberships memberships,
        UserService service,
        CancellationToken cancellationToken)
    {
        await memberships.RemoveFromAsync(caller, SubjectKind.User, userId, body.Value, cancellationToken);
        return await service.GetAsync(caller, userId, cancellationToken);
    }

    private static Task<ListResponse<GroupSummary>> ListMineAsync(Caller caller, ListQuery list, PolicyGroupService service, CancellationToken cancellationToken) =>
        ListAsync(caller, UserApi.Self(caller), list, service, cancellationToken);

    private static Task<UserInfoResp> AddMineAsync(
        Caller caller, JsonBody<List<string>> body, GroupMemberships memberships, UserService service, CancellationToken cancellationToken) =>
        AddAsync(caller, UserApi.Self(caller), body, memberships, service, cancellationToken);

    private static Task<UserInfoResp> RemoveMineAsync(
        Caller caller, JsonBody<List<string>> body, GroupMemberships memberships, UserService service, CancellationToken cancellationToken) =>
        RemoveAsync(caller, UserApi.Self(caller), body, memberships, service, cancellationToken);
}
