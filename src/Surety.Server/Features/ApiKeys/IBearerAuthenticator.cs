namespace Surety.Server.Features.ApiKeys;

/// <summary>Knows one kind of bearer token.</summary>
internal interface IBearerAuthenticator
{
    /// <summary>Whether a token looks like one of this kind.</summary>
    bool Recognises(string token);

    /// <summary>Whether a token of this kind is checked without a query, as one that was used before is.</summary>
    bool IsCheap(string token);

    /// <summary>The caller, or null when the token is worth nothing.</summary>
    ValueTask<Caller?> AuthenticateAsync(string token, CancellationToken cancellationToken);
}
