using System.Data;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Users;
using Surety.Server.Storage;

namespace Surety.Server.Features.ApiKeys;

/// <summary>
/// The keys of an account. Every key may read them; an administrator may change them all, another key only itself, and a user their own.
/// </summary>
internal sealed class ApiKeyService(SuretyDbFactory databases, ApiKeyAuthenticator authenticator, EntityIdGenerator ids, TimeProvider time)
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
    public static (ApiKey Key, string Text) New(EntityId id, EntityId accountId, string name, bool isAdministrator, DateTimeOffset now)
    {
        var token = ApiKeyToken.Create(accountId, id);
        var key = new ApiKey
        {
            Id = id,
            AccountId = accountId,
            Name = name,
            IsAdministrator = isAdministrator,
            SecretHash = ApiKeySecret.Hash(id, token.Secret),
            CreatedAt = now,
            UpdatedAt = now,
        };
        return (key, token.Reveal());
    }

    public async Task<ListResponse<ApiKeyInfoResp>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken)
    {
        if (!caller.IsAdministrator && list.Conditions.Any(condition => condition.Name.StartsWith(OwnerField, StringComparison.Ordinal)))
            throw ApiException.Forbidden("Only an administrator can filter by owner.");
        await using var db = databases.Open(caller.AccountId);
        var administrators = await AdministratorsGroup.FindAsync(db, cancellationToken);
        var rows = Filters.Apply(db.ApiKeys, list.Conditions);
        return await rows.ToPageAsync(list, key => ToWire(key, administrators), alwaysCount: true, cancellationToken);
    }

    public async Task<ApiKeyInfoResp> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var key = await FindAsync(db, id, cancellationToken);
        return ToWire(key, await AdministratorsGroup.FindAsync(db, cancellationToken));
    }

    public async Task<ApiKeyInfoResp> CreateAsync(Caller caller, ApiKeyInfoReq request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var administrators = await AdministratorsGroup.FindAsync(db, cancellationToken);
        var isAdministrator = AdministratorsGroup.IsIn(request.Groups, administrators) ?? false;
        if (!caller.IsAdministrator && (isAdministrator || request.Status is not null || request.Owner is not null))
            throw ApiException.Forbidden("Only an administrator can set the status or the owner, or make an administrator key.");

        var (key, text) = New(ids.Next(), caller.AccountId, request.Name!, isAdministrator, time.GetInstant());
        key.Status = request.Status ?? ApiKeyStatus.Active;
        key.Owner = request.Owner is null ? caller.UserId : await FindOwnerAsync(db, request.Owner, cancellationToken);
        db.Add(key.ToSubject());
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(cancellationToken);
        return ApiKeyInfoResp.Of(key, administrators, null, text);
    }

    public async Task<ApiKeyInfoResp> UpdateAsync(Caller caller, string id, ApiKeyUpdateReq request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        // Serializable: of two callers that take away the last two administrators, one must see the other.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var key = await FindAsync(db, id, cancellationToken);
        RequireRight(caller, key);
        var administrators = await AdministratorsGroup.FindAsync(db, cancellationToken);
        var isAdministrator = AdministratorsGroup.IsIn(request.Groups, administrators) ?? key.IsAdministrator;
        var owner = request.Owner is null ? key.Owner : await FindOwnerAsync(db, request.Owner, cancellationToken);
        if (!caller.IsAdministrator && owner != key.Owner)
            throw ApiException.Forbidden("Only an administrator can change the owner of a key.");
        if (!caller.IsAdministrator && isAdministrator != key.IsAdministrator)
            throw ApiException.Forbidden("Only an administrator can change the groups of a key.");
        if (!isAdministrator || request.Status == ApiKeyStatus.Inactive)
            await RequireAnotherAdministratorAsync(db, key, cancellationToken);

        key.Name = request.Name ?? key.Name;
        key.Status = request.Status ?? key.Status;
        key.IsAdministrator = isAdministrator;
        key.Owner = owner;
        if (db.ChangeTracker.HasChanges())
        {
            key.Version++;
            key.UpdatedAt = time.GetInstant();
            await SaveAsync(db, id, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            authenticator.Forget(key.Id);
        }

        return ToWire(key, administrators);
    }

    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        // Serializable: of two callers that take away the last two administrators, one must see the other.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var key = await FindAsync(db, id, cancellationToken);
        RequireRight(caller, key);
        await RequireAnotherAdministratorAsync(db, key, cancellationToken);
        db.ApiKeys.Remove(key);
        db.Remove(key.ToSubject());
        await SaveAsync(db, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        authenticator.Forget(key.Id);
        Deleted?.Invoke(key.Id);
    }

    private static async Task<ApiKey> FindAsync(SuretyDb db, string id, CancellationToken cancellationToken) =>
        (EntityId.TryParse(id, out var keyId) ? await db.ApiKeys.SingleOrDefaultAsync(key => key.Id == keyId, cancellationToken) : null)
        ?? throw ApiException.NotFound(Kind, id);

    private static async Task SaveAsync(SuretyDb db, string id, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw ApiException.NotFound(Kind, id);
        }
    }

    private static void RequireRight(Caller caller, ApiKey key)
    {
        if (!caller.IsAdministrator && caller.KeyId != key.Id && (key.Owner is null || caller.UserId != key.Owner))
            throw ApiException.Forbidden("Only the owner of an API key or an administrator can change it.");
    }

    private static Task RequireAnotherAdministratorAsync(SuretyDb db, ApiKey key, CancellationToken cancellationToken) =>
        key is { IsAdministrator: true, Status: ApiKeyStatus.Active } ? AdministratorsGroup.RequireAnotherAsync(db, key.Id, cancellationToken) : Task.CompletedTask;

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

    private ApiKeyInfoResp ToWire(ApiKey key, EntityId administrators) =>
        ApiKeyInfoResp.Of(key, administrators, authenticator.LastUse(key.Id));
}
