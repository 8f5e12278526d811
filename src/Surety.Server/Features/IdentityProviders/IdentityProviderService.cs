using System.Data;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>The identity providers of an account, which its administrators alone change.</summary>
internal sealed class IdentityProviderService(SuretyDbFactory databases, ProviderDiscovery discovery, SecretProtector secrets, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>Providers of an account.</summary>
    public const int MaxProviders = 20;

    /// <summary>The list has no filters.</summary>
    public static readonly FilterSet<IdentityProvider> Filters = new();

    private const string Kind = "identity provider";

    /// <exception cref="ApiException">400 or 403.</exception>
    public async Task<ListResponse<IdentityProviderInfo>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        return await Filters.Apply(db.Set<IdentityProvider>(), list.Conditions).ToPageAsync(list, IdentityProviderInfo.Of, alwaysCount: true, cancellationToken);
    }

    /// <exception cref="ApiException">403 or 404.</exception>
    public async Task<IdentityProviderInfo> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        return IdentityProviderInfo.Of(await FindAsync(db, id, cancellationToken));
    }

    /// <exception cref="ApiException">400, 403 or 409.</exception>
    public async Task<IdentityProviderInfo> CreateAsync(Caller caller, IdentityProviderReq request, bool discover, CancellationToken cancellationToken)
    {
        CheckType(request);
        var attributes = request.OidcAttributes ?? throw ApiException.Invalid("oidc_attributes", "is required");
        var now = time.GetInstant();
        var provider = new IdentityProvider
        {
            Id = ids.Next(),
            AccountId = caller.AccountId,
            Name = request.Name!,
            Description = request.Description,
            Status = request.Status ?? IdentityProviderStatus.Active,
            OidcAttributes = "",
            CreatedAt = now,
            UpdatedAt = now,
        };
        await ApplyAsync(provider, attributes, discover, cancellationToken);
        await using var db = databases.Open(caller.AccountId);
        await ProviderGroups.CheckAsync(db, caller, attributes.GroupMapping, null, cancellationToken);
        // Serializable: of two callers that add the last one, one must see the other.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (await db.Set<IdentityProvider>().CountAsync(cancellationToken) >= MaxProviders)
            throw ApiException.LimitExceeded($"The account has {MaxProviders} identity providers, and may not have more; delete one that is not needed.");
        db.Add(provider);
        await SaveAsync(db, provider, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return IdentityProviderInfo.Of(provider);
    }

    /// <exception cref="ApiException">400, 403, 404 or 409.</exception>
    public async Task<IdentityProviderInfo> UpdateAsync(Caller caller, string id, IdentityProviderReq request, bool discover, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var provider = await FindAsync(db, id, cancellationToken);
        CheckType(request);
        provider.Name = request.Name!;
        provider.Description = request.Description ?? provider.Description;
        provider.Status = request.Status ?? provider.Status;
        var mapping = provider.Attributes().GroupMapping;
        if (request.OidcAttributes is not null || discover)
            await ApplyAsync(provider, request.OidcAttributes ?? provider.Attributes() with { Keys = provider.Keys() }, discover, cancellationToken);
        if (request.OidcAttributes is { } wanted)
            await ProviderGroups.CheckAsync(db, caller, wanted.GroupMapping, mapping, cancellationToken);
        if (db.ChangeTracker.HasChanges())
        {
            provider.Version++;
            provider.UpdatedAt = time.GetInstant();
            await SaveAsync(db, provider, cancellationToken);
        }

        return IdentityProviderInfo.Of(provider);
    }

    /// <exception cref="ApiException">403: also when it is in use; 404.</exception>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var provider = await FindAsync(db, id, cancellationToken);
        var users = await db.Set<UserLoginProfile>().CountAsync(profile => profile.ProviderId == provider.Id && profile.IsAssigned, cancellationToken);
        if (users > 0)
            throw ApiException.Forbidden($"The identity provider is in use: {users} users have been told to sign in with it. Change their login_profiles first.");
        db.Remove(provider);
        await SaveAsync(db, provider, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Reads the keys of a provider now.</summary>
    /// <exception cref="ApiException">400: it has no jwks_uri, or the keys cannot be read; 403 or 404.</exception>
    public async Task<IdentityProviderInfo> RefreshKeysAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var provider = await FindAsync(db, id, cancellationToken);
        var uri = provider.Attributes().JwksUri ?? throw ApiException.Malformed("The identity provider has no jwks_uri; set its keys instead.");
        ProviderKeys.SetKeys(provider, await AskAsync(() => discovery.ReadKeysAsync(uri, cancellationToken)), time.GetInstant());
        await SaveAsync(db, provider, cancellationToken);
        return IdentityProviderInfo.Of(provider);
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ProviderException error)
        {
            throw ApiException.Malformed($"The identity provider cannot be used: {error.Message}.");
        }
    }

    private async Task ApplyAsync(IdentityProvider provider, OidcInfo wanted, bool discover, CancellationToken cancellationToken)
    {
        var before = provider.OidcAttributes.Length > 0 ? provider.Attributes() : null;
        var attributes = OidcAttributes.Normalize(wanted);
        if (discover)
            attributes = await DiscoverAsync(provider, attributes, cancellationToken);
        else if (attributes.Issuer != before?.Issuer || attributes.TokenEndpoint != before?.TokenEndpoint)
            (provider.NamesItself, provider.TakesSecretInBody) = (false, false);
        // Where they come from is the same, so they are.
        if (attributes.Keys is null && before is not null && attributes.JwksUri == before.JwksUri && attributes.Issuer == before.Issuer)
            attributes = attributes with { Keys = provider.Keys() };
        OidcAttributes.Check(attributes);
        SetSecret(provider, attributes, before);
        var keys = IdentityProvider.Write(attributes.Keys ?? []);
        if (discover || provider.SigningKeys != keys)
            (provider.SigningKeys, provider.SigningKeysReadAt) = (keys, discover ? time.GetInstant() : null);
        provider.OidcAttributes = IdentityProvider.Write(attributes);
    }

    private async Task<OidcInfo> DiscoverAsync(IdentityProvider provider, OidcInfo attributes, CancellationToken cancellationToken)
    {
        if (!ProviderHttp.IsPermitted(attributes.Issuer))
            throw ApiException.Invalid("oidc_attributes.issuer", "must be an https URL");
        var found = await AskAsync(() => discovery.ReadAsync(attributes.Issuer!, cancellationToken));
        if (string.IsNullOrEmpty(found.JwksUri))
            throw ApiException.Malformed("The identity provider cannot be used: its configuration has no jwks_uri.");
        var methods = found.TokenEndpointAuthMethodsSupported;
        provider.TakesSecretInBody = methods.Count > 0 && !methods.Contains("client_secret_basic") && methods.Contains("client_secret_post");
        provider.NamesItself = found.AuthorizationResponseIssParameterSupported;
        return OidcAttributes.Normalize(attributes with
        {
            AuthorizationEndpoint = found.AuthorizationEndpoint,
            TokenEndpoint = found.TokenEndpoint,
            UserinfoEndpoint = found.UserInfoEndpoint,
            RevocationEndpoint = found.RevocationEndpoint,
            EndSessionEndpoint = string.IsNullOrEmpty(found.EndSessionEndpoint) ? attributes.EndSessionEndpoint : found.EndSessionEndpoint,
            JwksUri = found.JwksUri,
            Keys = await AskAsync(() => discovery.ReadKeysAsync(found.JwksUri, cancellationToken)),
        });
    }

    private void SetSecret(IdentityProvider provider, OidcInfo attributes, OidcInfo? before)
    {
        if (attributes.ClientSecret is { } secret)
        {
            provider.ProtectedClientSecret = secret.Length == 0 ? null : secrets.Protect(IdentityProvider.PurposeOf(provider.Id), Encoding.UTF8.GetBytes(secret));
        }
        else if (provider.ProtectedClientSecret is not null && attributes.TokenEndpoint != before?.TokenEndpoint)
        {
            // Who may change a provider may not read its secret, by having it sent elsewhere.
            throw ApiException.Invalid("oidc_attributes.client_secret", "must be given again where the token_endpoint changes");
        }
    }

    /// <summary>The secret of a provider; null: it has none.</summary>
    public string? SecretOf(IdentityProvider provider)
    {
        if (provider.ProtectedClientSecret is not { } sealedSecret)
            return null;
        var secret = secrets.Unprotect(IdentityProvider.PurposeOf(provider.Id), sealedSecret);
        var text = Encoding.UTF8.GetString(secret);
        CryptographicOperations.ZeroMemory(secret);
        return text;
    }

    private static void CheckType(IdentityProviderReq request)
    {
        if (request.Type != IdentityProviderType.Oidc)
            throw ApiException.Invalid("type", "must be OIDC: SAML 2.0 is not served, and whoever speaks it speaks OpenID Connect by now");
        if (request.Saml2Attributes is { ValueKind: not System.Text.Json.JsonValueKind.Null })
            throw ApiException.Invalid("saml2_attributes", "are those of a SAML 2.0 provider, which is not served");
    }

    private static Task<IdentityProvider> FindAsync(SuretyDb db, string id, CancellationToken cancellationToken) =>
        db.Set<IdentityProvider>().RequireAsync(id, Kind, cancellationToken);

    private static Task SaveAsync(SuretyDb db, IdentityProvider provider, CancellationToken cancellationToken) => db.SaveAsync(
        Kind,
        provider.Id.ToString(),
        () => ApiException.Duplicate($"Another identity provider of the account has the name '{ApiException.Shorten(provider.Name)}'.", new ErrorField("name", "is taken")),
        cancellationToken);
}
