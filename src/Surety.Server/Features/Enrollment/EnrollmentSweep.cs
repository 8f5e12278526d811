using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Audit;
using Surety.Server.Features.Cluster;
using Surety.Server.Storage;

namespace Surety.Server.Features.Enrollment;

/// <summary>Once an hour: enrollments that expired unclaimed go, and bulk jobs whose reports nobody fetched for long.</summary>
internal sealed partial class EnrollmentSweep(
    SuretyDbFactory databases, AuditTrail audit, IClusterLeases leases, TimeProvider time, ILogger<EnrollmentSweep> log) : BackgroundService
{
    /// <summary>How long a bulk job and its reports are kept after it has ended.</summary>
    public static readonly TimeSpan ReportRetention = TimeSpan.FromDays(30);

    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        using var scope = AuditScope.BeginPlatform("enrollment sweep");
        await using var db = databases.OpenForPlatform();
        var now = time.GetInstant();
        await audit.DeleteAsync(db, db.AllAccounts<DeviceEnrollment>().Where(DeviceEnrollment.IsExpired(now)), cancellationToken);
        var oldest = now - ReportRetention;
        await db.AllAccounts<BulkJob>().Where(job => job.CompletedAt != null && job.CompletedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    if (await leases.HoldAsync("enrollment-sweep"))
                        await RunOnceAsync(stoppingToken);
                }
                catch (Exception error) when (error is DbException or InvalidOperationException)
                {
                    LogFailed(error);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(1706, LogLevel.Warning, "Expired enrollments could not be deleted; it is tried again in an hour")]
    private partial void LogFailed(Exception error);
}
