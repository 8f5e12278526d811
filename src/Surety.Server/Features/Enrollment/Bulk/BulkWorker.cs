using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Cluster;
using Surety.Server.Storage;

namespace Surety.Server.Features.Enrollment;

/// <summary>
/// Processes bulk jobs in the background. Each round takes one batch of the oldest open job of each account, so that a large file keeps
/// nobody else waiting.
/// </summary>
internal sealed partial class BulkWorker(SuretyDbFactory databases, BulkBatches batches, IClusterLeases leases, IClusterNotices notices, TimeProvider time, ILogger<BulkWorker> log) : BackgroundService
{
    private static readonly TimeSpan FailureDelay = TimeSpan.FromSeconds(5);

    // Jobs that another node took in, or left behind, are found this often.
    private static readonly TimeSpan IdleDelay = TimeSpan.FromMinutes(1);

    // How soon this node takes over from one that is gone.
    private static readonly TimeSpan LeaseDelay = TimeSpan.FromSeconds(10);

    private const string Topic = "bulk-jobs";

    private readonly SemaphoreSlim _signal = new(0);

    /// <summary>There is a new job.</summary>
    public void Wake()
    {
        _signal.Release();
        // The node that works may be another.
        notices.Publish(Topic, "-");
    }

    public override void Dispose()
    {
        base.Dispose();
        _signal.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        notices.Listen(Topic, _ =>
        {
            _signal.Release();
            return Task.CompletedTask;
        });
        try
        {
            while (true)
            {
                var delay = await TryRunRoundAsync(stoppingToken);
                if (delay > TimeSpan.Zero)
                    await WaitAsync(delay, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>How long nothing is to be done.</summary>
    private async Task<TimeSpan> TryRunRoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await leases.HoldAsync(Topic))
                return LeaseDelay;
            var open = await FindOpenAsync(cancellationToken);
            foreach (var (accountId, jobId) in open)
                await batches.ProcessNextAsync(accountId, jobId, cancellationToken);
            return open.Count > 0 ? TimeSpan.Zero : IdleDelay;
        }
        catch (Exception error) when (error is DbException or DbUpdateException or InvalidOperationException or IOException)
        {
            LogFailed(error);
            return FailureDelay;
        }
    }

    private async Task<List<(EntityId AccountId, EntityId JobId)>> FindOpenAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var open = await db.AllAccounts<BulkJob>().Where(job => job.Status != BulkStatus.Completed).OrderBy(job => job.Id)
            .Select(job => new { job.AccountId, job.Id }).ToListAsync(cancellationToken);
        return [.. open.DistinctBy(job => job.AccountId).Select(job => (job.AccountId, job.Id))];
    }

    private async Task WaitAsync(TimeSpan delay, CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(delay, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            await _signal.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(1707, LogLevel.Error, "A batch of enrollments could not be processed; it is tried again")]
    private partial void LogFailed(Exception error);
}
