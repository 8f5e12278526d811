using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Audit;
using Surety.Server.Features.Connect;
using Surety.Server.Features.Notifications;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Storage;

namespace Surety.Server.Features.Applications;

/// <summary>The applications of an account; only administrators come to change them.</summary>
internal sealed class ApplicationService(
    SuretyDbFactory databases, ApiKeyAuthenticator authenticator, AuditTrail audit, AccessChanges changes, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>What stands for an application in messages.</summary>
    public const string Kind = "application";

    /// <summary>The filters of the list.</summary>
    public static readonly FilterSet<Application> Filters = new FilterSet<Application>().Choice("status", application => application.Status);

    /// <summary>An application is no more, or inactive: what it had subscribed to nobody wants.</summary>
    public event Action<EntityId>? Ended;

    /// <summary>The applications; with a group, its members.</summary>
    /// <exception cref="ApiException">400.</exception>
    public async Task<ListResponse<ApplicationData>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken, EntityId? group = null)
    {
        await using var db = databases.Open(caller.AccountId);
        var rows = db.Set<Application>().Where(application => group == null || application.Subject.Memberships.Any(member => member.GroupId == group));
        return await Whole(Filters.Apply(rows, list.Conditions)).ToPageAsync(list, ToWire, alwaysCount: true, cancellationToken);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<ApplicationData> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        return ToWire(await Whole(db.Set<Application>()).AsNoTracking().RequireAsync(id, Kind, cancellationToken));
    }

    /// <exception cref="ApiException">400.</exception>
    public async Task<ApplicationData> CreateAsync(Caller caller, ApplicationReq request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var id = ids.Next();
        var now = time.GetInstant();
        var application = new Application
        {
            Id = id,
            AccountId = caller.AccountId,
            Subject = new Subject { Id = id, AccountId = caller.AccountId, Kind = SubjectKind.Application },
            Name = request.Name!,
            Description = request.Description,
            Status = request.Status ?? ApiKeyStatus.Active,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var groups = await GroupMemberships.ReadAsync(db, request.Groups, cancellationToken) ?? await GroupMemberships.OfNewAsync(db, caller, cancellationToken);
        GroupMemberships.Set(db, application.Subject, groups);
        db.Add(application);
        await db.SaveChangesAsync(cancellationToken);
        return ToWire(application);
    }

    /// <exception cref="ApiException">400, 404; 403: nobody could administer the account any more.</exception>
    public async Task<ApplicationData> UpdateAsync(Caller caller, string id, ApplicationReq request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var hadOne = await AdministratorsGroup.LockAsync(db, cancellationToken);
        var application = await Whole(db.Set<Application>()).RequireAsync(id, Kind, cancellationToken);
        var isEnding = request.Status == ApiKeyStatus.Inactive && application.Status == ApiKeyStatus.Active;
        application.Name = request.Name!;
        application.Description = request.Description ?? application.Description;
        application.Status = request.Status ?? application.Status;
        if (await GroupMemberships.ReadAsync(db, request.Groups, cancellationToken) is { } groups)
            GroupMemberships.Set(db, application.Subject, groups);
        if (!db.ChangeTracker.HasChanges())
            return ToWire(application);
        application.Version++;
        application.UpdatedAt = time.GetInstant();
        await SaveAsync(db, id, cancellationToken);
        if (isEnding)
            await ForgetWorkAsync(db, application.Id, cancellationToken);
        await AdministratorsGroup.RequireOneAsync(db, hadOne, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        changes.Tell(application.Id);
        if (isEnding)
            Ended?.Invoke(application.Id);
        return ToWire(application);
    }

    /// <exception cref="ApiException">404; 403: nobody could administer the account any more.</exception>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var hadOne = await AdministratorsGroup.LockAsync(db, cancellationToken);
        var application = await Whole(db.Set<Application>()).RequireAsync(id, Kind, cancellationToken);
        db.Remove(application.Subject);
        await SaveAsync(db, id, cancellationToken);
        await AdministratorsGroup.RequireOneAsync(db, hadOne, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        changes.Tell(application.Id);
        Ended?.Invoke(application.Id);
    }

    // The contract: "setting INACTIVE wipes its subscriptions, channels and other data".
    private async Task ForgetWorkAsync(SuretyDb db, EntityId id, CancellationToken cancellationToken)
    {
        await audit.DeleteAsync(db, db.Set<Channel>().Where(row => row.ApplicationId == id), cancellationToken);
        await audit.DeleteAsync(db, db.Set<StoredSubscription>().Where(row => row.ApplicationId == id), cancellationToken);
        await audit.DeleteAsync(db, db.Set<StoredPresubscriptions>().Where(row => row.ApplicationId == id), cancellationToken);
    }

    private static IQueryable<Application> Whole(IQueryable<Application> rows) =>
        rows.Include(application => application.Subject.Memberships).Include(application => application.Keys);

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

    private ApplicationData ToWire(Application application) => ApplicationData.Of(application, authenticator);
}
