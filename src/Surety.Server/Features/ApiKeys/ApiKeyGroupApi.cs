using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.ApiKeys;

/// <summary>The policy groups of a key: <c>/v3/api-keys/{apikey_id}/groups</c> and <c>/v3/api-keys/me/groups</c>.</summary>
internal static class ApiKeyGroupApi
{
    private const string IdMeaning = "The ID of the API key.";

    /// <summary>Maps the groups of any key below <paramref name="keys"/>.</summary>
    public static void Map(RouteGroupBuilder keys, AccountRoutes account)
    {
        var groups = keys.MapGroup("/{apikey_id}/groups").OfFeature(PlatformFeatures.PolicyGroups);
        groups.MapGet("", ListAsync).WithName(account.Name("getGroupsOfApikey", "getGroupsOfAccountApikey")).WithSummary("Get policy groups of an API key.")
            .WithListParameters(PolicyGroupService.Filters).WithErrors(400, 401, 403, 404);
        groups.MapPost("", AddAsync).WithName(account.Name("addApiKeyToGroups", "addAccountApiKeyToGroups"))
            .WithSummary("Add API key to a list of groups; the older form of /add.").WithErrors(400, 401, 403, 404, 409);
        groups.MapDelete("", RemoveAsync).WithName(account.Name("removeApiKeyFromGroups", "removeAccountApiKeyFromGroups"))
            .WithSummary("Remove API key from groups; the older form of /remove.").WithErrors(400, 401, 403, 404);
        groups.MapPost("/add", AddAsync).WithName(account.Name("addApiKeyToListedGroups", "addAccountApiKeyToListedGroups"))
            .WithSummary("Add API key to a list of groups.").WithErrors(400, 401, 403, 404, 409);
        groups.MapPost("/remove", RemoveAsync).WithName(account.Name("removeApiKeyFromListedGroups", "removeAccountApiKeyFromListedGroups"))
            .WithSummary("Remove API key from groups.").WithErrors(400, 401, 403, 404);
    }

    /// <summary>Maps the groups of the calling key below <paramref name="keys"/>.</summary>
    public static void MapMine(RouteGroupBuilder keys)
    {
        var groups = keys.MapGroup("/me/groups").OfFeature(PlatformFeatures.PolicyGroups);
        groups.MapGet("", ListMineAsync).WithName("getGroupsOfMyApiKey").WithSummary("Get policy groups of the current API key.")
            .WithListParameters(PolicyGroupService.Filters).WithErrors(400, 401, 403);
        groups.MapPost("", AddMineAsync).WithName("addMyApiKeyToGroups").WithSummary("Add the current API key to groups; the older form of /add.")
            .WithErrors(400, 401, 403, 409);
        groups.MapDelete("", RemoveMineAsync).WithName("removeMyApiKeyListedGroups")
            .WithSummary("Remove the current API key from groups; the older form of /remove.").WithErrors(400, 401, 403);
        groups.MapPost("/add", AddMineAsync).WithName("addMyApiKeyToListedGroups").WithSummary("Add the current API key to groups.")
            .WithErrors(400, 401, 403, 409);
        groups.MapPost("/remove", RemoveMineAsync).WithName("removeMyApiKeyFromListedGroups").WithSummary("Remove the current API key from groups.")
            .WithErrors(400, 401, 403);
    }

    private static Task<ListResponse<GroupSummary>> ListAsync(
        Caller caller,
        [FromRoute(Name = "apikey_id"), Description(IdMeaning)] string apikeyId,
        ListQuery list,
        PolicyGroupService service,
        CancellationToken cancellationToken) =>
        service.ListOfAsync(caller, SubjectKind.ApiKey, apikeyId, list, cancellationToken);

    private static async Task<ApiKeyInfoResp> AddAsync(
        Caller caller,
        [FromRoute(Name = "apikey_id"), Description(IdMeaning)] string apikeyId,
        JsonBody<List<string>> body,
        GroupMemberships memberships,
        ApiKeyService service,
        CancellationToken cancellationToken)
    {
        await memberships.AddToAsync(caller, SubjectKind.ApiKey, apikeyId, body.Value, cancellationToken);
        return await service.GetAsync(caller, apikeyId, cancellationToken);
    }

    private static async Task<ApiKeyInfoResp> RemoveAsync(
        Caller caller,
        [FromRoute(Name = "apikey_id"), Description(IdMeaning)] string apikeyId,
        JsonBody<List<string>> body,
        GroupMemberships memberships,
        ApiKeyService service,
        CancellationToken cancellationToken)
    {
        await memberships.RemoveFromAsync(caller, SubjectKind.ApiKey, apikeyId, body.Value, cancellationToken);
        return await service.GetAsync(caller, apikeyId, cancellationToken);
    }

    private static Task<ListResponse<GroupSummary>> ListMineAsync(Caller caller, ListQuery list, PolicyGroupService service, CancellationToken cancellationToken) =>
        ListAsync(caller, ApiKeyApi.Self(caller), list, service, cancellationToken);

    private static Task<ApiKeyInfoResp> AddMineAsync(
        Caller caller, JsonBody<List<string>> body, GroupMemberships memberships, ApiKeyService service, CancellationToken cancellationToken) =>
        AddAsync(caller, ApiKeyApi.Self(caller), body, memberships, service, cancellationToken);

    private static Task<ApiKeyInfoResp> RemoveMineAsync(
        Caller caller, JsonBody<List<string>> body, GroupMemberships memberships, ApiKeyService service, CancellationToken cancellationToken) =>
        RemoveAsync(caller, ApiKeyApi.Self(caller), body, memberships, service, cancellationToken);
}
