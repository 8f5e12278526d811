using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Features.Users;
using Surety.Server.Storage;

namespace Surety.Server.Features.ApiKeys;

/// <summary>
/// The keys of an account. Every key may read them; an administrator may change them all, another key only itself, and a user their own.
/// </summary>
internal sealed class ApiKeyService(
    SuretyDbFactory databases, ApiKeyAuthenticator authenticator, AccessChanges changes, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>A key, and the application that it is, are no more.</summary>
    public event Action<EntityId>? Deleted;

    private const string Kind = "API key";
    private const string OwnerField = "owner";

    /// <summary>The filters of the list.</summary>
    public static readonly FilterSet<ApiKey> Filters = new FilterSet<ApiKey>()
        .Equality("key", key => key.Id, ParseKey)
        .Equality(OwnerField, key => key.Owner, ParseOwner);

    /// <summary>A key that is not stored yet, and its whole text.</summary>
    public static (ApiKey Key, string Text) New(EntityId id, EntityId accountId, string name, DateTimeOffset now)
    {
        var token = ApiKeyToken.Create(accountId, id);
        var key = new ApiKey
        {
            Id = id,
            AccountId = accountId,
            Name = name,
            Subject = new Subject { Id = id, AccountId = accountId, Kind = SubjectKind.ApiKey },
            SecretHash = ApiKeySecret.Hash(id, token.Secret),
            CreatedAt = now,
            UpdatedAt = now,
        };
        return (key, token.Reveal());
    }

    /// <summary>The keys; with a group, its members.</summary>
    /// <exception cref="ApiException">400 or 403.</exception>
    public async Task<ListResponse<ApiKeyInfoResp>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken, EntityId? group = null)
    {
        if (!caller.IsAdministrator && list.Conditions.Any(condition => condition.Name.StartsWith(OwnerField, StringComparison.Ordinal)))
            throw ApiException.Forbidden("Only an administrator can filter by owner.");
        await using var db = databases.Open(caller.AccountId);
        var rows = Filters.Apply(db.ApiKeys.Where(key => group == null || key.Subject.Memberships.Any(member => member.GroupId == group)), list.Conditions);
        return await rows.Include(key => key.Subject.Memberships).ToPageAsync(list, ToWire, alwaysCount: true, cancellationToken);
    }

    public async Task<ApiKeyInfoResp> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var key = await FindAsync(db, id, cancellationToken);
        return ToWire(key);
    }

    public async Task<ApiKeyInfoResp> CreateAsync(Caller caller, ApiKeyInfoReq request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var groups = await GroupMemberships.ReadAsync(db, request.Groups, cancellationToken);
        if (!caller.IsAdministrator && (groups is { Count: > 0 } || request.Status is not null || request.Owner is not null))
            throw ApiException.Forbidden("Only an administrator can set the status, the owner or the groups of a key.");

        var (key, text) = New(ids.Next(), caller.AccountId, request.Name!, time.GetInstant());
        key.Status = request.Status ?? ApiKeyStatus.Active;
        key.Owner = request.Owner is not null
            ? await FindOwnerAsync(db, request.Owner, cancellationToken)
            // Who makes a key in a tenant is a user of the parent, and owns nothing there.
            : await db.Set<User>().AnyAsync(user => user.Id == caller.UserId, cancellationToken) ? caller.UserId : null;
        GroupMemberships.Set(db, key.Subject, groups ?? await GroupMemberships.OfNewAsync(db, caller, cancellationToken));
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(cancellationToken);
        return ApiKeyInfoResp.Of(key, null, text);
    }

    public async Task<ApiKeyInfoResp> UpdateAsync(Caller caller, string id, ApiKeyUpdateReq request, CancellationToken cancellationToken) =>
        ToWire(await ChangeAsync(caller, id, (db, key) => ApplyAsync(db, caller, key, request, cancellationToken), cancellationToken));

    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var hadOne = await AdministratorsGroup.LockAsync(db, cancellationToken);
        var key = await FindAsync(db, id, cancellationToken);
        RequireRight(caller, key);
        db.Remove(key.Subject);
        await SaveAsync(db, id, cancellationToken);
        await AdministratorsGroup.RequireOneAsync(db, hadOne, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        changes.Tell(key.Id);
        Deleted?.Invoke(key.Id);
    }

    /// <summary>Gives a key a new secret; the old one ends at once. What else the request changes is changed with it, or not at all.</summary>
    /// <exception cref="ApiException">400, 403 or 404.</exception>
    public async Task<ApiKeyInfoResp> ResetSecretAsync(Caller caller, string id, ApiKeyUpdateReq? request, CancellationToken cancellationToken)
    {
        ApiKeyToken token = default;
        var key = await ChangeAsync(caller, id, ResetAsync, cancellationToken);
        return ApiKeyInfoResp.Of(key, authenticator.LastUse(key.Id), token.Reveal());

        async Task ResetAsync(SuretyDb db, ApiKey key)
        {
            if (request is not null)
                await ApplyAsync(db, caller, key, request, cancellationToken);
            // Who owns a key that has more rights must not get them by way of its secret.
            if (!caller.IsAdministrator && caller.KeyId != key.Id && key.Subject.GroupIds().Except(await GroupMemberships.OfCallerAsync(db, caller, cancellationToken)).Any())
                throw ApiException.Forbidden("Only an administrator, or the key itself, can reset the secret of a key that is in other policy groups than the caller.");
            token = ApiKeyToken.Create(key.AccountId, key.Id);
            key.SecretHash = ApiKeySecret.Hash(key.Id, token.Secret);
        }
    }

    private async Task<ApiKey> ChangeAsync(Caller caller, string id, Func<SuretyDb, ApiKey, Task> change, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var hadOne = await AdministratorsGroup.LockAsync(db, cancellationToken);
        var key = await FindAsync(db, id, cancellationToken);
        RequireRight(caller, key);
        await change(db, key);
        if (db.ChangeTracker.HasChanges())
        {
            key.Version++;
            key.UpdatedAt = time.GetInstant();
            await SaveAsync(db, id, cancellationToken);
            await AdministratorsGroup.RequireOneAsync(db, hadOne, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            changes.Tell(key.Id);
        }

        return key;
    }

    private static async Task ApplyAsync(SuretyDb db, Caller caller, ApiKey key, ApiKeyUpdateReq request, CancellationToken cancellationToken)
    {
        var groups = await GroupMemberships.ReadAsync(db, request.Groups, cancellationToken) ?? key.Subject.GroupIds();
        var owner = request.Owner is null ? key.Owner : await FindOwnerAsync(db, request.Owner, cancellationToken);
        if (!caller.IsAdministrator && owner != key.Owner)
            throw ApiException.Forbidden("Only an administrator can change the owner of a key.");
        if (!caller.IsAdministrator && !groups.ToHashSet().SetEquals(key.Subject.GroupIds()))
            throw ApiException.Forbidden("Only an administrator can change the groups of a key.");

        key.Name = request.Name ?? key.Name;
        key.Status = request.Status ?? key.Status;
        key.Owner = owner;
        GroupMemberships.Set(db, key.Subject, groups);
    }

    /// <summary>Must be called after keys went with their account.</summary>
    public void Forget(IEnumerable<EntityId> deleted)
    {
        foreach (var id in deleted)
        {
            changes.Tell(id);
            Deleted?.Invoke(id);
        }
    }

    private static Task<ApiKey> FindAsync(SuretyDb db, string id, CancellationToken cancellationToken) =>
        db.ApiKeys.Include(key => key.Subject.Memberships).RequireAsync(id, Kind, cancellationToken);

    private static Task SaveAsync(SuretyDb db, string id, CancellationToken cancellationToken) => db.SaveAsync(Kind, id, duplicate: null, cancellationToken);

    private static void RequireRight(Caller caller, ApiKey key)
    {
        if (!caller.IsAdministrator && caller.KeyId != key.Id && (key.Owner is null || caller.UserId != key.Owner))
            throw ApiException.Forbidden("Only the owner of an API key or an administrator can change it.");
    }

    private static async Task<EntityId?> FindOwnerAsync(SuretyDb db, string owner, CancellationToken cancellationToken) =>
        EntityId.TryParse(owner, out var id) && await db.Set<User>().AnyAsync(user => user.Id == id, cancellationToken)
            ? id
            : throw ApiException.Invalid(OwnerField, $"has '{ApiException.Shorten(owner)}', which is not the id of a user of the account");

    private static EntityId ParseKey(string value) => ApiKeyToken.TryParsePublic(value.Trim(), out _, out var keyId)
        ? keyId
        : throw new FormatException("must be an API key without its secret part");

    private static EntityId? ParseOwner(string value) => EntityId.TryParse(value.Trim(), out var id)
        ? id
        : throw new FormatException("must be an id of 32 hexadecimal digits");

    private ApiKeyInfoResp ToWire(ApiKey key) => ApiKeyInfoResp.Of(key, authenticator.LastUse(key.Id));
}
