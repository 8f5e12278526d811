using System.Data.Common;

namespace Surety.Server.Storage;

/// <summary>Writes what was used when: once a minute and when the server stops, never on the way of a request.</summary>
internal abstract class UseWriter(SuretyDbFactory databases, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryWriteAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            await TryWriteAsync(CancellationToken.None);
        }
    }

    /// <summary>Writes what was used since the last call.</summary>
    protected abstract Task WriteAsync(SuretyDb db, CancellationToken cancellationToken);

    /// <summary>It could not be written; the next call has what is newer.</summary>
    protected abstract void OnNotWritten(Exception error);

    private async Task TryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = databases.OpenForPlatform();
            await WriteAsync(db, cancellationToken);
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            OnNotWritten(error);
        }
    }
}
