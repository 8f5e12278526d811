using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>Accounts and what is in them from the beginning.</summary>
internal sealed class AccountService(SuretyDbFactory databases, EntityIdGenerator ids, TimeProvider time)
{
    private const string CommercialTier = "1";
    private const string FirstKeyName = "Administrator";

    /// <summary>Makes an account with one administrator key: a tenant of <paramref name="parent"/>, or one that stands alone.</summary>
    /// <returns>The account's id and the whole key, which cannot be shown again.</returns>
    public async Task<(EntityId AccountId, string Key)> CreateAsync(string displayName, EntityId? parent, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var (account, _, key) = Add(db, displayName, parent);
        await db.SaveChangesAsync(cancellationToken);
        return (account, key);
    }

    /// <summary>
    /// Adds an account, its policy groups and its administrator key to <paramref name="db"/>, which the caller saves. The result is its id, that of
    /// the policy group <c>Administrators</c>, and the whole key.
    /// </summary>
    public (EntityId AccountId, EntityId Administrators, string Key) Add(SuretyDb db, string displayName, EntityId? parent = null)
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
        return (account.Id, administrators, text);
    }

    /// <summary>The caller's account. <paramref name="include"/> may name <c>limits</c>, <c>policies</c> and <c>sub_accounts</c>.</summary>
    public async Task<AccountInfo> GetAsync(Caller caller, string? include, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var account = await db.Accounts.AsNoTracking().SingleAsync(cancellationToken);
        var parts = (include ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return AccountInfo.Of(account, parts);
    }
}
