using Microsoft.EntityFrameworkCore;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>Writes when sessions were last used, and removes those that have ended.</summary>
internal sealed partial class UserSessionWriter(UserSessions sessions, SuretyDbFactory databases, TimeProvider time, ILogger<UserSessionWriter> log)
    : UseWriter(databases, time)
{
    private readonly TimeProvider _time = time;

    protected override async Task WriteAsync(SuretyDb db, CancellationToken cancellationToken)
    {
        foreach (var (id, lastUse) in sessions.TakeUses())
        {
            await db.AllAccounts<UserSession>().Where(session => session.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastUsedAt, lastUse), cancellationToken);
        }

        var ended = _time.GetInstant() - UserSessions.MaxIdleTimeout;
        await db.AllAccounts<UserSession>().Where(session => session.LastUsedAt < ended).ExecuteDeleteAsync(cancellationToken);
    }

    protected override void OnNotWritten(Exception error) => LogNotWritten(error);

    [LoggerMessage(1211, LogLevel.Warning, "The last uses of sessions could not be written")]
    private partial void LogNotWritten(Exception error);
}
