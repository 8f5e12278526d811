using System.Data.Common;
using Surety.Server.Features.Cluster;

namespace Surety.Server.Features.Idempotency;

/// <summary>Once an hour: answers that nobody will ask for any more go. In a cluster one node does it.</summary>
internal sealed partial class IdempotencySweep(IdempotencyStore store, IClusterLeases leases, TimeProvider time, ILogger<IdempotencySweep> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await RunOnceAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await leases.HoldAsync("idempotency-sweep"))
                await store.DeleteOldAsync(cancellationToken);
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            LogFailed(error);
        }
    }

    [LoggerMessage(1781, LogLevel.Warning, "Old idempotency keys could not be deleted; it is tried again in an hour")]
    private partial void LogFailed(Exception error);
}
