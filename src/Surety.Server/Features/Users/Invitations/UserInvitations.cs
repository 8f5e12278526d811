using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>Invitations into an account, by its administrators.</summary>
internal sealed class UserInvitations(SuretyDbFactory databases, MailLinks links, UserService users, EntityIdGenerator ids, TimeProvider time)
{
    private const string Kind = "user invitation";
    private const int DefaultDays = 30;

    /// <summary>The filters of the list.</summary>
    public static readonly FilterSet<UserInvitation> Filters = new();

    /// <exception cref="ApiException">403.</exception>
    public async Task<ListResponse<UserInvitationResp>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken)
    {
        RequireAdministrator(caller);
        await using var db = databases.Open(caller.AccountId);
        var now = time.GetInstant();
        var open = Filters.Apply(db.Set<UserInvitation>().Where(invitation => invitation.ExpiresAt > now), list.Conditions);
        var page = await open.ToPageAsync(list, invitation => invitation, alwaysCount: true, cancellationToken);
        var userIds = page.Data.Select(invitation => invitation.UserId).ToList();
        var known = await db.Set<User>().AsNoTracking().Include(user => user.Subject.Memberships).Where(user => userIds.Contains(user.Id)).ToDictionaryAsync(user => user.Id, cancellationToken);
        return new ListResponse<UserInvitationResp>
        {
            Limit = page.Limit,
            After = page.After,
            Order = page.Order,
            HasMore = page.HasMore,
            TotalCount = page.TotalCount,
            Data = [.. page.Data.Where(invitation => known.ContainsKey(invitation.UserId)).Select(invitation => UserInvitationResp.Of(invitation, known[invitation.UserId]))],
        };
    }

    /// <exception cref="ApiException">403 or 404.</exception>
    public async Task<UserInvitationResp> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        RequireAdministrator(caller);
        await using var db = databases.Open(caller.AccountId);
        var invitation = await FindAsync(db, id, cancellationToken);
        var user = await db.Set<User>().AsNoTracking().Include(user => user.Subject.Memberships).SingleAsync(user => user.Id == invitation.UserId, cancellationToken);
        return UserInvitationResp.Of(invitation, user);
    }

    /// <summary>Makes a user who is invited, and sends the invitation.</summary>
    /// <exception cref="ApiException">400 or 403.</exception>
    public async Task<UserInvitationResp> CreateAsync(Caller caller, UserInvitationReq request, CancellationToken cancellationToken)
    {
        RequireAdministrator(caller);
        await using var db = databases.Open(caller.AccountId);
        var groups = await GroupMemberships.ReadAsync(db, request.Groups, cancellationToken) ?? await GroupMemberships.OfNewAsync(db, caller, cancellationToken);
        var user = UserService.New(ids.Next(), caller.AccountId, request.Email!, username: null, passwordHash: null, time.GetInstant());
        user.Status = UserStatus.Invited;
        GroupMemberships.Set(db, user.Subject, groups);
        return await InviteAsync(db, user, request.ValidForDays ?? DefaultDays, cancellationToken);
    }

    /// <inheritdoc cref="InviteAsync(SuretyDb, User, int, CancellationToken)"/>
    public async Task InviteAsync(User user, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(user.AccountId);
        await InviteAsync(db, user, DefaultDays, cancellationToken);
    }

    /// <summary>Stores a user, whose status is INVITED, and sends the invitation.</summary>
    /// <exception cref="ApiException">400: the address or name is taken.</exception>
    private async Task<UserInvitationResp> InviteAsync(SuretyDb db, User user, int days, CancellationToken cancellationToken)
    {
        var now = time.GetInstant();
        var invitation = new UserInvitation { Id = ids.Next(), AccountId = user.AccountId, UserId = user.Id, ExpiresAt = now.AddDays(days), CreatedAt = now };
        db.Add(user);
        db.Add(invitation);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            throw ApiException.Invalid("email", "is, or the name is, that of another user of the account");
        }

        var link = await links.SendAsync(user, MailTokenPurpose.Invitation, invitation.ExpiresAt, cancellationToken);
        return UserInvitationResp.Of(invitation, user) with { Link = link };
    }

    /// <summary>Takes an invitation back: the user, who was never here, goes with it.</summary>
    /// <exception cref="ApiException">403 or 404.</exception>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        RequireAdministrator(caller);
        await using var db = databases.Open(caller.AccountId);
        var invitation = await FindAsync(db, id, cancellationToken);
        await users.DeleteAsync(caller, invitation.UserId.ToString(), cancellationToken);
    }

    private static Task<UserInvitation> FindAsync(SuretyDb db, string id, CancellationToken cancellationToken) =>
        db.Set<UserInvitation>().AsNoTracking().RequireAsync(id, Kind, cancellationToken);

    private static void RequireAdministrator(Caller caller)
    {
        if (!caller.IsAdministrator)
            throw ApiException.Forbidden("Only an administrator can manage invitations.");
    }
}
