using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>Puts on record who has signed in or tried to: in the history of the user, and in the audit log.</summary>
internal sealed class LoginJournal(AuditTrail audit, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>Adds it to <paramref name="db"/>, which the caller saves.</summary>
    public async Task RecordAsync(SuretyDb db, User user, bool success, LoginOrigin origin, CancellationToken cancellationToken)
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
