using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Applications;

/// <summary>Access keys: <c>/v3/applications/{application_id}/access-keys</c> and <c>/v3/access-keys</c>.</summary>
internal static class AccessKeyApi
{
    private const string ApplicationName = "application_id";
    private const string ApplicationMeaning = "The ID of the application.";
    private const string IdName = "access_key_id";
    private const string IdMeaning = "The ID of the access key.";

    // The document names the filters; the time is that of the call.
    private static readonly Api.Filters.FilterSet<AccessKey> Described = AccessKeyService.FiltersAt(default);

    public static void Map(AccountRoutes account, RouteGroupBuilder applications)
    {
        var all = account.Routes.MapGroup("/access-keys").OfFeature(PlatformFeatures.Applications).WithTags(account.Name(ApplicationApi.Tag, ApplicationApi.TenantTag));
        all.MapGet("", ListAllAsync).WithName(account.Name("getAllAccessKeys", "getAllAccountAccessKeys")).WithSummary("Get the access keys of all applications.")
            .WithListParameters(Described).WithErrors(400, 401, 403, 404);
        all.MapGet("/{access_key_id}", GetAnyAsync).WithName(account.Name("getAccessKey", "getAccountAccessKey")).WithSummary("Get an access key.").WithErrors(401, 403, 404);

        var keys = applications.MapGroup("/{application_id}/access-keys");
        keys.MapGet("", ListAsync).WithName(account.Name("getAccessKeysOfApplication", "getAccessKeysOfAccountApplication"))
            .WithSummary("Get the access keys of an application.").WithListParameters(Described).WithErrors(400, 401, 403, 404);
        keys.MapPost("", CreateAsync).WithName(account.Name("createAccessKey", "createAccountAccessKey"))
            .WithSummary("Create a new access key; the answer shows it whole, this once.").WithErrors(400, 401, 403, 404);
        keys.MapGet("/{access_key_id}", GetAsync).WithName(account.Name("getAccessKeyOfApplication", "getAccessKeyOfAccountApplication"))
            .WithSummary("Get an access key of an application.").WithErrors(401, 403, 404);
        keys.MapPut("/{access_key_id}", UpdateAsync).WithName(account.Name("updateAccessKey", "updateAccountAccessKey")).WithSummary("Update an access key.")
            .WithErrors(400, 401, 403, 404);
        keys.MapDelete("/{access_key_id}", DeleteAsync).WithName(account.Name("deleteAccessKey", "deleteAccountAccessKey")).WithSummary("Delete an access key.")
            .WithErrors(401, 403, 404);
    }

    private static Task<ListResponse<AccessKeyData>> ListAllAsync(Caller caller, ListQuery list, AccessKeyService service, CancellationToken cancellationToken) =>
        service.ListAsync(caller, application: null, list, cancellationToken);

    private static Task<AccessKeyData> GetAnyAsync(
        Caller caller, [FromRoute(Name = IdName), Description(IdMeaning)] string accessKeyId, AccessKeyService service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, application: null, accessKeyId, cancellationToken);

    private static Task<ListResponse<AccessKeyData>> ListAsync(
        Caller caller,
        [FromRoute(Name = ApplicationName), Description(ApplicationMeaning)] string applicationId,
        ListQuery list,
        AccessKeyService service,
        CancellationToken cancellationToken) =>
        service.ListAsync(caller, applicationId, list, cancellationToken);

    private static async Task<Created<AccessKeyData>> CreateAsync(
        Caller caller,
        [FromRoute(Name = ApplicationName), Description(ApplicationMeaning)] string applicationId,
        JsonBody<AccessKeyReq> body,
        AccessKeyService service,
        CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(caller, applicationId, body.Value, cancellationToken));

    private static Task<AccessKeyData> GetAsync(
        Caller caller,
        [FromRoute(Name = ApplicationName), Description(ApplicationMeaning)] string applicationId,
        [FromRoute(Name = IdName), Description(IdMeaning)] string accessKeyId,
        AccessKeyService service,
        CancellationToken cancellationToken) =>
        service.GetAsync(caller, applicationId, accessKeyId, cancellationToken);

    private static Task<AccessKeyData> UpdateAsync(
        Caller caller,
        [FromRoute(Name = ApplicationName), Description(ApplicationMeaning)] string applicationId,
        [FromRoute(Name = IdName), Description(IdMeaning)] string accessKeyId,
        JsonBody<AccessKeyReq> body,
        AccessKeyService service,
        CancellationToken cancellationToken) =>
        service.UpdateAsync(caller, applicationId, accessKeyId, body.Value, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller,
        [FromRoute(Name = ApplicationName), Description(ApplicationMeaning)] string applicationId,
        [FromRoute(Name = IdName), Description(IdMeaning)] string accessKeyId,
        AccessKeyService service,
        CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller, applicationId, accessKeyId, cancellationToken);
        return TypedResults.NoContent();
    }
}
