using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>Identity providers: <c>/v3/identity-providers</c>, and signing in with them: <c>/auth/oidc</c>.</summary>
internal static class IdentityProviderApi
{
    private const string Tag = "Account - identity providers";
    private const string TenantTag = "Tenant accounts - identity providers";
    private const string IdMeaning = "The ID of the identity provider.";
    private const string DiscoveryMeaning = "Endpoints and keys come from the configuration that the issuer publishes. May stand without a value.";
    private const string IdName = "identity_provider_id";

    public static IServiceCollection AddIdentityProviders(this IServiceCollection services) => services
        .AddSingleton<ProviderHttp>()
        .AddSingleton<ProviderDiscovery>()
        .AddSingleton<ProviderKeys>()
        .AddSingleton<IdentityProviderService>()
        .AddOidcSignIn();

    public static void MapIdentityProvidersApi(this IEndpointRouteBuilder routes)
    {
        AccountRoutes.MapBoth(routes, Map);
        routes.MapOidcSignIn();
    }

    private static void Map(AccountRoutes account)
    {
        var providers = account.Routes.MapGroup("/identity-providers").OfFeature(PlatformFeatures.IdentityProviders).WithTags(account.Name(Tag, TenantTag));
        providers.MapGet("", ListAsync).WithName(account.Name("getAllIdentityProviders", "getAllAccountIdentityProviders")).WithSummary("Get all identity providers.")
            .WithListParameters(IdentityProviderService.Filters).WithErrors(400, 401, 403, 404);
        providers.MapPost("", CreateAsync).WithName(account.Name("createIdentityProvider", "createAccountIdentityProvider")).WithSummary("Create a new identity provider.")
            .WithErrors(400, 401, 403, 404, 409);
        providers.MapGet($"/{{{IdName}}}", GetAsync).WithName(account.Name("getIdentityProvider", "getAccountIdentityProvider")).WithSummary("Get identity provider.")
            .WithErrors(401, 403, 404);
        providers.MapPut($"/{{{IdName}}}", UpdateAsync).WithName(account.Name("updateIdentityProvider", "updateAccountIdentityProvider"))
            .WithSummary("Update an existing identity provider.").WithErrors(400, 401, 403, 404, 409);
        providers.MapDelete($"/{{{IdName}}}", DeleteAsync).WithName(account.Name("deleteIdentityProvider", "deleteAccountIdentityProvider"))
            .WithSummary("Delete an identity provider by ID.").WithErrors(401, 403, 404);
        providers.MapPost($"/{{{IdName}}}/refresh-jwks", RefreshAsync).WithName(account.Name("refreshJwks", "refreshAccountJwks"))
            .WithSummary("Refreshes the OIDC signing keys.").WithErrors(400, 401, 403, 404);
    }

    private static Task<ListResponse<IdentityProviderInfo>> ListAsync(Caller caller, ListQuery list, IdentityProviderService service, CancellationToken cancellationToken) =>
        service.ListAsync(caller, list, cancellationToken);

    private static async Task<Created<IdentityProviderInfo>> CreateAsync(
        Caller caller,
        [Description(DiscoveryMeaning)] string? discovery,
        JsonBody<IdentityProviderReq> body,
        HttpContext context,
        IdentityProviderService service,
        CancellationToken cancellationToken)
    {
        var made = await service.CreateAsync(caller, body.Value, IsOn(discovery), cancellationToken);
        var location = $"{context.Request.Path.Value!.TrimEnd('/')}/{made.Id}";
        context.Response.Headers.ContentLocation = location;
        return TypedResults.Created(location, made);
    }

    private static Task<IdentityProviderInfo> GetAsync(
        Caller caller, [FromRoute(Name = IdName), Description(IdMeaning)] string identityProviderId, IdentityProviderService service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, identityProviderId, cancellationToken);

    private static Task<IdentityProviderInfo> UpdateAsync(
        Caller caller,
        [FromRoute(Name = IdName), Description(IdMeaning)] string identityProviderId,
        [Description(DiscoveryMeaning)] string? discovery,
        JsonBody<IdentityProviderReq> body,
        IdentityProviderService service,
        CancellationToken cancellationToken) => service.UpdateAsync(caller, identityProviderId, body.Value, IsOn(discovery), cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = IdName), Description(IdMeaning)] string identityProviderId, IdentityProviderService service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller, identityProviderId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IdentityProviderInfo> RefreshAsync(
        Caller caller, [FromRoute(Name = IdName), Description(IdMeaning)] string identityProviderId, HttpContext context, IdentityProviderService service, CancellationToken cancellationToken)
    {
        var refreshed = await service.RefreshKeysAsync(caller, identityProviderId, cancellationToken);
        var path = context.Request.Path.Value!.TrimEnd('/');
        context.Response.Headers.ContentLocation = path[..path.LastIndexOf('/')];
        return refreshed;
    }

    private static bool IsOn(string? discovery) => discovery switch
    {
        null or "false" => false,
        "" or "true" => true,
        _ => throw ApiException.Invalid("discovery", "must be true or false"),
    };
}
