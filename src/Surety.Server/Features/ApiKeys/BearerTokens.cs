namespace Surety.Server.Features.ApiKeys;

/// <summary>Finds the caller behind a bearer token of any kind: an API key, or the token of a user who has signed in.</summary>
internal sealed class BearerTokens(IEnumerable<IBearerAuthenticator> authenticators)
{
    private readonly IBearerAuthenticator[] _authenticators = [.. authenticators];

    /// <summary>The caller, or null when the token is worth nothing.</summary>
    public ValueTask<Caller?> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        foreach (var authenticator in _authenticators)
        {
            if (authenticator.Recognises(token))
                return authenticator.AuthenticateAsync(token, cancellationToken);
        }

        return new((Caller?)null);
    }
}
