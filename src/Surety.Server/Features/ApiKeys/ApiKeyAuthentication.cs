using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Surety.Server.Api;

namespace Surety.Server.Features.ApiKeys;

/// <summary>Authenticates <c>Authorization: Bearer ak_...</c> and answers 401 and 403 with the error object.</summary>
internal sealed class ApiKeyAuthentication(
    ApiKeyAuthenticator authenticator, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string SchemeName = "Bearer";

    private const string TokenStart = SchemeName + " ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Token() is not { } token)
            return AuthenticateResult.NoResult();
        if (await authenticator.AuthenticateAsync(token, Context.RequestAborted) is not { } caller)
            return AuthenticateResult.Fail("unknown key");
        Context.Features.Set(caller);
        var identity = new ClaimsIdentity(Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // Whoever asks for a page that is not there learns just that, without a key.
        if (Context.GetEndpoint() is null && !IsServicePath(Request.Path))
            return ErrorWriter.WriteAsync(Context, StatusCodes.Status404NotFound);
        Response.Headers.WWWAuthenticate = SchemeName;
        return ErrorWriter.WriteAsync(Context, Token() switch
        {
            null => Unauthorized(ErrorTypes.InvalidToken, "The request has no key; send the header 'Authorization: Bearer ak_...'."),
            ['a', 'k', '_', ..] => Unauthorized(ErrorTypes.InvalidApiKey, "The API key is not valid: it is unknown, inactive, or not complete."),
            _ => Unauthorized(ErrorTypes.InvalidToken, "The token is not an API key; keys begin with 'ak_'."),
        });
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ErrorWriter.WriteAsync(Context, ApiException.Forbidden("The key does not permit this."));

    private static ApiException Unauthorized(string type, string message) => new(StatusCodes.Status401Unauthorized, type, message);

    private static bool IsServicePath(PathString path) => path.StartsWithSegments("/v2") || path.StartsWithSegments("/v3");

    private string? Token()
    {
        string? header = Request.Headers.Authorization;
        return header is not null && header.StartsWith(TokenStart, StringComparison.OrdinalIgnoreCase) ? header[TokenStart.Length..].Trim() : null;
    }
}
