using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.Notifications.Websockets;

/// <summary>
/// Authenticates the opening of a websocket by <c>Authorization: Bearer</c>, or by the subprotocol <c>pelion_ak_...</c>: browsers cannot set
/// headers.
/// </summary>
internal sealed class WebSocketAuthentication(
    BearerTokens tokens, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string SchemeName = "Websocket";

    private const string TokenStart = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? header = Request.Headers.Authorization;
        var key = header is not null && header.StartsWith(TokenStart, StringComparison.OrdinalIgnoreCase)
            ? header[TokenStart.Length..].Trim()
            : WebSocketHandshake.FindKey(Request);
        if (key is null)
            return AuthenticateResult.NoResult();
        if (await tokens.AuthenticateAsync(Context, key) is not { MustChangePassword: false } caller)
            return AuthenticateResult.Fail("unknown key");
        Context.Features.Set(caller);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(Scheme.Name)), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ErrorWriter.WriteAsync(Context, new ApiException(
            StatusCodes.Status401Unauthorized,
            ErrorTypes.InvalidApiKey,
            "Send a valid API key: 'Authorization: Bearer ak_...' or 'Sec-WebSocket-Protocol: wss, pelion_ak_...'."));
    }
}
