using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.ApiKeys;

/// <summary>API keys: <c>/v3/api-keys</c>.</summary>
internal static class ApiKeyApi
{
    private const string Tag = "Account - API keys";
    private const string TenantTag = "Tenant accounts - API keys";
    private const string IdMeaning = "The ID of the API key.";

    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyAuthenticator>();
        services.AddSingleton<IBearerAuthenticator>(provider => provider.GetRequiredService<ApiKeyAuthenticator>());
        services.AddSingleton<BearerTokens>();
        services.AddSingleton<ApiKeyService>();
        services.AddHostedService<ApiKeyUseWriter>();
        // The core alone: AddAuthentication would also set up data protection, whose key ring nothing here uses, in the home directory.
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = ApiKeyAuthentication.SchemeName;
            options.AddScheme<ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, displayName: null);
        });
        services.AddWebEncoders();
        services.AddTransient<ApiKeyAuthentication>();
        // What is not marked as open to everybody needs a key, whoever adds it.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder(
            ApiKeyAuthentication.SchemeName).RequireAuthenticatedUser().Build());
        return services;
    }

    public static void MapApiKeysApi(this IEndpointRouteBuilder routes)
    {
        AccountRoutes.MapBoth(routes, MapKeys);
        var keys = routes.MapGroup("/v3/api-keys").OfFeature(PlatformFeatures.ApiKeys).WithTags(Tag);
        keys.MapGet("/me", GetMineAsync).WithName("getMyApiKey").WithSummary("Get current API key.").OfEveryCaller().WithErrors(401, 403);
        keys.MapPut("/me", UpdateMineAsync).WithName("updateMyApiKey").WithSummary("Update current API key.").WithErrors(400, 401, 403);
        ApiKeyGroupApi.MapMine(keys);
    }

    private static void MapKeys(AccountRoutes account)
    {
        var keys = account.Routes.MapGroup("/api-keys").OfFeature(PlatformFeatures.ApiKeys).WithTags(account.Name(Tag, TenantTag));
        keys.MapGet("", ListAsync).WithName(account.Name("getAllApiKeys", "getAllAccountApiKeys")).WithSummary("Get all API keys.")
            .WithListParameters(ApiKeyService.Filters).WithErrors(400, 401, 403, 404);
        keys.MapPost("", CreateAsync).WithName(account.Name("createApiKey", "createAccountApiKey")).WithSummary("Create a new API key.")
            .WithErrors(400, 401, 403, 404);
        keys.MapGet("/{apikey_id}", GetAsync).WithName(account.Name("getApiKey", "getAccountApiKey")).WithSummary("Get API key.").WithErrors(401, 403, 404);
        keys.MapPut("/{apikey_id}", UpdateAsync).WithName(account.Name("updateApiKey", "updateAccountApiKey")).WithSummary("Update API key details.")
            .WithErrors(400, 401, 403, 404);
        keys.MapDelete("/{apikey_id}", DeleteAsync).WithName(account.Name("deleteApiKey", "deleteAccountApiKey")).WithSummary("Delete API key.")
            .WithErrors(401, 403, 404);
        keys.MapPost("/{apikey_id}/reset-secret", ResetSecretAsync).WithName(account.Name("resetSecret", "resetAccountApiKeySecret"))
            .WithSummary("Reset the secret key.").WithErrors(400, 401, 403, 404);
        ApiKeyGroupApi.Map(keys, account);
    }

    private static Task<ListResponse<ApiKeyInfoResp>> ListAsync(
        Caller caller, ListQuery list, ApiKeyService service, CancellationToken cancellationToken) =>
        service.ListAsync(caller, list, cancellationToken);

    private static async Task<Created<ApiKeyInfoResp>> CreateAsync(
        Caller caller, JsonBody<ApiKeyInfoReq> body, ApiKeyService service, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(caller, body.Value, cancellationToken));

    private static Task<ApiKeyInfoResp> GetMineAsync(Caller caller, ApiKeyService service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, Self(caller), cancellationToken);

    private static Task<ApiKeyInfoResp> UpdateMineAsync(
        Caller caller, JsonBody<ApiKeyUpdateReq> body, ApiKeyService service, CancellationToken cancellationToken) =>
        service.UpdateAsync(caller, Self(caller), body.Value, cancellationToken);

    private static Task<ApiKeyInfoResp> GetAsync(
        Caller caller, [FromRoute(Name = "apikey_id"), Description(IdMeaning)] string apikeyId, ApiKeyService service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, apikeyId, cancellationToken);

    private static Task<ApiKeyInfoResp> UpdateAsync(
        Caller caller,
        [FromRoute(Name = "apikey_id"), Description(IdMeaning)] string apikeyId,
        JsonBody<ApiKeyUpdateReq> body,
        ApiKeyService service,
        CancellationToken cancellationToken) =>
        service.UpdateAsync(caller, apikeyId, body.Value, cancellationToken);

    private static Task<ApiKeyInfoResp> ResetSecretAsync(
        Caller caller,
        [FromRoute(Name = "apikey_id"), Description(IdMeaning)] string apikeyId,
        OptionalJsonBody<ApiKeyUpdateReq> body,
        ApiKeyService service,
        CancellationToken cancellationToken) =>
        service.ResetSecretAsync(caller, apikeyId, body.Value, cancellationToken);

    /// <exception cref="ApiException">403: the caller is no API key.</exception>
    public static string Self(Caller caller) => caller switch
    {
        { UserId: not null } => throw ApiException.Forbidden("The caller is a user, not an API key; see /v3/users/me."),
        { KeyOwner: not null } => throw ApiException.Forbidden("The caller is an application, not an API key; see /v3/applications."),
        _ => caller.KeyId.ToString(),
    };

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = "apikey_id"), Description(IdMeaning)] string apikeyId, ApiKeyService service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller, apikeyId, cancellationToken);
        return TypedResults.NoContent();
    }
}
