using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.ApiKeys;

/// <summary>Finds the caller behind a bearer token of any kind: an API key, or the token of a user who has signed in.</summary>
internal sealed class BearerTokens(IEnumerable<IBearerAuthenticator> authenticators, AccountPolicies policies)
{
    private readonly IBearerAuthenticator[] _authenticators = [.. authenticators];

    /// <summary>The caller, or null when the token is worth nothing.</summary>
    public async ValueTask<Caller?> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        if (await FindAsync(token, cancellationToken) is not { } caller)
            return null;
        return await policies.FindAsync(caller.AccountId, cancellationToken) is null or { Status: AccountStatus.Suspended } ? null : caller;
    }

    private ValueTask<Caller?> FindAsync(string token, CancellationToken cancellationToken)
    {
        foreach (var authenticator in _authenticators)
        {
            if (authenticator.Recognises(token))
                return authenticator.AuthenticateAsync(token, cancellationToken);
        }

        return new((Caller?)null);
    }
}
