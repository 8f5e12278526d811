using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Audit;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Features.Cluster;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>Who is signed in. Sessions that were used once are kept in memory, so that a request costs no query.</summary>
internal sealed class UserSessions
{
    private const string Topic = "session";

    /// <summary>A session ends after this time without a request (account-management, <c>idle_timeout</c>).</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(60);

    private readonly ConcurrentDictionary<EntityId, Entry> _known = [];
    private readonly SuretyDbFactory _databases;
    private readonly AuditTrail _audit;
    private readonly AccessChanges _access;
    private readonly IClusterNotices _notices;
    private readonly TimeProvider _time;
    private long _changes;

    public UserSessions(SuretyDbFactory databases, AuditTrail audit, AccessChanges access, IClusterNotices notices, TimeProvider time)
    {
        _databases = databases;
        _audit = audit;
        _access = access;
        _notices = notices;
        _time = time;
        access.Changed += Forget;
        notices.Listen(Topic, OnEndedElsewhereAsync);
    }

    /// <summary>Adds a session, and commits what else <paramref name="db"/> has.</summary>
    public async Task AddAsync(SuretyDb db, UserSession session, CancellationToken cancellationToken)
    {
        var ended = _time.GetInstant() - IdleTimeout;
        await db.AllAccounts<UserSession>().Where(old => old.UserId == session.UserId && old.LastUsedAt < ended).ExecuteDeleteAsync(cancellationToken);
        db.Add(session);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The user of a session, who makes a request now; null when the session has ended.</summary>
    public async ValueTask<Caller?> UseAsync(EntityId sessionId, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(sessionId, out var entry))
            entry = await LoadAsync(sessionId, cancellationToken);
        if (entry is null)
            return null;
        var now = _time.GetUtcNow();
        if (entry.TryUse(now))
            return entry.Caller;
        await EndAsync(sessionId, cancellationToken);
        return null;
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
        ForgetSession(sessionId);
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

    private Task OnEndedElsewhereAsync(string? body)
    {
        if (EntityId.TryParse(body, out var ended))
        {
            ForgetSession(ended);
            return Task.CompletedTask;
        }

        foreach (var known in _known.Keys)
            ForgetSession(known);
        return Task.CompletedTask;
    }

    private void ForgetSession(EntityId sessionId)
    {
        Interlocked.Increment(ref _changes);
        _known.TryRemove(sessionId, out _);
    }

    /// <summary>Takes the sessions that were used since the last call.</summary>
    public IReadOnlyList<(EntityId SessionId, DateTimeOffset LastUse)> TakeUses()
    {
        var uses = new List<(EntityId, DateTimeOffset)>();
        foreach (var (id, entry) in _known)
        {
            if (entry.TakeUse() is { } lastUse)
                uses.Add((id, lastUse));
        }

        return uses;
    }

    private void Forget(EntityId? userId)
    {
        Interlocked.Increment(ref _changes);
        foreach (var (id, entry) in _known)
        {
            if (userId is null || entry.Caller.UserId == userId)
                _known.TryRemove(id, out _);
        }
    }

    private async Task<Entry?> LoadAsync(EntityId sessionId, CancellationToken cancellationToken)
    {
        var changes = Interlocked.Read(ref _changes);
        await using var db = _databases.OpenForPlatform();
        var session = await db.AllAccounts<UserSession>().AsNoTracking().SingleOrDefaultAsync(session => session.Id == sessionId, cancellationToken);
        if (session is null)
            return null;
        var user = await db.AllAccounts<User>().AsNoTracking().Include(user => user.Subject.Memberships).ThenInclude(member => member.Group)
            .SingleOrDefaultAsync(user => user.Id == session.UserId, cancellationToken);
        if (user is not { Status: UserStatus.Active or UserStatus.Reset })
            return null;
        var mustChangePassword = user.Status == UserStatus.Reset;
        var caller = new Caller(user.AccountId, default, user.Subject.IsAdministrator() && !mustChangePassword)
        {
            Name = user.Email,
            UserId = user.Id,
            SessionId = sessionId,
            MustChangePassword = mustChangePassword,
        };
        var entry = new Entry(caller, session.LastUsedAt);
        _known[sessionId] = entry;
        // A change that was committed after the row was read has been told before or is told after this line; either way the row goes.
        if (Interlocked.Read(ref _changes) != changes)
            _known.TryRemove(sessionId, out _);
        return entry;
    }

    private sealed class Entry(Caller caller, DateTimeOffset lastUse)
    {
        private long _lastUse = lastUse.UtcTicks;
        private long _taken = lastUse.UtcTicks;

        public Caller Caller { get; } = caller;

        public bool TryUse(DateTimeOffset now)
        {
            if (now.UtcTicks - Interlocked.Read(ref _lastUse) > IdleTimeout.Ticks)
                return false;
            Interlocked.Exchange(ref _lastUse, now.UtcTicks);
            return true;
        }

        public DateTimeOffset? TakeUse()
        {
            var last = Interlocked.Read(ref _lastUse);
            return Interlocked.Exchange(ref _taken, last) == last ? null : Instant.FromMicroseconds(Instant.ToMicroseconds(new DateTimeOffset(last, TimeSpan.Zero)));
        }
    }
}
