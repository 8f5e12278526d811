using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Storage;

namespace Surety.Server.Features.ApiKeys;

/// <summary>
/// Finds the caller behind a key. Keys that were used once are kept in memory, so that a request costs a hash and no query.
/// </summary>
internal sealed class ApiKeyAuthenticator : IBearerAuthenticator
{
    private readonly SuretyDbFactory _databases;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<EntityId, Entry> _known = [];
    private long _changes;

    public ApiKeyAuthenticator(SuretyDbFactory databases, AccessChanges changes, TimeProvider time)
    {
        _databases = databases;
        _time = time;
        changes.Changed += Forget;
    }

    public bool Recognises(string token) => token.StartsWith(ApiKeyToken.Prefix, StringComparison.Ordinal);

    /// <summary>The caller, or null when the text is no key, the key is unknown or inactive, or the secret is wrong.</summary>
    public async ValueTask<Caller?> AuthenticateAsync(string text, CancellationToken cancellationToken)
    {
        if (!ApiKeyToken.TryParse(text, out var token))
            return null;
        if (!_known.TryGetValue(token.KeyId, out var entry))
            entry = await LoadAsync(token.KeyId, cancellationToken);
        if (entry is null || entry.Caller.AccountId != token.AccountId || !ApiKeySecret.Matches(token.KeyId, token.Secret, entry.SecretHash))
            return null;
        entry.Use(_time.GetUtcNow());
        return entry.Caller;
    }

    /// <summary>The last use of a key that is in memory.</summary>
    public DateTimeOffset? LastUse(EntityId keyId) => _known.TryGetValue(keyId, out var entry) ? entry.LastUse : null;

    /// <summary>Takes the keys that were used since the last call.</summary>
    public IReadOnlyList<(EntityId KeyId, DateTimeOffset LastUse)> TakeUses()
    {
        var uses = new List<(EntityId, DateTimeOffset)>();
        foreach (var (keyId, entry) in _known)
        {
            if (entry.TakeUse() is { } lastUse)
                uses.Add((keyId, lastUse));
        }

        return uses;
    }

    private void Forget(EntityId? keyId)
    {
        Interlocked.Increment(ref _changes);
        if (keyId is { } known)
            _known.TryRemove(known, out _);
        else
            _known.Clear();
    }

    private async Task<Entry?> LoadAsync(EntityId keyId, CancellationToken cancellationToken)
    {
        var changes = Interlocked.Read(ref _changes);
        await using var db = _databases.OpenForPlatform();
        var key = await db.AllAccounts<ApiKey>().AsNoTracking().Include(key => key.Subject.Memberships).ThenInclude(member => member.Group)
            .SingleOrDefaultAsync(key => key.Id == keyId, cancellationToken);
        if (key is not { Status: ApiKeyStatus.Active })
            return null;
        var entry = new Entry(new Caller(key.AccountId, key.Id, key.Subject.IsAdministrator()) { Name = key.Name }, key.SecretHash);
        _known[keyId] = entry;
        // A change that was committed after the row was read has been told before or is told after this line; either way the row goes.
        if (Interlocked.Read(ref _changes) != changes)
            _known.TryRemove(keyId, out _);
        return entry;
    }

    private sealed class Entry(Caller caller, byte[] secretHash)
    {
        private long _lastUse;
        private long _taken;

        public Caller Caller { get; } = caller;

        public byte[] SecretHash { get; } = secretHash;

        public DateTimeOffset? LastUse => Interlocked.Read(ref _lastUse) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

        public void Use(DateTimeOffset now) => Interlocked.Exchange(ref _lastUse, now.UtcTicks);

        public DateTimeOffset? TakeUse()
        {
            var lastUse = Interlocked.Read(ref _lastUse);
            return Interlocked.Exchange(ref _taken, lastUse) == lastUse ? null : new DateTimeOffset(lastUse, TimeSpan.Zero);
        }
    }
}
