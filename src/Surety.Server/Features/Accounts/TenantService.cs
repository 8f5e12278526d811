using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Features.Users;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>The tenants of an account, for its administrators. Tenants have no tenants.</summary>
internal sealed class TenantService(
    SuretyDbFactory databases,
    AccountService accounts,
    AccountPolicies policies,
    Passwords passwords,
    ApiKeyService keys,
    UserService users,
    EntityIdGenerator ids,
    TimeProvider time)
{
    private const int DefaultLimit = 1000;

    // Not filters: what a caller wants to see.
    private static readonly string[] Views = ["format", "properties"];

    /// <summary>The filters of the list.</summary>
    public static readonly FilterSet<Account> Filters = new FilterSet<Account>()
        .Choice("status", account => account.Status)
        .Equality("tier", account => account.Tier, tier => tier)
        .OptionalId("parent", account => account.ParentId)
        .Equality("end_market", account => account.EndMarket, market => market)
        .Like("country", account => account.Profile.Country);

    /// <exception cref="ApiException">403.</exception>
    public async Task<ListResponse<AccountInfo>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken)
    {
        RequireAdministrator(caller);
        list = list with { Limit = list.Limit ?? DefaultLimit, Conditions = [.. list.Conditions.Where(condition => !Views.Contains(condition.Name))] };
        await using var db = databases.OpenForPlatform();
        var tenants = db.AllAccounts<Account>().Where(account => account.ParentId == caller.AccountId);
        return await Filters.Apply(tenants, list.Conditions).ToPageAsync(list, account => AccountInfo.Of(account, list.Include), alwaysCount: true, cancellationToken);
    }

    /// <summary>Makes a tenant with an administrator key and, when an address is given, its first administrator.</summary>
    /// <returns>The tenant, with the secrets that cannot be shown again; and the first administrator.</returns>
    /// <exception cref="ApiException">400, 403, or 409: an alias is taken.</exception>
    public async Task<(AccountCreationResp Made, User? Administrator)> CreateAsync(Caller caller, AccountCreationReq request, bool enroll, CancellationToken cancellationToken)
    {
        RequireAdministrator(caller);
        if (request.AdminEmail is null && (enroll || request.AdminName is not null || request.AdminPassword is not null || request.AdminFullName is not null))
            throw ApiException.Invalid("admin_email", "is required for a first administrator");
        // Generated: not what its owner knows, so it must be changed.
        var mustChange = request.AdminPassword is null;
        var password = request.AdminEmail is null || enroll ? null : request.AdminPassword ?? Passwords.Generate();
        if (password is not null)
            Passwords.Check(password, request.AdminEmail!, request.AdminName);
        var hash = password is null ? null : await passwords.HashAsync(password, cancellationToken);

        await using var db = databases.Open(caller.AccountId);
        if (await db.Accounts.AnyAsync(account => account.ParentId != null, cancellationToken))
            throw ApiException.Forbidden("This account is a tenant itself, and can have no tenants.");
        var (tenant, administrators, key) = accounts.Add(db, request.DisplayName ?? "", caller.AccountId);
        tenant.EndMarket = request.EndMarket!;
        AccountChanges.Apply(db, tenant, request, ids);
        User? administrator = null;
        if (request.AdminEmail is { } email)
        {
            administrator = UserService.New(ids.Next(), tenant.Id, email, request.AdminName, hash, time.GetInstant());
            administrator.FullName = request.AdminFullName ?? "";
            administrator.Status = enroll ? UserStatus.Enrolling : mustChange ? UserStatus.Reset : UserStatus.Active;
            GroupMemberships.Set(db, administrator.Subject, [administrators]);
            db.Add(administrator);
        }

        await AccountChanges.SaveAsync(db, tenant, cancellationToken);
        return (AccountInfo.Fill(new AccountCreationResp(), tenant, []) with
        {
            AdminId = administrator?.Id,
            AdminEmail = administrator?.Email,
            AdminFullName = administrator?.FullName,
            AdminName = administrator?.Username,
            AdminPassword = mustChange ? password : null,
            AdminKey = key,
        }, administrator);
    }

    /// <summary>Deletes a tenant with all that is in it, once it has no devices.</summary>
    /// <exception cref="ApiException">403 or 404.</exception>
    public async Task DeleteAsync(Caller caller, CancellationToken cancellationToken)
    {
        RequireAdministrator(caller);
        if (!caller.IsOfParent)
            throw ApiException.Forbidden("An account can be deleted by its parent account alone.");
        await using var db = databases.Open(caller.AccountId);
        var account = await db.Accounts.SingleOrDefaultAsync(cancellationToken) ?? throw ApiException.NotFound("account", caller.AccountId.ToString());
        if (await db.Devices.AnyAsync(cancellationToken) || await db.Set<Certificates.TrustedCertificate>().AnyAsync(cancellationToken))
            throw ApiException.Forbidden("The account has devices or trusted certificates; delete them first.");
        var keyIds = await db.ApiKeys.Select(key => key.Id).ToListAsync(cancellationToken);
        var userIds = await db.Set<User>().Select(user => user.Id).ToListAsync(cancellationToken);
        // The log of certificates is the platform's proof of what it has done, and stays.
        db.Remove(account);
        await AccountChanges.SaveAsync(db, account, cancellationToken);
        policies.Tell(account.Id);
        keys.Forget(keyIds);
        users.Forget(userIds);
    }

    private static void RequireAdministrator(Caller caller)
    {
        if (!caller.IsAdministrator)
            throw ApiException.Forbidden("Only an administrator can manage tenants.");
    }
}
