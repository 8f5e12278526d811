using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;
using Surety.Server.Features.Users;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>The caller's account, <c>/v3/accounts/me</c>, and its tenants, <c>/v3/accounts</c>.</summary>
internal static class AccountApi
{
    private const string Tag = "Account - profile";
    private const string TenantTag = "Tenant accounts";
    private static readonly TimeSpan EnrollmentTime = TimeSpan.FromDays(30);

    public static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services.AddSingleton<AccountPolicies>().AddSingleton<AccountService>().AddSingleton<TenantService>().AddSingleton<FirstRun>();

    public static void MapAccountsApi(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("/v3/accounts/me").OfFeature(PlatformFeatures.Accounts).WithTags(Tag);
        mine.MapGet("", GetAsync).OfEveryCaller().WithName("getMyAccountInfo").WithSummary("Get account information.").WithErrors(401, 403);
        mine.MapPut("", UpdateAsync).WithName("updateMyAccount").WithSummary("Update details of the current account.").WithErrors(400, 401, 403, 409);
        routes.MapGet("/v3/accounts", ListAsync).OfFeature(PlatformFeatures.Accounts).WithTags(TenantTag).WithName("getAllAccounts").WithSummary("Get all accounts.")
            .WithListParameters(TenantService.Filters).WithErrors(400, 401, 403);
        routes.MapPost("/v3/accounts", CreateAsync).OfFeature(PlatformFeatures.Accounts).WithTags(TenantTag).WithName("createAccount").WithSummary("Create a new account.")
            .WithErrors(400, 401, 403, 409);
        AccountRoutes.MapBoth(routes, MapTenant);
        AccountRoutes.MapBoth(routes, MapLimitations);
    }

    private static void MapTenant(AccountRoutes account)
    {
        if (!account.IsTenant)
            return;
        var tenant = account.Routes.MapGroup("").OfFeature(PlatformFeatures.Accounts).WithTags(TenantTag);
        tenant.MapGet("", GetAsync).WithName("getAccountInfo").WithSummary("Get account info.").WithErrors(401, 403, 404);
        tenant.MapPut("", UpdateTenantAsync).WithName("updateAccount").WithSummary("Update attributes of an account.").WithErrors(400, 401, 403, 404, 409);
        tenant.MapDelete("", DeleteAsync).WithName("deleteAccount").WithSummary("Delete an account that has no devices.").WithErrors(401, 403, 404);
    }

    private static void MapLimitations(AccountRoutes account)
    {
        var limitations = account.Routes.MapGroup("/limitations").OfFeature(PlatformFeatures.Accounts)
            .WithTags(account.Name("Account - entitlement limitations", "Tenant accounts - entitlement limitations"));
        limitations.MapGet("", ListLimitations).WithName(account.Name("getAccountLimitations", "aggregatorGetAccountLimitations"))
            .WithSummary("Get entitlement limitations.").WithErrors(401, 403, 404);
        limitations.MapGet("/{limitation_id}", GetLimitation).WithName(account.Name("getAccountLimitation", "aggregatorGetAccountLimitation"))
            .WithSummary("Get an entitlement limitation.").WithErrors(401, 403, 404);
    }

    private static Task<AccountInfo> GetAsync(
        Caller caller,
        [Description("Comma-separated parts to add: limits, policies, sub_accounts, history.")] string? include,
        [Description("Accepted for Pelion clients; there are no account-specific properties.")] string? properties,
        AccountService service,
        CancellationToken cancellationToken) => service.GetAsync(caller, include, cancellationToken);

    private static Task<AccountInfo> UpdateAsync(Caller caller, JsonBody<AccountUpdateReq> body, AccountService service, CancellationToken cancellationToken) =>
        service.UpdateAsync(caller, body.Value, cancellationToken);

    private static Task<AccountInfo> UpdateTenantAsync(
        Caller caller, JsonBody<AccountUpdateRootReq> body, AccountService service, CancellationToken cancellationToken) =>
        service.UpdateAsync(caller, body.Value, cancellationToken);

    private static Task<ListResponse<AccountInfo>> ListAsync(Caller caller, ListQuery list, TenantService service, CancellationToken cancellationToken) =>
        service.ListAsync(caller, list, cancellationToken);

    private static async Task<Created<AccountCreationResp>> CreateAsync(
        Caller caller,
        [Description("create, the default: the first administrator can sign in. enroll: the first administrator gets a mail to choose a password.")] string? action,
        JsonBody<AccountCreationReq> body,
        TenantService service,
        MailLinks links,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (action is not (null or "" or "create" or "enroll"))
            throw ApiException.Invalid("action", "must be create or enroll");
        var (made, administrator) = await service.CreateAsync(caller, body.Value, action is "enroll", cancellationToken);
        if (action is "enroll")
            made = made with { AdminLink = await links.SendAsync(administrator!, MailTokenPurpose.Invitation, time.GetInstant() + EnrollmentTime, cancellationToken) };
        return TypedResults.Created((string?)null, made);
    }

    private static async Task<NoContent> DeleteAsync(Caller caller, TenantService service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Surety limits nothing by contract.</summary>
    private static ListResponse<AccountLimitation> ListLimitations(
        Caller caller, [Description("Accepted for Pelion clients: whether to show inherited ones.")] string? inherited__eq) => new()
        {
            Limit = ListQuery.DefaultLimit,
            After = null,
            Order = ListOrder.Ascending,
            HasMore = false,
            TotalCount = 0,
            Data = [],
        };

    private static Ok<AccountLimitation> GetLimitation(Caller caller, [Description("The ID of the limitation.")] string limitation_id) =>
        throw ApiException.NotFound("limitation", limitation_id);
}
