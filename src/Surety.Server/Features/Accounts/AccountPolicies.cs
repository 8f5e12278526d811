using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Cluster;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>The settings of accounts that were used once, in memory: each request asks for them.</summary>
internal sealed class AccountPolicies
{
    private const string Topic = "account";

    private readonly ConcurrentDictionary<EntityId, AccountPolicy> _known = [];
    private readonly SuretyDbFactory _databases;
    private readonly IClusterNotices _notices;
    private long _changes;

    public AccountPolicies(SuretyDbFactory databases, IClusterNotices notices)
    {
        _databases = databases;
        _notices = notices;
        notices.Listen(Topic, OnToldElsewhereAsync);
    }

    /// <summary>The settings of an account; null when there is none.</summary>
    public ValueTask<AccountPolicy?> FindAsync(EntityId account, CancellationToken cancellationToken) =>
        _known.TryGetValue(account, out var policy) ? new(policy) : LoadAsync(account, cancellationToken);

    /// <summary>The settings of an account that is there, since something of it is.</summary>
    public async ValueTask<AccountPolicy> GetAsync(EntityId account, CancellationToken cancellationToken) =>
        await FindAsync(account, cancellationToken) ?? throw new InvalidOperationException($"There is no account {account}.");

    /// <summary>Must be called after an account has been changed or deleted, when the change is committed.</summary>
    public void Tell(EntityId account)
    {
        Forget(account);
        _notices.Publish(Topic, account.ToString());
    }

    private void Forget(EntityId account)
    {
        Interlocked.Increment(ref _changes);
        _known.TryRemove(account, out _);
    }

    private Task OnToldElsewhereAsync(string? body)
    {
        if (EntityId.TryParse(body, out var account))
        {
            Forget(account);
            return Task.CompletedTask;
        }

        Interlocked.Increment(ref _changes);
        _known.Clear();
        return Task.CompletedTask;
    }

    private async ValueTask<AccountPolicy?> LoadAsync(EntityId id, CancellationToken cancellationToken)
    {
        var changes = Interlocked.Read(ref _changes);
        await using var db = _databases.Open(id);
        if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } account)
            return null;
        var policy = AccountPolicy.Of(account);
        _known[id] = policy;
        // A change that was committed after the row was read has called Forget before or calls it after this line; either way the entry goes.
        if (Interlocked.Read(ref _changes) != changes)
            _known.TryRemove(id, out _);
        return policy;
    }
}
