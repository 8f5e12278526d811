using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.IdentityProviders;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>The users of an account. Every caller may read them; an administrator may change them all, another user only themselves.</summary>
internal sealed class UserService(
    SuretyDbFactory databases,
    Passwords passwords,
    UserSessions sessions,
    SecondFactors secondFactors,
    AccountPolicies policies,
    AccessChanges changes,
    EntityIdGenerator ids,
    TimeProvider time)
{
    private const string Kind = "user";

    /// <summary>A user, and the application that it is, are no more.</summary>
    public event Action<EntityId>? Deleted;

    /// <summary>The filters of the list.</summary>
    public static readonly FilterSet<User> Filters = new FilterSet<User>()
        .Equality("email", user => user.EmailKey, User.KeyOf)
        .Choice("status", user => user.Status)
        .Condition("login_profiles", FilterFormat.Text, LoginProfiles.Have);

    /// <summary>A user that is not stored yet.</summary>
    public static User New(EntityId id, EntityId accountId, string email, string? username, string? passwordHash, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = accountId,
        Email = email,
        EmailKey = User.KeyOf(email),
        Username = username,
        UsernameKey = username is null ? null : User.KeyOf(username),
        Subject = new Subject { Id = id, AccountId = accountId, Kind = SubjectKind.User },
        PasswordHash = passwordHash,
        PasswordChangedAt = passwordHash is null ? null : now,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>The users; with a group, its members.</summary>
    /// <exception cref="ApiException">400.</exception>
    public async Task<ListResponse<UserInfoResp>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken, EntityId? group = null)
    {
        await using var db = databases.Open(caller.AccountId);
        var rows = db.Set<User>().Where(user => group == null || user.Subject.Memberships.Any(member => member.GroupId == group));
        return await Filters.Apply(rows, list.Conditions).Include(user => user.Subject.Memberships).Include(user => user.LoginProfiles).ThenInclude(profile => profile.Provider)
            .ToPageAsync(list, UserInfoResp.Of, alwaysCount: true, cancellationToken);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<UserInfoResp> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var user = await FindAsync(db, id, cancellationToken);
        return await DescribeAsync(db, user, cancellationToken);
    }

    /// <summary>A user who is to be invited, and not stored yet.</summary>
    /// <exception cref="ApiException">400 or 403.</exception>
    public async Task<User> NewInvitedAsync(Caller caller, UserInfoReq request, CancellationToken cancellationToken)
    {
        RequireAdministrator(caller);
        if (request.Password is not null)
            throw ApiException.Invalid("password", "is chosen by the user who is invited");
        await using var db = databases.Open(caller.AccountId);
        var groups = await GroupMemberships.ReadAsync(db, request.Groups, cancellationToken) ?? await GroupMemberships.OfNewAsync(db, caller, cancellationToken);
        var user = New(ids.Next(), caller.AccountId, request.Email!, request.Username, passwordHash: null, time.GetInstant());
        GroupMemberships.Set(db, user.Subject, groups);
        user.Status = UserStatus.Invited;
        Fill(user, request);
        return user;
    }

    /// <exception cref="ApiException">400, 403, or 409: the address or the name is taken.</exception>
    public async Task<UserInfoResp> CreateAsync(Caller caller, UserInfoReq request, CancellationToken cancellationToken)
    {
        RequireAdministrator(caller);
        await using var db = databases.Open(caller.AccountId);
        var groups = await GroupMemberships.ReadAsync(db, request.Groups, cancellationToken) ?? await GroupMemberships.OfNewAsync(db, caller, cancellationToken);
        var policy = await policies.GetAsync(caller.AccountId, cancellationToken);
        var password = request.Password ?? Passwords.Generate(policy.MinimumLength);
        Passwords.Check(password, request.Email!, request.Username, policy.MinimumLength);
        var user = New(
            ids.Next(), caller.AccountId, request.Email!, request.Username, await passwords.HashAsync(password, cancellationToken), time.GetInstant());
        Fill(user, request);
        GroupMemberships.Set(db, user.Subject, groups);
        db.Add(user);
        await LoginProfiles.SetAsync(db, user, request.LoginProfiles, ids, user.CreatedAt, cancellationToken);
        await SaveAsync(db, user, user.Id.ToString(), cancellationToken);
        return UserInfoResp.Of(user) with { Password = request.Password is null ? password : null };
    }

    /// <exception cref="ApiException">400, 403, 404, or 409: the address or the name is taken.</exception>
    public async Task<UserInfoResp> UpdateAsync(Caller caller, string id, UserUpdateReq request, CancellationToken cancellationToken)
    {
        var isSelf = caller.UserId is { } self && EntityId.TryParse(id, out var wanted) && wanted == self;
        if (!isSelf)
            RequireAdministrator(caller);
        if (!caller.IsAdministrator && (request.Groups is not null || request.Status is not null || request.LoginProfiles is not null))
            throw ApiException.Forbidden("Only an administrator can change the groups, the status or the login profiles of a user.");
        if (request.Status is UserStatus.Enrolling or UserStatus.Invited)
            throw ApiException.Invalid("status", "must be ACTIVE, RESET or INACTIVE");
        // Outside the transaction: it takes long, and other writers wait.
        var newHash = request.Password is null ? null : await HashNewPasswordAsync(caller, id, isSelf, request, cancellationToken);

        await using var db = databases.Open(caller.AccountId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var hadOne = await AdministratorsGroup.LockAsync(db, cancellationToken);
        var user = await FindAsync(db, id, cancellationToken);
        if (request.Email is not null && request.Email != user.Email && !isSelf)
            throw ApiException.Invalid("email", "can be changed by the user alone");
        // First: a code that is used up is saved at once, in the transaction.
        var wasTotpEnabled = user.IsTotpEnabled;
        var shown = request.IsTotpEnabled is { } enable ? await secondFactors.ApplyAsync(db, user, isSelf, enable, request.Otp, cancellationToken) : null;
        if (await GroupMemberships.ReadAsync(db, request.Groups, cancellationToken) is { } groups)
            GroupMemberships.Set(db, user.Subject, groups);
        Apply(user, request, newHash);
        await LoginProfiles.SetAsync(db, user, request.LoginProfiles, ids, time.GetInstant(), cancellationToken);
        if (db.ChangeTracker.HasChanges())
        {
            user.Version++;
            user.UpdatedAt = time.GetInstant();
            await SaveAsync(db, user, id, cancellationToken);
            await AdministratorsGroup.RequireOneAsync(db, hadOne, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            // Whoever learnt the old password, or had rights that are gone, is out.
            if (newHash is not null || user.Status == UserStatus.Inactive || (user.IsTotpEnabled && !wasTotpEnabled))
                await sessions.EndAllAsync(user.Id, isSelf ? caller.SessionId : null, cancellationToken);
            else
                changes.Tell(user.Id);
        }

        return await DescribeAsync(db, user, cancellationToken) with
        {
            TotpSecret = shown?.Secret,
            TotpUri = shown?.Uri,
            TotpScratchCodes = shown?.ScratchCodes,
        };
    }

    /// <exception cref="ApiException">403 or 404.</exception>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        RequireAdministrator(caller);
        await using var db = databases.Open(caller.AccountId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var hadOne = await AdministratorsGroup.LockAsync(db, cancellationToken);
        var user = await FindAsync(db, id, cancellationToken);
        db.Remove(user.Subject);
        await SaveAsync(db, user, id, cancellationToken);
        await AdministratorsGroup.RequireOneAsync(db, hadOne, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        changes.Tell(user.Id);
        Deleted?.Invoke(user.Id);
    }

    private static void Fill(User user, UserInfoReq request)
    {
        user.FullName = request.FullName ?? "";
        user.Address = request.Address ?? "";
        user.PhoneNumber = request.PhoneNumber ?? "";
        user.IsGtcAccepted = request.IsGtcAccepted ?? false;
        user.IsMarketingAccepted = request.IsMarketingAccepted ?? false;
    }

    /// <summary>Must be called after users went with their account.</summary>
    public void Forget(IEnumerable<EntityId> deleted)
    {
        foreach (var id in deleted)
        {
            changes.Tell(id);
            Deleted?.Invoke(id);
        }
    }

    private async Task<string> HashNewPasswordAsync(Caller caller, string id, bool isSelf, UserUpdateReq request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var user = await FindAsync(db, id, cancellationToken);
        Passwords.Check(
            request.Password!, request.Email ?? user.Email, request.Username ?? user.Username, (await policies.GetAsync(caller.AccountId, cancellationToken)).MinimumLength);
        // A session that somebody left open must not be enough to take the account over.
        if (isSelf && user.Status != UserStatus.Reset && !await passwords.MatchesAsync(request.CurrentPassword ?? "", user.PasswordHash, cancellationToken))
            throw ApiException.Invalid("current_password", "must be the present password");
        return await passwords.HashAsync(request.Password!, cancellationToken);
    }

    private void Apply(User user, UserUpdateReq request, string? newHash)
    {
        if (request.Email is { } email)
        {
            user.EmailVerified &= user.EmailKey == User.KeyOf(email);
            (user.Email, user.EmailKey) = (email, User.KeyOf(email));
        }

        if (request.Username is { } username)
            (user.Username, user.UsernameKey) = (username, User.KeyOf(username));
        user.FullName = request.FullName ?? user.FullName;
        user.Address = request.Address ?? user.Address;
        user.PhoneNumber = request.PhoneNumber ?? user.PhoneNumber;
        user.IsGtcAccepted = request.IsGtcAccepted ?? user.IsGtcAccepted;
        user.IsMarketingAccepted = request.IsMarketingAccepted ?? user.IsMarketingAccepted;
        if (newHash is not null)
        {
            user.PasswordHash = newHash;
            user.PasswordChangedAt = time.GetInstant();
            if (user.Status == UserStatus.Reset)
                user.Status = UserStatus.Active;
        }

        user.Status = request.Status ?? user.Status;
    }

    private static async Task<UserInfoResp> DescribeAsync(SuretyDb db, User user, CancellationToken cancellationToken)
    {
        var open = await db.Set<UserSession>().AsNoTracking().Where(session => session.UserId == user.Id)
            .OrderByDescending(session => session.Id).ToListAsync(cancellationToken);
        var attempts = await db.Set<LoginAttempt>().AsNoTracking().Where(attempt => attempt.UserId == user.Id)
            .OrderByDescending(attempt => attempt.Id).Take(LoginAttempt.Kept).ToListAsync(cancellationToken);
        return UserInfoResp.Of(user) with
        {
            ActiveSessions = [.. open.Select(ActiveSession.Of)],
            LoginHistory = [.. attempts.Select(LoginHistory.Of)],
        };
    }

    private static Task<User> FindAsync(SuretyDb db, string id, CancellationToken cancellationToken) =>
        db.Set<User>().Include(user => user.Subject.Memberships).Include(user => user.LoginProfiles).ThenInclude(profile => profile.Provider)
            .RequireAsync(id, Kind, cancellationToken);

    private static void RequireAdministrator(Caller caller)
    {
        if (!caller.IsAdministrator)
            throw ApiException.Forbidden("Only an administrator can manage users.");
    }

    private static async Task SaveAsync(SuretyDb db, User user, string id, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw ApiException.NotFound(Kind, id);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            var isEmail = await db.Set<User>().AnyAsync(other => other.Id != user.Id && other.EmailKey == user.EmailKey, cancellationToken);
            throw ApiException.Duplicate(
                isEmail ? $"Another user of the account has the address {ApiException.Shorten(user.Email)}." : $"Another user of the account has the name {user.Username}.",
                new ErrorField(isEmail ? "email" : "username", "is taken"));
        }
    }
}
