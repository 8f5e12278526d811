using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Storage;

namespace Surety.Server.Features.Applications;

/// <summary>The access keys of applications; only administrators come to change them.</summary>
internal sealed class AccessKeyService(
    SuretyDbFactory databases, ApiKeyAuthenticator authenticator, AccessChanges changes, EntityIdGenerator ids, TimeProvider time)
{
    private const string Kind = "access key";

    /// <summary>The filters of the list of one application's keys, and of those of all.</summary>
    public static FilterSet<AccessKey> FiltersAt(DateTimeOffset now) => new FilterSet<AccessKey>()
        .Id("application_id", key => key.ApplicationId)
        // As AccessKeyData.StatusOf.
        .Choice("status", key => key.Expiration <= now ? AccessKeyStatus.Expired : key.Status == ApiKeyStatus.Active ? AccessKeyStatus.Active : AccessKeyStatus.Inactive);

    /// <param name="caller">Whose account it is of.</param>
    /// <param name="application">The application; null for the keys of all.</param>
    /// <param name="list">Which of them.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ApiException">400 or 404.</exception>
    public async Task<ListResponse<AccessKeyData>> ListAsync(Caller caller, string? application, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var id = application is null ? default : await db.Set<Application>().RequireIdAsync(application, ApplicationService.Kind, cancellationToken);
        var rows = db.Set<AccessKey>().Where(key => application == null || key.ApplicationId == id);
        return await FiltersAt(time.GetUtcNow()).Apply(rows, list.Conditions).ToPageAsync(list, ToWire, alwaysCount: true, cancellationToken);
    }

    /// <inheritdoc cref="ListAsync"/>
    public async Task<AccessKeyData> GetAsync(Caller caller, string? application, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        return ToWire(await FindAsync(db, application, id, cancellationToken));
    }

    /// <summary>Makes a key; the answer has the whole of it, this once.</summary>
    /// <exception cref="ApiException">400 or 404.</exception>
    public async Task<AccessKeyData> CreateAsync(Caller caller, string application, AccessKeyReq request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var owner = await db.Set<Application>().RequireIdAsync(application, ApplicationService.Kind, cancellationToken);
        var now = time.GetInstant();
        if (request.Status == AccessKeyStatus.Expired)
            throw NotSettable();
        if (request.Expiration <= now)
            throw ApiException.Invalid("expiration", "must be in the future");
        var token = ApiKeyToken.Create(caller.AccountId, ids.Next(), isAccessKey: true);
        var key = new AccessKey
        {
            Id = token.KeyId,
            AccountId = caller.AccountId,
            ApplicationId = owner,
            Name = request.Name!,
            Description = request.Description,
            Status = ToStored(request.Status) ?? ApiKeyStatus.Active,
            Expiration = request.Expiration?.ToUniversalTime(),
            SecretHash = ApiKeySecret.Hash(token.KeyId, token.Secret),
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(key);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (error.InnerException is DbException inner && ForeignKeyViolation.Is(inner))
        {
            throw ApiException.NotFound(ApplicationService.Kind, application);
        }

        return AccessKeyData.Of(key, now, lastUse: null, token.Reveal());
    }

    /// <exception cref="ApiException">400, 404; 403: nobody could administer the account any more.</exception>
    public async Task<AccessKeyData> UpdateAsync(Caller caller, string application, string id, AccessKeyReq request, CancellationToken cancellationToken)
    {
        var key = await ChangeAsync(caller, application, id, Change, cancellationToken);
        return ToWire(key);

        void Change(SuretyDb db, AccessKey key)
        {
            var isExpired = AccessKeyData.StatusOf(key, time.GetUtcNow()) == AccessKeyStatus.Expired;
            // Clients send back what they have read.
            if (request.Status == AccessKeyStatus.Expired && !isExpired)
                throw NotSettable();
            key.Name = request.Name!;
            key.Description = request.Description ?? key.Description;
            key.Expiration = request.Expiration?.ToUniversalTime() ?? key.Expiration;
            key.Status = ToStored(request.Status) ?? key.Status;
            if (db.ChangeTracker.HasChanges())
            {
                key.Version++;
                key.UpdatedAt = time.GetInstant();
            }
        }
    }

    /// <exception cref="ApiException">404; 403: nobody could administer the account any more.</exception>
    public Task DeleteAsync(Caller caller, string application, string id, CancellationToken cancellationToken) =>
        ChangeAsync(caller, application, id, (db, key) => db.Remove(key), cancellationToken);

    private async Task<AccessKey> ChangeAsync(Caller caller, string application, string id, Action<SuretyDb, AccessKey> change, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var hadOne = await AdministratorsGroup.LockAsync(db, cancellationToken);
        var key = await FindAsync(db, application, id, cancellationToken);
        change(db, key);
        if (!db.ChangeTracker.HasChanges())
            return key;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw ApiException.NotFound(Kind, id);
        }

        await AdministratorsGroup.RequireOneAsync(db, hadOne, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        changes.Tell(key.Id);
        return key;
    }

    private static async Task<AccessKey> FindAsync(SuretyDb db, string? application, string id, CancellationToken cancellationToken)
    {
        var owner = application is null ? default : await db.Set<Application>().RequireIdAsync(application, ApplicationService.Kind, cancellationToken);
        return await db.Set<AccessKey>().Where(key => application == null || key.ApplicationId == owner).RequireAsync(id, Kind, cancellationToken);
    }

    private static ApiKeyStatus? ToStored(AccessKeyStatus? status) => status switch
    {
        AccessKeyStatus.Active => ApiKeyStatus.Active,
        AccessKeyStatus.Inactive => ApiKeyStatus.Inactive,
        _ => null,
    };

    private static ApiException NotSettable() => ApiException.Invalid("status", "cannot be set to EXPIRED; set 'expiration', or the status INACTIVE");

    private AccessKeyData ToWire(AccessKey key) => AccessKeyData.Of(key, time.GetUtcNow(), authenticator.LastUse(key.Id));
}
