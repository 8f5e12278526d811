using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Users;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>Signing in with an identity provider: <c>/auth/oidc</c>. A browser walks through the first three, and its page calls the last.</summary>
internal static partial class OidcSignInApi
{
    private const string BrowserCookie = "__Host-surety-sign-in";
    private const string IdName = "identity_provider_id";
    private const string IdMeaning = "The ID of the identity provider.";

    public static IServiceCollection AddOidcSignIn(this IServiceCollection services) => services
        .AddSingleton<IdTokenValidator>()
        .AddSingleton<ProviderTokens>()
        .AddSingleton<SignInUsers>()
        .AddSingleton<ProviderGroups>()
        .AddSingleton<SignInCodes>()
        .AddSingleton<OidcSignIn>();

    public static void MapOidcSignIn(this IEndpointRouteBuilder routes)
    {
        var signIn = routes.MapGroup("/auth/oidc").WithTags("Account - sign-in").AllowAnonymous();
        signIn.MapGet("/providers", ListAsync).WithName("listSignInProviders").WithSummary("The identity providers that the users of an account can choose from.").WithErrors(400);
        signIn.MapGet($"/{{{IdName}}}/start", StartAsync).WithName("startSignIn").WithSummary("Send the browser to an identity provider.").Produces(302).WithErrors(400, 404);
        signIn.MapGet($"/{{{IdName}}}/callback", CompleteAsync).WithName("completeSignIn").WithSummary("Where an identity provider sends the browser back.")
            .Produces(302).WithErrors(400);
        signIn.MapPost("/token", ExchangeAsync).WithName("exchangeSignInCode").WithSummary("Exchange the code of a sign-in with an identity provider for a token.")
            .WithErrors(400, 401);
    }

    private static async Task<SignInOptions> ListAsync(
        [Description("The ID or an alias of the account.")] string? account, OidcSignIn service, AccountService accounts, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(account) || account.Contains('\0', StringComparison.Ordinal))
            throw ApiException.Invalid("account", "must be the ID or an alias of an account");
        // Who asks learns of no account whether it is there.
        return new SignInOptions(await accounts.FindIdAsync(account, cancellationToken) is { } id ? await service.ListAsync(id, cancellationToken) : []);
    }

    private static async Task<RedirectHttpResult> StartAsync(
        [FromRoute(Name = IdName), Description(IdMeaning)] string identityProviderId,
        [FromQuery(Name = "return_to"), Description("The page of this server that goes on: a path, with a query if need be. Default: /")] string? returnTo,
        HttpContext context,
        OidcSignIn service,
        CancellationToken cancellationToken)
    {
        if (returnTo is not null && !ReturnPath.IsValid(returnTo))
            throw ApiException.Invalid("return_to", "must be a path of this server that begins with one slash, of at most 512 characters");
        var start = await service.StartAsync(identityProviderId, returnTo ?? "/", OriginOf(context.Request), cancellationToken) ?? throw ApiException.NotFound("identity provider", identityProviderId);
        KeepPrivate(context.Response);
        context.Response.Cookies.Append(start.Cookie, start.Value, Cookie(SignInState.Lifetime));
        return TypedResults.Redirect(start.Location);
    }

    private static async Task<RedirectHttpResult> CompleteAsync(
        [FromRoute(Name = IdName), Description(IdMeaning)] string identityProviderId,
        [Description("What was sent to the provider.")] string? state,
        [Description("The provider's code.")] string? code,
        [Description("The provider's issuer.")] string? iss,
        [Description("Why there is no code.")] string? error,
        HttpContext context,
        OidcSignIn service,
        ILogger<OidcSignIn> log,
        CancellationToken cancellationToken)
    {
        KeepPrivate(context.Response);
        var cookie = SignInState.CookieOf(state ?? "");
        if (state is null || service.Recognize(context.Request.Cookies[cookie], state) is not { } known)
            throw ApiException.Malformed("This browser has begun no such sign-in, or more than 10 minutes ago. Begin again; cookies and HTTPS are needed.");
        context.Response.Cookies.Delete(cookie, Cookie(TimeSpan.Zero));
        try
        {
            var done = await service.CompleteAsync(identityProviderId, known, new SignInAnswer(code, iss, error), OriginOf(context.Request), LoginOrigin.Of(context), cancellationToken);
            context.Response.Cookies.Append(BrowserCookie, done.Browser, Cookie(SignInCode.Lifetime));
            return TypedResults.Redirect(ReturnPath.With(known.ReturnTo, ("code", done.Code)));
        }
        catch (SignInException failure)
        {
            LogRefused(log, known.ProviderId, failure.Reason);
            return TypedResults.Redirect(ReturnPath.With(known.ReturnTo, ("error", failure.Code), ("error_description", failure.Message)));
        }
    }

    private static async Task<LoginResponse> ExchangeAsync(JsonBody<SignInCodeReq> body, HttpContext context, OidcSignIn service, CancellationToken cancellationToken)
    {
        KeepPrivate(context.Response);
        var browser = context.Request.Cookies[BrowserCookie] ?? "";
        var response = await service.ExchangeAsync(body.Value.Code!, browser, LoginOrigin.Of(context), cancellationToken) ?? throw new ApiException(
            StatusCodes.Status401Unauthorized, ErrorTypes.InvalidToken, "The code is not good: it is good once, for a minute, in the browser that was signed in. Begin again.");
        context.Response.Cookies.Delete(BrowserCookie, Cookie(TimeSpan.Zero));
        return response;
    }

    private static string OriginOf(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>Lax: the browser comes back from another site, and must have it then.</summary>
    private static CookieOptions Cookie(TimeSpan lifetime) => new()
    {
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };

    /// <summary>URLs here have codes in them.</summary>
    private static void KeepPrivate(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
    }

    [LoggerMessage(1232, LogLevel.Warning, "A sign-in with the identity provider {Provider} was refused: {Reason}")]
    private static partial void LogRefused(ILogger log, EntityId provider, string reason);
}
