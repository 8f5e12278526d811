using Surety.Server.Storage;
using Microsoft.EntityFrameworkCore;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>
/// The keys of providers, kept in the database for all nodes: read again when they are an hour old, and when a token is signed with one that is not among
/// them, once a minute at most.
/// </summary>
internal sealed class ProviderKeys(SuretyDbFactory databases, ProviderDiscovery discovery, TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan NotBefore = TimeSpan.FromMinutes(1);

    /// <summary>The keys to check a token with.</summary>
    /// <param name="provider">Whose they are.</param>
    /// <param name="kid">The key that the token names; null: none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProviderException">They cannot be read.</exception>
    public async Task<IReadOnlyList<IdpPublicKey>> GetAsync(IdentityProvider provider, string? kid, CancellationToken cancellationToken)
    {
        var keys = provider.Keys();
        if (provider.Attributes().JwksUri is not { } uri)
            return keys;
        var age = time.GetUtcNow() - (provider.SigningKeysReadAt ?? DateTimeOffset.MinValue);
        var isKnown = string.IsNullOrEmpty(kid) ? keys.Count > 0 : keys.Any(key => key.Kid == kid);
        if (age <= (isKnown ? FreshFor : NotBefore))
            return keys;
        try
        {
            var read = await discovery.ReadKeysAsync(uri, cancellationToken);
            await StoreAsync(provider, read, cancellationToken);
            return read;
        }
        catch (ProviderException) when (isKnown && age <= GoodFor)
        {
            return keys;
        }
    }

    private async Task StoreAsync(IdentityProvider provider, IReadOnlyList<IdpPublicKey> keys, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(provider.AccountId);
        if (await db.Set<IdentityProvider>().SingleOrDefaultAsync(row => row.Id == provider.Id, cancellationToken) is not { } row || row.OidcAttributes != provider.OidcAttributes)
            return;
        SetKeys(row, keys, time.GetInstant());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // It was deleted meanwhile.
        }
    }

    /// <summary>Has a provider have these keys, which were read now.</summary>
    public static void SetKeys(IdentityProvider provider, IReadOnlyList<IdpPublicKey> keys, DateTimeOffset now)
    {
        provider.SigningKeysReadAt = now;
        var text = IdentityProvider.Write(keys);
        if (provider.SigningKeys == text)
            return;
        provider.SigningKeys = text;
        provider.Version++;
        provider.UpdatedAt = now;
    }
}
