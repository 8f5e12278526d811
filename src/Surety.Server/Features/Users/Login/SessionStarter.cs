using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>Opens a session for a user who has proven who they are, and tells them what they get.</summary>
internal sealed class SessionStarter(UserSessions sessions, UserTokens tokens, AccountPolicies policies, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>Opens a session, and commits what else <paramref name="db"/> has.</summary>
    /// <param name="db">Has <paramref name="user"/>.</param>
    /// <param name="user">Who has proven to be the user.</param>
    /// <param name="proven">The users that they have proven to be, this one among them.</param>
    /// <param name="accounts">The accounts of those.</param>
    /// <param name="origin">Where they are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<LoginResponse> StartAsync(SuretyDb db, User user, IReadOnlyList<EntityId> proven, IReadOnlyList<Account> accounts, LoginOrigin origin, CancellationToken cancellationToken)
    {
        var now = time.GetInstant();
        var session = new UserSession
        {
            Id = ids.Next(),
            AccountId = user.AccountId,
            UserId = user.Id,
            IpAddress = origin.IpAddress,
            UserAgent = origin.UserAgent,
            ProvenUsers = [.. proven.Select(id => id.ToString())],
            CreatedAt = now,
            LastUsedAt = now,
        };
        user.LastLoginAt = now;
        await sessions.AddAsync(db, session, cancellationToken);
        var policy = await policies.GetAsync(user.AccountId, cancellationToken);
        var roles = await db.AllAccounts<PolicyGroupMember>()
            .Where(member => member.SubjectId == user.Id && member.Group.Kind != PolicyGroupKind.Custom)
            .OrderBy(member => member.Group.Kind).Select(member => member.Group.Name).ToListAsync(cancellationToken);
        return new LoginResponse
        {
            Accounts = [.. accounts.Select(account =>
                new LoginAccount(account.Id, account.Aliases.FirstOrDefault(), account.DisplayName, account.Status, account.ParentId))],
            AccountId = user.AccountId,
            UserId = user.Id,
            Token = await tokens.CreateAsync(session, cancellationToken),
            ExpiresIn = (int)policy.IdleTimeout.TotalSeconds,
            Role = roles.FirstOrDefault() ?? "",
            Roles = roles,
            Status = user.Status,
            MfaStatus = policy.MfaStatus,
        };
    }
}
