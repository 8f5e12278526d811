using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Users;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>Lets users in who prove at a provider who they are: OpenID Connect's authorization code flow with PKCE.</summary>
internal sealed class OidcSignIn(
    SuretyDbFactory databases,
    ProviderTokens tokens,
    SignInUsers users,
    ProviderGroups groups,
    SignInCodes codes,
    LoginJournal journal,
    SessionStarter starter,
    SecretProtector secrets,
    TimeProvider time)
{
    /// <summary>Where the sign-in can be begun, by the provider's id.</summary>
    public static string StartPath(EntityId provider) => $"/auth/oidc/{provider}/start";

    /// <summary>The providers that the users of an account can choose from, without what is not for everybody.</summary>
    public async Task<IReadOnlyList<SignInOption>> ListAsync(EntityId account, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        if (!await db.Accounts.InUse().AnyAsync(cancellationToken))
            return [];
        var providers = await db.Set<IdentityProvider>().AsNoTracking().Where(provider => provider.Status == IdentityProviderStatus.Active).OrderBy(provider => provider.Id)
            .Select(provider => new { provider.Id, provider.Name }).ToListAsync(cancellationToken);
        return [.. providers.Select(provider => new SignInOption(provider.Id, provider.Name, StartPath(provider.Id)))];
    }

    /// <summary>Begins a sign-in.</summary>
    /// <returns>Where the browser goes, what it keeps, and under which name; null when there is no such provider.</returns>
    public async Task<(string Location, string Cookie, string Value)?> StartAsync(string id, string returnTo, string origin, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } provider)
            return null;
        var attributes = provider.Attributes();
        var state = SignInState.New(provider.Id, returnTo, time.GetUtcNow());
        // RFC 6749, 4.1.1: a query that the endpoint has stays.
        var location = ReturnPath.With(
            attributes.AuthorizationEndpoint!,
            ("response_type", "code"),
            ("client_id", attributes.ClientId!),
            ("redirect_uri", RedirectUri(provider, attributes, origin)),
            ("scope", attributes.Scopes ?? OidcAttributes.DefaultScopes),
            ("state", state.State),
            ("nonce", state.Nonce),
            ("code_challenge", state.Challenge()),
            ("code_challenge_method", "S256"));
        return (location, SignInState.CookieOf(state.State), state.Seal(secrets));
    }

    /// <summary>What a browser has been given when it was sent to a provider; null when it is not this browser's or too old.</summary>
    public SignInState? Recognize(string? cookie, string state) => SignInState.Open(secrets, cookie, state, time.GetUtcNow());

    /// <summary>Ends a sign-in at the provider.</summary>
    /// <returns>The code for the page, and what the browser keeps beside it.</returns>
    /// <exception cref="SignInException">The person cannot be signed in.</exception>
    public async Task<(string Code, string Browser)> CompleteAsync(
        string id, SignInState state, SignInAnswer answer, string origin, LoginOrigin from, CancellationToken cancellationToken)
    {
        var provider = await FindAsync(id, cancellationToken);
        // Each provider has its own URL to come back to, and names itself where it can: one cannot be taken for another (RFC 9700, 4.4; RFC 9207, 2.4).
        if (provider is null || provider.Id != state.ProviderId)
            throw new SignInException(SignInException.InvalidRequest, "The answer is not of the identity provider that was asked.");
        var attributes = provider.Attributes();
        if (answer.Issuer is { } issuer ? issuer != attributes.Issuer : provider.NamesItself)
            throw new SignInException(SignInException.InvalidRequest, "The answer is not of the identity provider that was asked.", "The parameter iss is missing or that of another");
        if (answer.Error is { } error)
        {
            var isRefusal = error == SignInException.AccessDenied;
            throw new SignInException(
                isRefusal ? error : SignInException.ServerError, "The identity provider has not signed you in.", $"The identity provider answered '{Api.ApiException.Shorten(error)}'");
        }

        if (string.IsNullOrEmpty(answer.Code))
            throw new SignInException(SignInException.InvalidRequest, "The answer of the identity provider has no code.");
        try
        {
            var claims = await tokens.RedeemAsync(provider, state, answer.Code, RedirectUri(provider, attributes, origin), cancellationToken);
            var user = await users.FindAsync(provider, claims, cancellationToken);
            await RequireActiveAsync(user, from, cancellationToken);
            await groups.ApplyAsync(provider, user.Id, claims.Groups ?? [], cancellationToken);
            return await codes.AddAsync(provider.AccountId, user.Id, provider.Id, cancellationToken);
        }
        catch (ProviderException failure)
        {
            throw new SignInException(SignInException.TemporarilyUnavailable, "The identity provider cannot be used at the moment.", $"The identity provider cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>Opens the session of a code.</summary>
    /// <returns>What a sign-in with a password gives; null when the code is not good.</returns>
    public async Task<LoginResponse?> ExchangeAsync(string code, string browser, LoginOrigin from, CancellationToken cancellationToken)
    {
        if (await codes.TakeAsync(code, browser, cancellationToken) is not { } taken)
            return null;
        await using var db = databases.OpenForPlatform();
        var user = await db.AllAccounts<User>().Include(user => user.LoginProfiles).SingleOrDefaultAsync(user => user.Id == taken.UserId, cancellationToken);
        var account = await db.AllAccounts<Account>().AsNoTracking().InUse().SingleOrDefaultAsync(account => account.Id == taken.AccountId, cancellationToken);
        // In the minute between, much can have been taken back.
        if (user is not { CanSignIn: true } || account is null || !user.MaySignInWith(taken.ProviderId)
            || !await db.AllAccounts<IdentityProvider>().AnyAsync(provider => provider.Id == taken.ProviderId && provider.Status == IdentityProviderStatus.Active, cancellationToken))
        {
            return null;
        }

        await journal.RecordAsync(db, user, success: true, from, cancellationToken);
        return await starter.StartAsync(db, user, [user.Id], [account], from, cancellationToken);
    }

    private async Task<IdentityProvider?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!EntityId.TryParse(id, out var key))
            return null;
        await using var db = databases.OpenForPlatform();
        var accounts = db.AllAccounts<Account>().InUse();
        return await db.AllAccounts<IdentityProvider>().AsNoTracking().SingleOrDefaultAsync(
            provider => provider.Id == key && provider.Status == IdentityProviderStatus.Active
                && accounts.Any(account => account.Id == provider.AccountId),
            cancellationToken);
    }

    private async Task RequireActiveAsync(User user, LoginOrigin from, CancellationToken cancellationToken)
    {
        if (user.CanSignIn)
            return;
        await using var db = databases.Open(user.AccountId);
        await journal.RecordAsync(db, user, success: false, from, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        throw new SignInException(SignInException.AccessDenied, "Your user is not active. Ask an administrator of the account.", $"The user {user.Id} is {user.Status}");
    }

    private static string RedirectUri(IdentityProvider provider, OidcInfo attributes, string origin) => attributes.RedirectUri ?? $"{origin}/auth/oidc/{provider.Id}/callback";
}
