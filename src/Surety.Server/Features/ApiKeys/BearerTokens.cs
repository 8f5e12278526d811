using System.Net;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.RateLimiting;

namespace Surety.Server.Features.ApiKeys;

/// <summary>Finds the caller behind a bearer token of any kind: an API key, or the token of a user who has signed in.</summary>
internal sealed class BearerTokens(IEnumerable<IBearerAuthenticator> authenticators, AccountPolicies policies, RateLimits limits)
{
    private readonly IBearerAuthenticator[] _authenticators = [.. authenticators];

    /// <summary>
    /// The caller, or null when the token is worth nothing; then the request has <see cref="FailedAuthentication"/>. Where too many tokens of an
    /// address are worth nothing, only those are looked at that cost no query: keys that were used before go on while somebody at the same
    /// address, or behind the same proxy, tries others.
    /// </summary>
    public async ValueTask<Caller?> AuthenticateAsync(HttpContext context, string token)
    {
        var authenticator = Array.Find(_authenticators, authenticator => authenticator.Recognises(token));
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var isCheap = authenticator?.IsCheap(token) ?? false;
        var wait = TimeSpan.Zero;
        if (isCheap || limits.TryAttempt(address, out wait))
        {
            var caller = authenticator is null ? null : await FindAsync(authenticator, token, context.RequestAborted);
            if (caller is not null)
            {
                if (!isCheap)
                    limits.Succeeded(address);
                return caller;
            }

            if (isCheap)
                limits.TryAttempt(address, out wait);
        }

        context.Features.Set(new FailedAuthentication(wait));
        return null;
    }

    private async ValueTask<Caller?> FindAsync(IBearerAuthenticator authenticator, string token, CancellationToken cancellationToken)
    {
        if (await authenticator.AuthenticateAsync(token, cancellationToken) is not { } caller)
            return null;
        return await policies.FindAsync(caller.AccountId, cancellationToken) is null or { Status: AccountStatus.Suspended } ? null : caller;
    }
}
