using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.Users;

/// <summary>Authenticates the tokens of users who have signed in.</summary>
internal sealed class UserAuthenticator(UserTokens tokens, UserSessions sessions) : IBearerAuthenticator
{
    // The base64url of '{"', with which the header of every JWT begins.
    private const string Start = "eyJ";

    public bool Recognises(string token) => token.StartsWith(Start, StringComparison.Ordinal);

    // What we have not signed is told by its signature.
    public bool IsCheap(string token) => true;

    public async ValueTask<Caller?> AuthenticateAsync(string token, CancellationToken cancellationToken) =>
        await tokens.FindSessionAsync(token, cancellationToken) is { } session ? await sessions.UseAsync(session, cancellationToken) : null;
}
