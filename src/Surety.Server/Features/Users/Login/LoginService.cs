using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Audit;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>Lets users in who know their password.</summary>
internal sealed class LoginService(
    SuretyDbFactory databases, Passwords passwords, UserSessions sessions, UserTokens tokens, LoginLimits limits, AuditTrail audit, EntityIdGenerator ids, TimeProvider time)
{
    // One password is compared for each account in which somebody has the name.
    private const int MaxAccounts = 10;

    /// <exception cref="ApiException">400, 401 or 429.</exception>
    public async Task<LoginResponse> LoginAsync(LoginRequest request, LoginOrigin origin, CancellationToken cancellationToken)
    {
        limits.Check(request.Username, origin.IpAddress);
        await using var db = databases.OpenForPlatform();
        var key = User.KeyOf(request.Username);
        var found = await db.AllAccounts<User>().Where(user => user.EmailKey == key || user.UsernameKey == key)
            .OrderBy(user => user.AccountId).Take(MaxAccounts).ToListAsync(cancellationToken);
        var known = new List<User>();
        foreach (var user in found)
        {
            var mayEnter = user.Status is UserStatus.Active or UserStatus.Reset;
            if (await passwords.MatchesAsync(request.Password, mayEnter ? user.PasswordHash : null, cancellationToken))
                known.Add(user);
        }

        // As long as for somebody who is there.
        if (found.Count == 0)
            await passwords.MatchesAsync(request.Password, null, cancellationToken);
        var accountIds = known.ConvertAll(user => user.AccountId);
        var accounts = await db.AllAccounts<Account>().AsNoTracking()
            .Where(account => accountIds.Contains(account.Id) && account.Status != AccountStatus.Suspended).ToListAsync(cancellationToken);
        var chosen = known.Find(user => (request.Account is null || user.AccountId == request.Account) && accounts.Exists(account => account.Id == user.AccountId));
        foreach (var user in chosen is null ? found : [chosen])
            await RecordAsync(db, user, chosen is not null, origin, cancellationToken);
        if (chosen is null)
        {
            limits.Failed(request.Username, origin.IpAddress);
            await db.SaveChangesAsync(cancellationToken);
            throw new ApiException(StatusCodes.Status401Unauthorized, ErrorTypes.InvalidToken, "The name or the password is wrong.");
        }

        limits.Succeeded(request.Username);
        var now = time.GetInstant();
        var session = new UserSession
        {
            Id = ids.Next(),
            AccountId = chosen.AccountId,
            UserId = chosen.Id,
            IpAddress = origin.IpAddress,
            UserAgent = origin.UserAgent,
            CreatedAt = now,
            LastUsedAt = now,
        };
        chosen.LastLoginAt = now;
        await sessions.AddAsync(db, session, cancellationToken);
        var roles = await db.AllAccounts<PolicyGroupMember>()
            .Where(member => member.SubjectId == chosen.Id && member.Group.Kind != PolicyGroupKind.Custom)
            .OrderBy(member => member.Group.Kind).Select(member => member.Group.Name).ToListAsync(cancellationToken);
        return new LoginResponse
        {
            Accounts = [.. accounts.Select(account => new LoginAccount(account.Id, null, account.DisplayName, account.Status, null))],
            AccountId = chosen.AccountId,
            UserId = chosen.Id,
            Token = await tokens.CreateAsync(session, cancellationToken),
            ExpiresIn = (int)UserSessions.IdleTimeout.TotalSeconds,
            Role = roles.FirstOrDefault() ?? "",
            Roles = roles,
            Status = chosen.Status,
        };
    }

    private async Task RecordAsync(SuretyDb db, User user, bool success, LoginOrigin origin, CancellationToken cancellationToken)
    {
        var stranger = AuditScope.Actor;
        audit.Add(
            db,
            new AuditRecord(user.AccountId, success ? AuditActions.SignIn : AuditActions.SignInFailed, "user", user.Id.ToString())
            {
                EntityName = user.Email,
                Status = success ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized,
                Changes = [new AuditChange("user_agent", null, AuditValues.Format(origin.UserAgent))],
            },
            success ? stranger with { Type = AuditActorType.User, Id = user.Id, Name = user.Email } : stranger);
        var old = await db.AllAccounts<LoginAttempt>().Where(attempt => attempt.UserId == user.Id)
            .OrderByDescending(attempt => attempt.Id).Skip(LoginAttempt.Kept - 1).ToListAsync(cancellationToken);
        db.RemoveRange(old);
        db.Add(new LoginAttempt
        {
            Id = ids.Next(),
            AccountId = user.AccountId,
            UserId = user.Id,
            Success = success,
            IpAddress = origin.IpAddress,
            UserAgent = origin.UserAgent,
            CreatedAt = time.GetInstant(),
        });
    }
}
