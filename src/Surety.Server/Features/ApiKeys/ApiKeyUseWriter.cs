using Microsoft.EntityFrameworkCore;
using Surety.Server.Storage;

namespace Surety.Server.Features.ApiKeys;

/// <summary>Writes when keys were last used: once a minute and when the server stops, never on the way of a request.</summary>
internal sealed partial class ApiKeyUseWriter(
    ApiKeyAuthenticator authenticator, SuretyDbFactory databases, TimeProvider time, ILogger<ApiKeyUseWriter> log) : BackgroundService
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
            foreach (var (keyId, lastUse) in authenticator.TakeUses())
            {
                await db.AllAccounts<ApiKey>().Where(key => key.Id == keyId)
                    .ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, lastUse), cancellationToken);
            }
        }
        catch (System.Data.Common.DbException error)
        {
            LogNotWritten(error);
        }
    }

    [LoggerMessage(1201, LogLevel.Warning, "The last uses of API keys could not be written")]
    private partial void LogNotWritten(Exception error);
}
