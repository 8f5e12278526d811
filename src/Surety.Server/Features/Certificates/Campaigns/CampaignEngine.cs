using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;
using Surety.Server.Api;
using Surety.Server.Features.Audit;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Connect;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// Runs renewal campaigns: tells devices that are connected to renew, stage by stage, at the rate of the campaign, and counts what becomes of it.
/// Everything is in the database, so a restart goes on where it was.
/// </summary>
internal sealed partial class CampaignEngine(
    SuretyDbFactory databases,
    AuditTrail audit,
    CertificateRenewals renewals,
    DeviceGateway gateway,
    IClusterLeases leases,
    IDeviceLocations locations,
    TimeProvider time,
    ILogger<CampaignEngine> log,
    PeerRenewals? peers = null) : BackgroundService
{
    private const int Batch = 1000;

    // So many devices must be done before a share of failures says anything.
    private const int MinSample = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<EntityId, CampaignPace> _paces = [];

    /// <summary>Does what is due. The service calls it every second.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        List<CertificateCampaign> running;
        await using (var db = databases.OpenForPlatform())
        {
            running = await db.AllAccounts<CertificateCampaign>().AsNoTracking().Where(campaign => campaign.State == CertificateCampaignState.Running)
                .OrderBy(campaign => campaign.Id).ToListAsync(cancellationToken);
        }

        foreach (var gone in _paces.Keys.Except(running.Select(campaign => campaign.Id)).ToList())
            _paces.Remove(gone);
        foreach (var campaign in running)
            await RunAsync(campaign, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    if (await leases.HoldAsync("certificate-campaigns"))
                        await RunOnceAsync(stoppingToken);
                }
                catch (Exception error) when (error is DbException or DbUpdateException or InvalidOperationException or RedisException or TimeoutException)
                {
                    LogNotRun(error);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Campaigns go on after the next start.
        }
    }

    private async Task RunAsync(CertificateCampaign campaign, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(campaign.AccountId);
        var now = time.GetUtcNow();
        if (!_paces.TryGetValue(campaign.Id, out var pace))
            _paces[campaign.Id] = pace = new CampaignPace(now);
        var hasChanged = await CollectAsync(db, campaign, cancellationToken);
        // All of a campaign's devices are counted when some have changed, not each second.
        var count = hasChanged ? null : pace.CountAt(now, campaign.Version);
        if (count is null)
            pace.Keep(count = await CertificateCampaignStatistics.CountAsync(db, campaign.Id, cancellationToken), now, campaign.Version);
        var failed = count.Failed;
        var done = failed + count.Succeeded;
        if (failed > 0 && done >= Math.Min(MinSample, campaign.DeviceCount) && failed * 100L > (long)campaign.MaxFailurePercent * done && count.Waiting > 0)
        {
            await MoveAsync(db, campaign, CertificateCampaignState.Stopped, campaign.Stage, $"{failed} of {done} devices have failed, which is more than {campaign.MaxFailurePercent} percent", cancellationToken);
            return;
        }

        if (count.Waiting + count.Ordered == 0)
        {
            await MoveAsync(db, campaign, CertificateCampaignState.Completed, campaign.Stage, null, cancellationToken);
            return;
        }

        if (await TellAsync(db, campaign, pace, cancellationToken) && count.Ordered == 0 && campaign.Stage + 1 < CampaignStages.Parse(campaign.Stages).Count)
            await MoveAsync(db, campaign, CertificateCampaignState.Running, campaign.Stage + 1, null, cancellationToken);
    }

    /// <summary>Takes over what became of the renewals.</summary>
    /// <returns>Whether there was anything.</returns>
    private static async Task<bool> CollectAsync(SuretyDb db, CertificateCampaign campaign, CancellationToken cancellationToken)
    {
        var completed = await (
            from device in db.Set<CertificateCampaignDevice>()
            join enrollment in db.Set<CertificateEnrollment>() on device.EnrollmentId equals enrollment.Id
            where device.CampaignId == campaign.Id && device.State == CertificateCampaignDeviceState.Ordered && enrollment.Status == CertificateEnrollmentStatus.Completed
            orderby device.Ordinal
            select new { device, enrollment.Result, enrollment.ResultDetail }).Take(Batch).ToListAsync(cancellationToken);
        foreach (var one in completed)
        {
            one.device.State = one.Result == CertificateEnrollmentResult.Success ? CertificateCampaignDeviceState.Succeeded : CertificateCampaignDeviceState.Failed;
            one.device.Detail = one.ResultDetail;
        }

        await db.SaveChangesAsync(cancellationToken);
        return completed.Count > 0;
    }

    /// <summary>Tells devices to renew, as many as the rate allows.</summary>
    /// <returns>True when every device of the stage that is connected has been told.</returns>
    private async Task<bool> TellAsync(SuretyDb db, CertificateCampaign campaign, CampaignPace pace, CancellationToken cancellationToken)
    {
        var allowed = pace.Refill(time.GetUtcNow(), campaign.RatePerMinute);
        var limit = CampaignStages.DevicesIn(CampaignStages.Parse(campaign.Stages), campaign.Stage, campaign.DeviceCount);
        var from = pace.Next;
        var page = await db.Set<CertificateCampaignDevice>()
            .Where(device => device.CampaignId == campaign.Id && device.State == CertificateCampaignDeviceState.Waiting && device.Ordinal >= from && device.Ordinal < limit)
            .OrderBy(device => device.Ordinal).Take(Batch).ToListAsync(cancellationToken);
        foreach (var device in page)
        {
            var (isConnected, node) = await FindAsync(device.DeviceId);
            if (!isConnected)
                continue;
            pace.HasSeenConnected = true;
            if (allowed == 0)
                return false;
            var state = device.State;
            if (await TryTellAsync(db, campaign, device, node, cancellationToken))
            {
                allowed--;
                pace.Take();
            }

            await db.SaveChangesAsync(cancellationToken);
            if (device.State != state)
                pace.Keep(null, time.GetUtcNow(), campaign.Version);
            pace.Next = device.Ordinal + 1;
        }

        if (page.Count == Batch)
        {
            pace.Next = page[^1].Ordinal + 1;
            return false;
        }

        var isThrough = !pace.HasSeenConnected;
        pace.Next = 0;
        pace.HasSeenConnected = false;
        return isThrough;
    }

    /// <summary>Whether a device is registered, and at which other node.</summary>
    private async ValueTask<(bool IsConnected, NodeInfo? Node)> FindAsync(EntityId device)
    {
        if (gateway.Server.Registrations.TryGet(device.ToDeviceId(), out _))
            return (true, null);
        var location = await locations.FindAsync(device);
        return (location.Info is not null, location.Info);
    }

    private async Task<bool> TryTellAsync(SuretyDb db, CertificateCampaign campaign, CertificateCampaignDevice device, NodeInfo? node, CancellationToken cancellationToken)
    {
        try
        {
            device.EnrollmentId = node is null
                ? (await renewals.RenewAsync(campaign.AccountId, device.DeviceId, campaign.CertificateName, cancellationToken)).Id
                : await peers!.RenewAsync(node, campaign.AccountId, device.DeviceId, campaign.CertificateName, cancellationToken);
            device.State = CertificateCampaignDeviceState.Ordered;
            return true;
        }
        catch (ApiException error) when (error.Status is StatusCodes.Status409Conflict or StatusCodes.Status503ServiceUnavailable)
        {
            // Somebody else has it renew, or this campaign had before a crash: that is the renewal. Or its node is gone, and it is looked at again.
            var open = await db.Set<CertificateEnrollment>().Where(row => row.DeviceId == device.DeviceId && row.CertificateName == campaign.CertificateName && row.Status == CertificateEnrollmentStatus.New)
                .Select(row => (EntityId?)row.Id).FirstOrDefaultAsync(cancellationToken);
            if (open is null)
                return false;
            device.EnrollmentId = open;
            device.State = CertificateCampaignDeviceState.Ordered;
            return true;
        }
        catch (ApiException error)
        {
            // A device that has gone meanwhile waits; one that cannot do it never will.
            if ((await FindAsync(device.DeviceId)).IsConnected)
            {
                device.State = CertificateCampaignDeviceState.Failed;
                device.Detail = error.Message;
            }

            return false;
        }
    }

    private async Task MoveAsync(
        SuretyDb db, CertificateCampaign campaign, CertificateCampaignState state, int stage, string? detail, CancellationToken cancellationToken)
    {
        var now = time.GetInstant();
        using var scope = AuditScope.BeginPlatform("certificate campaign");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var moved = await db.Set<CertificateCampaign>().Where(row => row.Id == campaign.Id && row.State == CertificateCampaignState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, state).SetProperty(row => row.StateDetail, detail).SetProperty(row => row.Stage, stage)
                .SetProperty(row => row.Version, row => row.Version + 1).SetProperty(row => row.UpdatedAt, now),
            cancellationToken);
        if (moved > 0)
        {
            AuditChange[] changes =
            [
                new("state", EnumNames.Of(CertificateCampaignState.Running), EnumNames.Of(state)),
                new("state_detail", campaign.StateDetail, detail),
                new("stage", AuditValues.Format(campaign.Stage), AuditValues.Format(stage)),
            ];
            audit.Add(db, new AuditRecord(campaign.AccountId, AuditActions.Update, "certificate_campaign", campaign.Id.ToString())
            {
                EntityName = campaign.Name,
                Changes = [.. changes.Where(change => change.Before != change.After)],
            });
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    [LoggerMessage(1758, LogLevel.Warning, "Certificate campaigns could not be run; they go on in a second")]
    private partial void LogNotRun(Exception error);
}
