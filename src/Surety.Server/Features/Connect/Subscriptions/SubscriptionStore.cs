using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Surety.Lwm2m;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Connect;

/// <summary>Subscriptions and rules in the database. Changes happen in the order in which they are asked for.</summary>
internal sealed class SubscriptionStore(SuretyDbFactory databases, AuditTrail audit) : IDisposable
{
    private readonly SemaphoreSlim _changing = new(1, 1);

    public void Dispose() => _changing.Dispose();

    /// <summary>The rules of an application, or of all of them.</summary>
    public async Task<IReadOnlyList<PresubscriptionRules>> LoadRulesAsync(EntityId? application, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var stored = db.AllAccounts<StoredPresubscriptions>().AsNoTracking();
        if (application is { } one)
            stored = stored.Where(row => row.ApplicationId == one);
        var rows = await stored.ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new PresubscriptionRules(row.AccountId, row.ApplicationId, JsonSerializer.Deserialize<List<Presubscription>>(row.Rules) ?? []));
    }

    public async Task<IReadOnlyList<StoredSubscription>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        return await db.AllAccounts<StoredSubscription>().AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <summary>What is stored of one device.</summary>
    public async Task<IReadOnlyList<StoredSubscription>> LoadAsync(EntityId device)
    {
        await using var db = databases.OpenForPlatform();
        return await db.AllAccounts<StoredSubscription>().AsNoTracking().Where(s => s.DeviceId == device).ToListAsync();
    }

    public Task SaveRulesAsync(PresubscriptionRules rules, CancellationToken cancellationToken) => ChangeAsync(databases.Open(rules.Account), async db =>
    {
        var row = await db.Set<StoredPresubscriptions>().SingleOrDefaultAsync(r => r.ApplicationId == rules.Application, cancellationToken);
        if (rules.Rules.Count == 0)
        {
            if (row is null)
                return;
            db.Remove(row);
        }
        else if (row is null)
        {
            db.Add(new StoredPresubscriptions { ApplicationId = rules.Application, AccountId = rules.Account, Rules = JsonSerializer.Serialize(rules.Rules) });
        }
        else
        {
            row.Rules = JsonSerializer.Serialize(rules.Rules);
        }

        await db.SaveChangesAsync(cancellationToken);
    });

    /// <summary>Keeps a subscription, and whether its application waits for the outcome.</summary>
    public Task SaveAsync(EntityId account, EntityId application, EntityId device, Lwm2mPath path, string? pendingAsyncId) => ChangeAsync(databases.Open(account), async db =>
    {
        var text = path.ToString();
        var row = await db.Set<StoredSubscription>().SingleOrDefaultAsync(s => s.ApplicationId == application && s.DeviceId == device && s.Path == text);
        if (row is null)
            db.Add(row = new StoredSubscription { AccountId = account, ApplicationId = application, DeviceId = device, Path = text });
        row.PendingAsyncId = pendingAsyncId;
        await db.SaveChangesAsync();
    });

    /// <summary>The application was told of the outcome.</summary>
    public Task ConfirmAsync(EntityId account, EntityId application, EntityId device, Lwm2mPath path) => ChangeAsync(databases.Open(account), async db =>
    {
        var text = path.ToString();
        await db.Set<StoredSubscription>().Where(s => s.ApplicationId == application && s.DeviceId == device && s.Path == text)
            .ExecuteUpdateAsync(row => row.SetProperty(s => s.PendingAsyncId, (string?)null));
    });

    /// <summary>Removes one subscription of an application; without a path, all of the device.</summary>
    public Task RemoveAsync(EntityId account, EntityId application, EntityId device, Lwm2mPath? path) => ChangeAsync(databases.Open(account), async db =>
    {
        var rows = db.Set<StoredSubscription>().Where(s => s.ApplicationId == application && s.DeviceId == device);
        if (path is { } one)
        {
            var text = one.ToString();
            rows = rows.Where(s => s.Path == text);
        }

        await audit.DeleteAsync(db, rows, CancellationToken.None);
    });

    /// <summary>Removes what was subscribed by hand of a device that begins anew.</summary>
    /// <param name="device">The device.</param>
    /// <param name="isPendingKept">What the device was not asked for yet stays.</param>
    public Task RemoveAllAsync(EntityId device, bool isPendingKept) => ChangeAsync(databases.OpenForPlatform(), db => db.AllAccounts<StoredSubscription>()
        .Where(s => s.DeviceId == device && (!isPendingKept || s.PendingAsyncId == null)).ExecuteDeleteAsync());

    private async Task ChangeAsync(SuretyDb database, Func<SuretyDb, Task> change)
    {
        await using var db = database;
        await _changing.WaitAsync();
        try
        {
            await change(db);
        }
        finally
        {
            _changing.Release();
        }
    }
}
