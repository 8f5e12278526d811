using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Audit;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Features.PolicyGroups.Policies;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>Who is signed in. Sessions that were used once are kept in memory, so that a request costs no query.</summary>
internal sealed class UserSessions
{
    private const string Topic = "session";

    /// <summary>A session has ended after this time without a request, whatever its account says (<see cref="AccountPolicy.IdleTimeout"/>).</summary>
    public static readonly TimeSpan MaxIdleTimeout = TimeSpan.FromMinutes(AccountPolicy.MaxIdleTimeout);

    private readonly KnownCallers<KnownSession> _known;
    private readonly SuretyDbFactory _databases;
    private readonly AccountPolicies _policies;
    private readonly AuditTrail _audit;
    private readonly AccessChanges _access;
    private readonly IClusterNotices _notices;
    private readonly TimeProvider _time;

    public UserSessions(SuretyDbFactory databases, AccountPolicies policies, AuditTrail audit, AccessChanges access, IClusterNotices notices, TimeProvider time)
    {
        _databases = databases;
        _policies = policies;
        _audit = audit;
        _access = access;
        _notices = notices;
        _time = time;
        _known = new(LoadAsync);
        access.Changed += Forget;
        notices.Listen(Topic, OnEndedElsewhereAsync);
    }

    /// <summary>Adds a session, and commits what else <paramref name="db"/> has.</summary>
    public async Task AddAsync(SuretyDb db, UserSession session, CancellationToken cancellationToken)
    {
        var ended = _time.GetInstant() - MaxIdleTimeout;
        await db.AllAccounts<UserSession>().Where(old => old.UserId == session.UserId && old.LastUsedAt < ended).ExecuteDeleteAsync(cancellationToken);
        db.Add(session);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The user of a session, who makes a request now; null when the session has ended.</summary>
    public async ValueTask<Caller?> UseAsync(EntityId sessionId, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (await _known.GetAsync(sessionId, cancellationToken) is not { } known || await _policies.FindAsync(known.Caller.AccountId, cancellationToken) is not { } policy)
            return null;
        if (IsIdle(known, policy, now))
        {
            // It may have been used at another node, which has written that into the database.
            _known.Forget(sessionId);
            known = await _known.GetAsync(sessionId, cancellationToken);
        }

        if (known is null)
            return null;
        if (IsIdle(known, policy, now))
        {
            await EndAsync(sessionId, cancellationToken);
            return null;
        }

        known.Use(now);
        return policy.MfaStatus == MfaStatus.Enforced && !known.HasSecondFactor
            ? known.Caller with { MustSetUpSecondFactor = true, IsAdministrator = false, Rights = AccessRights.None }
            : known.Caller;
    }

    /// <summary>Ends the session of the caller, who has asked for it.</summary>
    public async Task SignOutAsync(Caller caller, EntityId sessionId, CancellationToken cancellationToken)
    {
        await using (var db = _databases.Open(caller.AccountId))
        {
            _audit.Add(db, new AuditRecord(caller.AccountId, AuditActions.SignOut, "user", caller.UserId?.ToString()) { EntityName = caller.Name });
            await db.SaveChangesAsync(cancellationToken);
        }

        await EndAsync(sessionId, cancellationToken);
    }

    /// <summary>Ends a session.</summary>
    public async Task EndAsync(EntityId sessionId, CancellationToken cancellationToken)
    {
        await using var db = _databases.OpenForPlatform();
        await db.AllAccounts<UserSession>().Where(session => session.Id == sessionId).ExecuteDeleteAsync(cancellationToken);
        _known.Forget(sessionId);
        _notices.Publish(Topic, sessionId.ToString());
    }

    /// <summary>Ends the sessions of a user, but for one.</summary>
    public async Task EndAllAsync(EntityId userId, EntityId? except, CancellationToken cancellationToken)
    {
        var kept = except ?? default;
        await using var db = _databases.OpenForPlatform();
        await db.AllAccounts<UserSession>().Where(session => session.UserId == userId && session.Id != kept).ExecuteDeleteAsync(cancellationToken);
        _access.Tell(userId);
    }

    private static bool IsIdle(KnownCaller known, AccountPolicy policy, DateTimeOffset now) => now - known.LastUse > policy.IdleTimeout;

    private Task OnEndedElsewhereAsync(string? body)
    {
        if (EntityId.TryParse(body, out var ended))
            _known.Forget(ended);
        else
            _known.ForgetAll();
        return Task.CompletedTask;
    }

    /// <summary>Takes the sessions that were used since the last call.</summary>
    public IReadOnlyList<(EntityId SessionId, DateTimeOffset LastUse)> TakeUses() => _known.TakeUses();

    private void Forget(EntityId? userId)
    {
        if (userId is { } user)
            _known.Forget(known => known.Caller.UserId == user);
        else
            _known.ForgetAll();
    }

    private async Task<KnownSession?> LoadAsync(EntityId sessionId, CancellationToken cancellationToken)
    {
        await using var db = _databases.OpenForPlatform();
        var session = await db.AllAccounts<UserSession>().AsNoTracking().SingleOrDefaultAsync(session => session.Id == sessionId, cancellationToken);
        if (session is null)
            return null;
        var user = await db.AllAccounts<User>().AsNoTracking().Include(user => user.Subject.Memberships).ThenInclude(member => member.Group)
            .SingleOrDefaultAsync(user => user.Id == session.UserId, cancellationToken);
        if (user is not { CanSignIn: true })
            return null;
        var mustChangePassword = user.Status == UserStatus.Reset;
        var caller = new Caller(user.AccountId, default, user.Subject.IsAdministrator() && !mustChangePassword)
        {
            Name = user.Email,
            UserId = user.Id,
            SessionId = sessionId,
            MustChangePassword = mustChangePassword,
            Rights = mustChangePassword ? AccessRights.None : AccessRights.Of(user.Subject),
        };
        return new KnownSession(caller, session.LastUsedAt, user.IsTotpEnabled);
    }

    private sealed class KnownSession(Caller caller, DateTimeOffset lastUse, bool hasSecondFactor) : KnownCaller(caller, lastUse)
    {
        public bool HasSecondFactor { get; } = hasSecondFactor;
    }
}
