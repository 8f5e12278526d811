using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Surety.Lwm2m;
using Surety.Server.Storage;

namespace Surety.Server.Features.Connect;

/// <summary>Subscriptions and rules in the database.</summary>
internal sealed class SubscriptionStore(SuretyDbFactory databases)
{
    public async Task<IReadOnlyList<PresubscriptionRules>> LoadRulesAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var rows = await db.AllAccounts<StoredPresubscriptions>().AsNoTracking().ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new PresubscriptionRules(row.AccountId, row.ApplicationId, JsonSerializer.Deserialize<List<Presubscription>>(row.Rules) ?? []));
    }

    public async Task<IReadOnlyList<(EntityId Application, EntityId Device, Lwm2mPath Path)>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var rows = await db.AllAccounts<StoredSubscription>().AsNoTracking().ToListAsync(cancellationToken);
        return rows.ConvertAll(row => (row.ApplicationId, row.DeviceId, Lwm2mPath.Parse(row.Path)));
    }

    public async Task SaveRulesAsync(PresubscriptionRules rules, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(rules.Account);
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
    }

    public async Task AddAsync(EntityId account, EntityId application, EntityId device, Lwm2mPath path, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        var text = path.ToString();
        if (await db.Set<StoredSubscription>().AnyAsync(s => s.ApplicationId == application && s.DeviceId == device && s.Path == text, cancellationToken))
            return;
        db.Add(new StoredSubscription { AccountId = account, ApplicationId = application, DeviceId = device, Path = text });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            // The same subscription, made at the same time.
        }
    }

    /// <summary>Removes one subscription of an application; without a path, all of the device.</summary>
    public async Task RemoveAsync(EntityId account, EntityId application, EntityId device, Lwm2mPath? path, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        var rows = db.Set<StoredSubscription>().Where(s => s.ApplicationId == application && s.DeviceId == device);
        if (path is { } one)
        {
            var text = one.ToString();
            rows = rows.Where(s => s.Path == text);
        }

        await rows.ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Removes what was subscribed by hand of a device that begins anew.</summary>
    public async Task RemoveAllAsync(EntityId device, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        await db.AllAccounts<StoredSubscription>().Where(s => s.DeviceId == device).ExecuteDeleteAsync(cancellationToken);
    }
}
