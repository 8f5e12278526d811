using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>Accounts and what is in them from the beginning. Every caller may read their account; an administrator may change it.</summary>
internal sealed class AccountService(SuretyDbFactory databases, AccountPolicies policies, EntityIdGenerator ids, TimeProvider time)
{
    private const string CommercialTier = "1";
    private const string FirstKeyName = "Administrator";

    // More are in the list of accounts.
    private const int MaxSubAccounts = 1000;

    /// <summary>The settings of an account have changed.</summary>
    public event Action<EntityId, AccountPolicy>? Changed;

    /// <summary>Makes an account with one administrator key: a tenant of <paramref name="parent"/>, or one that stands alone.</summary>
    /// <returns>The account's id and the whole key, which cannot be shown again.</returns>
    public async Task<(EntityId AccountId, string Key)> CreateAsync(string displayName, EntityId? parent, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var (account, _, key) = Add(db, displayName, parent);
        await db.SaveChangesAsync(cancellationToken);
        return (account.Id, key);
    }

    /// <summary>
    /// Adds an account, its policy groups and its administrator key to <paramref name="db"/>, which the caller saves. The result is the account, the id of
    /// the policy group <c>Administrators</c>, and the whole key.
    /// </summary>
    public (Account Account, EntityId Administrators, string Key) Add(SuretyDb db, string displayName, EntityId? parent = null)
    {
        var now = time.GetInstant();
        var account = new Account
        {
            Id = ids.Next(),
            ParentId = parent,
            DisplayName = displayName,
            Tier = CommercialTier,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var (key, text) = ApiKeyService.New(ids.Next(), account.Id, FirstKeyName, now);
        var groups = PolicyGroup.OfNewAccount(ids, account.Id, now);
        var administrators = groups.Single(group => group.Kind == PolicyGroupKind.Administrators).Id;
        GroupMemberships.Set(db, key.Subject, [administrators]);
        db.Accounts.Add(account);
        db.AddRange(groups);
        db.ApiKeys.Add(key);
        return (account, administrators, text);
    }

    /// <summary>
    /// The caller's account. <paramref name="include"/> may name <c>limits</c>, <c>policies</c>, <c>sub_accounts</c> and <c>history</c>.
    /// </summary>
    public async Task<AccountInfo> GetAsync(Caller caller, string? include, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiException.NotFound("account", caller.AccountId.ToString());
        var parts = (include ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var info = AccountInfo.Of(account, parts);
        if (account.ParentId is { } parent)
            info = info with { ParentAccount = new ParentAccountInfo(parent, null, null) };
        if (info.SubAccounts is null || !caller.IsAdministrator)
            return info;
        var tenants = await db.AllAccounts<Account>().AsNoTracking().Where(tenant => tenant.ParentId == account.Id)
            .OrderBy(tenant => tenant.Id).Take(MaxSubAccounts).ToListAsync(cancellationToken);
        return info with { SubAccounts = [.. tenants.Select(tenant => AccountInfo.Of(tenant, []))] };
    }

    /// <summary>Changes the caller's account, or a tenant's.</summary>
    /// <exception cref="ApiException">400, 403, 404, or 409: an alias is taken.</exception>
    public async Task<AccountInfo> UpdateAsync(Caller caller, AccountUpdateReq request, CancellationToken cancellationToken)
    {
        if (!caller.IsAdministrator)
            throw ApiException.Forbidden("Only an administrator can change the account.");
        await using var db = databases.Open(caller.AccountId);
        var account = await db.Accounts.SingleOrDefaultAsync(cancellationToken) ?? throw ApiException.NotFound("account", caller.AccountId.ToString());
        if (request is AccountUpdateRootReq root)
        {
            if (!caller.IsOfParent && ((root.Status is { } status && status != account.Status) || (root.Reason is { } reason && reason != account.Reason)))
                throw ApiException.Forbidden("Only the parent account can change the status of an account.");
            AccountChanges.Apply(db, account, request, ids);
            account.Status = root.Status ?? account.Status;
            account.Reason = root.Reason ?? account.Reason;
        }
        else
        {
            AccountChanges.Apply(db, account, request, ids);
        }

        if (db.ChangeTracker.HasChanges())
        {
            account.Version++;
            account.UpdatedAt = time.GetInstant();
            await AccountChanges.SaveAsync(db, account, cancellationToken);
            policies.Tell(account.Id);
            Changed?.Invoke(account.Id, AccountPolicy.Of(account));
        }

        return AccountInfo.Of(account, []);
    }

    /// <summary>The id of the account that <paramref name="text"/> names: its id, or an alias.</summary>
    public async Task<EntityId?> FindIdAsync(string text, CancellationToken cancellationToken)
    {
        if (EntityId.TryParse(text, out var id))
            return id;
        var key = AccountChanges.AliasKey(text);
        await using var db = databases.OpenForPlatform();
        return await db.AllAccounts<AccountAlias>().Where(alias => alias.Name == key).Select(alias => (EntityId?)alias.AccountId).SingleOrDefaultAsync(cancellationToken);
    }
}
