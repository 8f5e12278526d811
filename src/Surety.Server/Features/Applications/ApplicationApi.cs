using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Applications;

/// <summary>Applications: <c>/v3/applications</c>, and their policy groups.</summary>
internal static class ApplicationApi
{
    /// <summary>The tag of an account's own applications and access keys.</summary>
    public const string Tag = "Account - applications";

    /// <summary>The tag of those of tenants.</summary>
    public const string TenantTag = "Tenant accounts - applications";

    private const string IdName = "application_id";
    private const string IdMeaning = "The ID of the application.";

    public static IServiceCollection AddApplications(this IServiceCollection services) =>
        services.AddSingleton<ApplicationService>().AddSingleton<AccessKeyService>();

    public static void MapApplicationsApi(this IEndpointRouteBuilder routes) => AccountRoutes.MapBoth(routes, Map);

    private static void Map(AccountRoutes account)
    {
        var applications = account.Routes.MapGroup("/applications").OfFeature(PlatformFeatures.Applications).WithTags(account.Name(Tag, TenantTag));
        applications.MapGet("", ListAsync).WithName(account.Name("getAllApplications", "getAllAccountApplications")).WithSummary("Get all applications.")
            .WithListParameters(ApplicationService.Filters).WithErrors(400, 401, 403, 404);
        applications.MapPost("", CreateAsync).WithName(account.Name("createApplication", "createAccountApplication")).WithSummary("Create a new application.")
            .WithErrors(400, 401, 403, 404);
        applications.MapGet("/{application_id}", GetAsync).WithName(account.Name("getApplication", "getAccountApplication")).WithSummary("Get an application.")
            .WithErrors(401, 403, 404);
        applications.MapPut("/{application_id}", UpdateAsync).WithName(account.Name("updateApplication", "updateAccountApplication")).WithSummary("Update an application.")
            .WithErrors(400, 401, 403, 404);
        applications.MapDelete("/{application_id}", DeleteAsync).WithName(account.Name("deleteApplication", "deleteAccountApplication"))
            .WithSummary("Delete an application with its access keys.").WithErrors(401, 403, 404);

        var groups = applications.MapGroup("/{application_id}/groups").OfFeature(PlatformFeatures.PolicyGroups);
        groups.MapGet("", ListGroupsAsync).WithName(account.Name("getGroupsOfApplication", "getGroupsOfAccountApplication"))
            .WithSummary("Get policy groups of an application.").WithListParameters(PolicyGroupService.Filters).WithErrors(400, 401, 403, 404);
        groups.MapPost("/add", AddToGroupsAsync).WithName(account.Name("addApplicationToGroups", "addAccountApplicationToGroups"))
            .WithSummary("Add an application to a list of groups.").WithErrors(400, 401, 403, 404, 409);
        groups.MapPost("/remove", RemoveFromGroupsAsync).WithName(account.Name("removeApplicationFromGroups", "removeAccountApplicationFromGroups"))
            .WithSummary("Remove an application from groups.").WithErrors(400, 401, 403, 404);
        AccessKeyApi.Map(account, applications);
    }

    private static Task<ListResponse<ApplicationData>> ListAsync(Caller caller, ListQuery list, ApplicationService service, CancellationToken cancellationToken) =>
        service.ListAsync(caller, list, cancellationToken);

    private static async Task<Created<ApplicationData>> CreateAsync(
        Caller caller, JsonBody<ApplicationReq> body, ApplicationService service, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(caller, body.Value, cancellationToken));

    private static Task<ApplicationData> GetAsync(
        Caller caller, [FromRoute(Name = IdName), Description(IdMeaning)] string applicationId, ApplicationService service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, applicationId, cancellationToken);

    private static Task<ApplicationData> UpdateAsync(
        Caller caller,
        [FromRoute(Name = IdName), Description(IdMeaning)] string applicationId,
        JsonBody<ApplicationReq> body,
        ApplicationService service,
        CancellationToken cancellationToken) =>
        service.UpdateAsync(caller, applicationId, body.Value, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = IdName), Description(IdMeaning)] string applicationId, ApplicationService service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller, applicationId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<ListResponse<GroupSummary>> ListGroupsAsync(
        Caller caller,
        [FromRoute(Name = IdName), Description(IdMeaning)] string applicationId,
        ListQuery list,
        PolicyGroupService service,
        CancellationToken cancellationToken) =>
        service.ListOfAsync(caller, SubjectKind.Application, applicationId, list, cancellationToken);

    private static async Task<NoContent> AddToGroupsAsync(
        Caller caller,
        [FromRoute(Name = IdName), Description(IdMeaning)] string applicationId,
        JsonBody<List<string>> body,
        GroupMemberships memberships,
        CancellationToken cancellationToken)
    {
        await memberships.AddToAsync(caller, SubjectKind.Application, applicationId, body.Value, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> RemoveFromGroupsAsync(
        Caller caller,
        [FromRoute(Name = IdName), Description(IdMeaning)] string applicationId,
        JsonBody<List<string>> body,
        GroupMemberships memberships,
        CancellationToken cancellationToken)
    {
        await memberships.RemoveFromAsync(caller, SubjectKind.Application, applicationId, body.Value, cancellationToken);
        return TypedResults.NoContent();
    }
}
