using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>
/// Makes the caller of a tenant's route one of the tenant: an administrator of the parent account administers its tenants. Comes after authentication and
/// before the handler, which then cannot see another account's rows.
/// </summary>
internal sealed class TenantScope(RequestDelegate next, SuretyDbFactory databases)
{
    /// <summary>The name of the account's id in the routes of tenants.</summary>
    public const string RouteValue = "account_id";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Route>() is not null && context.Features.Get<Caller>() is { } caller)
            context.Features.Set(await EnterAsync(caller, context.GetRouteValue(RouteValue) as string ?? "", context.RequestAborted));
        await next(context);
    }

    private async Task<Caller> EnterAsync(Caller caller, string tenant, CancellationToken cancellationToken)
    {
        if (!EntityId.TryParse(tenant, out var id))
            throw ApiException.NotFound("account", tenant);
        if (id == caller.AccountId)
            return caller;
        if (!caller.IsAdministrator)
            throw ApiException.Forbidden("Only an administrator may use the accounts of tenants.");
        await using var db = databases.OpenForPlatform();
        if (!await db.AllAccounts<Account>().AnyAsync(account => account.Id == id && account.ParentId == caller.AccountId, cancellationToken))
            throw ApiException.NotFound("account", tenant);
        return caller with { AccountId = id, IsOfParent = true };
    }

    /// <summary>Metadata: the endpoint is a tenant's.</summary>
    internal sealed record Route;
}
