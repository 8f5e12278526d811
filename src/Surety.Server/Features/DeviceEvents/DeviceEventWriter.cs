using System.Data.Common;

namespace Surety.Server.Features.DeviceEvents;

/// <summary>Writes events once a second and when the server stops; deletes old ones once an hour.</summary>
internal sealed partial class DeviceEventWriter(DeviceEventService events, TimeProvider time, ILogger<DeviceEventWriter> log) : BackgroundService
{
    private const int WritesPerCleaning = 3600;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            for (var i = 0; await timer.WaitForNextTickAsync(stoppingToken); i++)
            {
                await TryAsync(events.WriteAsync, stoppingToken);
                if (i % WritesPerCleaning == 0)
                    await TryAsync(events.DeleteOldAsync, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            await TryAsync(events.WriteAsync, CancellationToken.None);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (Exception error) when (error is DbException or Microsoft.EntityFrameworkCore.DbUpdateException or InvalidOperationException)
        {
            LogFailed(error);
        }
    }

    [LoggerMessage(1712, LogLevel.Error, "Device events could not be written; it is tried again")]
    private partial void LogFailed(Exception exception);
}
