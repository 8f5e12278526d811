using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Surety.Server.Features.Accounts;

/// <summary>
/// One of the two places where what an account owns is served: <c>/v3/...</c> for the caller's account, and <c>/v3/accounts/{account_id}/...</c> for an
/// administrator of the parent account (account-management, "Tenant endpoints"). The handlers are the same: behind <see cref="TenantScope"/> the
/// <see cref="ApiKeys.Caller"/> of a tenant route is an administrator of the tenant.
/// </summary>
internal sealed class AccountRoutes
{
    private AccountRoutes(IEndpointRouteBuilder routes, bool isTenant)
    {
        IsTenant = isTenant;
        Routes = isTenant
            ? routes.MapGroup("/v3/accounts/{account_id}").WithMetadata(new TenantScope.Route()).AddOpenApiOperationTransformer(DescribeAccountId)
            : routes.MapGroup("/v3");
    }

    /// <summary>The routes of tenants.</summary>
    public bool IsTenant { get; }

    /// <summary>Where to map; paths begin after <c>/v3</c>, or after the tenant's id.</summary>
    public IEndpointRouteBuilder Routes { get; }

    /// <summary>Maps what <paramref name="map"/> maps in both places.</summary>
    public static void MapBoth(IEndpointRouteBuilder routes, Action<AccountRoutes> map)
    {
        map(new AccountRoutes(routes, isTenant: false));
        map(new AccountRoutes(routes, isTenant: true));
    }

    /// <summary>The operation's or tag's name in the contract, which differs between the places.</summary>
    public string Name(string ofOwnAccount, string ofTenant) => IsTenant ? ofTenant : ofOwnAccount;

    private static Task DescribeAccountId(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Parameters = [
            new OpenApiParameter
            {
                Name = TenantScope.RouteValue,
                In = ParameterLocation.Path,
                Required = true,
                Description = "The ID of the account: a tenant of the caller's account, or that account itself.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            },
            .. operation.Parameters ?? [],
        ];
        return Task.CompletedTask;
    }
}
