using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Applications;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Features.PolicyGroups.Policies;
using Surety.Server.Storage;

namespace Surety.Server.Features.ApiKeys;

/// <summary>
/// Finds the caller behind an API key or the access key of an application. Keys that were used once are kept in memory, so that a request costs a hash and no query.
/// </summary>
internal sealed class ApiKeyAuthenticator : IBearerAuthenticator
{
    private readonly SuretyDbFactory _databases;
    private readonly TimeProvider _time;
    private readonly KnownCallers<KnownKey> _known;

    public ApiKeyAuthenticator(SuretyDbFactory databases, AccessChanges changes, TimeProvider time)
    {
        _databases = databases;
        _time = time;
        _known = new(LoadAsync);
        changes.Changed += Forget;
    }

    public bool Recognises(string token) => token.StartsWith(ApiKeyToken.Prefix, StringComparison.Ordinal);

    public bool IsCheap(string token) => ApiKeyToken.TryParse(token, out var parsed) && Matches(parsed, _known.Find(parsed.KeyId));

    /// <summary>The caller, or null when the text is no key, the key is unknown or inactive, or the secret is wrong.</summary>
    public async ValueTask<Caller?> AuthenticateAsync(string text, CancellationToken cancellationToken)
    {
        if (!ApiKeyToken.TryParse(text, out var token))
            return null;
        var key = await _known.GetAsync(token.KeyId, cancellationToken);
        if (!Matches(token, key))
            return null;
        var now = _time.GetUtcNow();
        if (key.Expiration <= now)
            return null;
        key.Use(now);
        return key.Caller;
    }

    /// <summary>The last use of a key that is in memory.</summary>
    public DateTimeOffset? LastUse(EntityId keyId) => _known.Find(keyId)?.LastUse;

    /// <summary>Takes the keys that were used since the last call.</summary>
    public IReadOnlyList<(EntityId KeyId, DateTimeOffset LastUse)> TakeUses() => _known.TakeUses();

    private static bool Matches(in ApiKeyToken token, [NotNullWhen(true)] KnownKey? key) =>
        key is not null && key.Caller.AccountId == token.AccountId && key.IsAccessKey == token.IsAccessKey && ApiKeySecret.Matches(token.KeyId, token.Secret, key.SecretHash);

    private void Forget(EntityId? subject)
    {
        if (subject is { } changed)
            _known.Forget(known => known.Caller.KeyId == changed || known.Caller.KeyOwner == changed);
        else
            _known.ForgetAll();
    }

    private async Task<KnownKey?> LoadAsync(EntityId keyId, CancellationToken cancellationToken)
    {
        await using var db = _databases.OpenForPlatform();
        var key = await db.AllAccounts<ApiKey>().AsNoTracking().Include(key => key.Subject.Memberships).ThenInclude(member => member.Group)
            .SingleOrDefaultAsync(key => key.Id == keyId, cancellationToken);
        if (key is null)
            return await LoadAccessKeyAsync(db, keyId, cancellationToken);
        return key.Status == ApiKeyStatus.Active
            ? new KnownKey(new Caller(key.AccountId, key.Id, key.Subject.IsAdministrator()) { Name = key.Name, Rights = AccessRights.Of(key.Subject) }, key.SecretHash)
            : null;
    }

    private static async Task<KnownKey?> LoadAccessKeyAsync(SuretyDb db, EntityId keyId, CancellationToken cancellationToken)
    {
        var key = await db.AllAccounts<AccessKey>().AsNoTracking().Include(key => key.Application.Subject.Memberships).ThenInclude(member => member.Group)
            .SingleOrDefaultAsync(key => key.Id == keyId, cancellationToken);
        if (key is not { Status: ApiKeyStatus.Active, Application: { Status: ApiKeyStatus.Active } application })
            return null;
        var caller = new Caller(key.AccountId, key.Id, application.Subject.IsAdministrator())
        {
            Name = $"{application.Name} / {key.Name}",
            KeyOwner = application.Id,
            Rights = AccessRights.Of(application.Subject),
        };
        return new KnownKey(caller, key.SecretHash) { IsAccessKey = true, Expiration = key.Expiration };
    }

    private sealed class KnownKey(Caller caller, byte[] secretHash) : KnownCaller(caller, lastUse: null)
    {
        public byte[] SecretHash { get; } = secretHash;

        public bool IsAccessKey { get; init; }

        public DateTimeOffset? Expiration { get; init; }
    }
}
