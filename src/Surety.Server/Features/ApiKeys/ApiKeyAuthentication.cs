using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Surety.Server.Api;

namespace Surety.Server.Features.ApiKeys;

/// <summary>Authenticates <c>Authorization: Bearer</c> with an API key or the token of a user, and answers 401 and 403 with the error object.</summary>
internal sealed class ApiKeyAuthentication(
    BearerTokens tokens, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string SchemeName = "Bearer";

    private const string TokenStart = SchemeName + " ";
    private const string PasswordMustChange = "The password must be changed first: PUT /v3/users/me with the member 'password'.";

    private const string SecondFactorMissing = "The account demands a second factor: PUT /v3/users/me with the member 'is_totp_enabled'.";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Token() is not { } token)
            return AuthenticateResult.NoResult();
        if (await tokens.AuthenticateAsync(Context, token) is not { } caller)
            return AuthenticateResult.Fail("unknown token");
        if (caller.MustChangePassword && !MayChangePassword())
            return AuthenticateResult.Fail(ApiException.Forbidden(PasswordMustChange));
        if (caller.MustSetUpSecondFactor && !MayChangePassword())
            return AuthenticateResult.Fail(ApiException.Forbidden(SecondFactorMissing));
        Context.Features.Set(caller);
        var identity = new ClaimsIdentity(Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // Whoever asks for a page that is not there learns just that, without a key.
        if (Context.GetEndpoint() is null && !IsServicePath(Request.Path))
        {
            await ErrorWriter.WriteAsync(Context, StatusCodes.Status404NotFound);
            return;
        }

        if ((await HandleAuthenticateOnceAsync()).Failure is ApiException refusal)
        {
            await ErrorWriter.WriteAsync(Context, refusal);
            return;
        }

        Response.Headers.WWWAuthenticate = SchemeName;
        await ErrorWriter.WriteAsync(Context, Token() switch
        {
            null => Unauthorized(ErrorTypes.InvalidToken, "The request has no key; send the header 'Authorization: Bearer ak_...'."),
            ['a', 'k', '_', ..] => Unauthorized(ErrorTypes.InvalidApiKey, "The API key is not valid: it is unknown, inactive, or not complete."),
            ['e', 'y', 'J', ..] => Unauthorized(ErrorTypes.InvalidToken, "The session of the token has ended; sign in again at /auth/login."),
            _ => Unauthorized(ErrorTypes.InvalidToken, "The token is neither an API key, which begins with 'ak_', nor one that /auth/login has given."),
        });
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ErrorWriter.WriteAsync(Context, ApiException.Forbidden("The key does not permit this."));

    private static ApiException Unauthorized(string type, string message) => new(StatusCodes.Status401Unauthorized, type, message);

    private static bool IsServicePath(PathString path) => path.StartsWithSegments("/v2") || path.StartsWithSegments("/v3") || path.StartsWithSegments("/auth");

    private bool MayChangePassword() => Request.Path == "/v3/users/me" || Request.Path == "/auth/logout";

    private string? Token()
    {
        string? header = Request.Headers.Authorization;
        return header is not null && header.StartsWith(TokenStart, StringComparison.OrdinalIgnoreCase) ? header[TokenStart.Length..].Trim() : null;
    }
}
