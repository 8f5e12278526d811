using Microsoft.AspNetCore.Authorization;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.PolicyGroups.Policies;

/// <summary>Refuses what the caller's policies do not allow. Comes after authentication and before the account of a tenant is entered.</summary>
internal sealed class FeatureGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is RouteEndpoint endpoint && context.Features.Get<Caller>() is { } caller)
            Check(context, endpoint, caller);
        return next(context);
    }

    private static void Check(HttpContext context, RouteEndpoint endpoint, Caller caller)
    {
        var route = endpoint.Metadata.GetMetadata<FeatureRoute>();
        if (route is null)
        {
            // An endpoint that does not say is open to nobody but administrators.
            if (!caller.IsAdministrator && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
                throw ApiException.Forbidden("Only an administrator can do this.");
            return;
        }

        if (route.Feature is not { } feature)
            return;
        var method = context.Request.Method;
        var path = caller.Rights.HasResources ? ResourcePattern.PathOf(context.Request.Path.Value ?? "", caller.AccountId) : "";
        var action = FeaturePolicies.ActionOf(method);
        if (caller.Rights.Allows(feature, action, path))
            return;
        throw ApiException.Forbidden((feature.Grantable & action) == 0
            ? $"Only an administrator may use {method} of the feature '{feature.Name}'."
            : $"No policy of the caller's groups allows {method} of the feature '{feature.Name}', or one denies it; an administrator can change that at /v3/policy-groups.");
    }
}
