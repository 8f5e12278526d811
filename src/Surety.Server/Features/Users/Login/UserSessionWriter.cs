using Microsoft.EntityFrameworkCore;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>Writes when sessions were last used, and removes those that have ended: once a minute and when the server stops.</summary>
internal sealed partial class UserSessionWriter(UserSessions sessions, SuretyDbFactory databases, TimeProvider time, ILogger<UserSessionWriter> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            await WriteAsync(CancellationToken.None);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = databases.OpenForPlatform();
            foreach (var (id, lastUse) in sessions.TakeUses())
            {
                await db.AllAccounts<UserSession>().Where(session => session.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastUsedAt, lastUse), cancellationToken);
            }

            var ended = time.GetInstant() - UserSessions.IdleTimeout;
            await db.AllAccounts<UserSession>().Where(session => session.LastUsedAt < ended).ExecuteDeleteAsync(cancellationToken);
        }
        catch (System.Data.Common.DbException error)
        {
            LogNotWritten(error);
        }
    }

    [LoggerMessage(1211, LogLevel.Warning, "The last uses of sessions could not be written")]
    private partial void LogNotWritten(Exception error);
}
