using System.ComponentModel;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.Accounts;

/// <summary>The caller's account: <c>/v3/accounts/me</c>.</summary>
internal static class AccountApi
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services.AddSingleton<AccountService>().AddSingleton<FirstRun>();

    public static void MapAccountsApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v3/accounts/me", GetAsync).WithName("getMyAccountInfo").WithSummary("Get account information.")
            .WithTags("Account - profile").WithErrors(401, 403);

    private static Task<AccountInfo> GetAsync(
        Caller caller,
        [Description("Comma-separated parts to add: limits, policies, sub_accounts.")] string? include,
        [Description("Accepted for Pelion clients; there are no account-specific properties.")] string? properties,
        AccountService service,
        CancellationToken cancellationToken) => service.GetAsync(caller, include, cancellationToken);
}
