using System.Data;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Audit;
using Surety.Server.Features.Connect;
using Surety.Server.Features.Directory;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>Renewal campaigns: what the REST API asks of them. <see cref="CampaignEngine"/> runs them.</summary>
internal sealed class CertificateCampaigns(SuretyDbFactory databases, AuditTrail audit, CertificateRenewals renewals, DeviceGateway gateway, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>The filters of the list.</summary>
    public static readonly FilterSet<CertificateCampaign> Filters = new FilterSet<CertificateCampaign>()
        .Text("name", campaign => campaign.Name)
        .Choice("state", campaign => campaign.State);

    private const string Kind = "certificate campaign";
    private const int DefaultRate = 60;
    private const int DefaultMaxFailurePercent = 10;
    private const int Batch = 1000;
    private const int MaxLate = 1000;

    public async Task<ListResponse<CertificateCampaignData>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var rows = Filters.Apply(db.Set<CertificateCampaign>(), list.Conditions);
        return await rows.ToPageAsync(list, CertificateCampaignData.Of, alwaysCount: false, cancellationToken);
    }

    public async Task<CertificateCampaignData> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        return CertificateCampaignData.Of(await FindAsync(db, id, cancellationToken));
    }

    /// <exception cref="ApiException">400.</exception>
    public async Task<CertificateCampaignData> CreateAsync(Caller caller, CertificateCampaignRequest request, CancellationToken cancellationToken)
    {
        var name = CertificateIssuerConfigs.Normalize(request.CertificateName ?? CertificateOrder.Lwm2m);
        await renewals.RequireIssuerAsync(caller.AccountId, name, cancellationToken);
        var stages = CampaignStages.Format(request.Stages);
        await using var db = databases.Open(caller.AccountId);
        _ = Devices(db, request.DeviceFilter ?? "");
        var now = time.GetInstant();
        var campaign = new CertificateCampaign
        {
            Id = ids.Next(),
            AccountId = caller.AccountId,
            Name = request.Name!,
            Description = request.Description,
            CertificateName = name,
            DeviceFilter = request.DeviceFilter ?? "",
            RatePerMinute = request.RatePerMinute ?? DefaultRate,
            Stages = stages,
            MaxFailurePercent = request.MaxFailurePercent ?? DefaultMaxFailurePercent,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(campaign);
        await db.SaveChangesAsync(cancellationToken);
        return CertificateCampaignData.Of(campaign);
    }

    /// <summary>Chooses the devices, the first time, and lets the campaign run.</summary>
    /// <exception cref="ApiException">404; 409: it runs, or is over.</exception>
    public async Task<CertificateCampaignData> StartAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        // Serializable: of two callers that start it, one must see the other, or the devices are in it twice.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var campaign = await FindAsync(db, id, cancellationToken);
        if (campaign.State is CertificateCampaignState.Running or CertificateCampaignState.Completed)
            throw ApiException.Duplicate($"The campaign is {(campaign.State == CertificateCampaignState.Running ? "running" : "completed")} already.");
        var isFirst = campaign.State == CertificateCampaignState.Draft;
        campaign.State = CertificateCampaignState.Running;
        campaign.StateDetail = null;
        if (isFirst)
            campaign.DeviceCount = await ChooseAsync(db, campaign, cancellationToken);
        await SaveAsync(db, campaign, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return CertificateCampaignData.Of(campaign);
    }

    /// <summary>Tells no further device to renew; those that were told go on.</summary>
    /// <exception cref="ApiException">404; 409: it does not run.</exception>
    public async Task<CertificateCampaignData> StopAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var campaign = await FindAsync(db, id, cancellationToken);
        if (campaign.State != CertificateCampaignState.Running)
            throw ApiException.Duplicate("The campaign is not running.");
        campaign.State = CertificateCampaignState.Stopped;
        campaign.StateDetail = "stopped by an operator";
        await SaveAsync(db, campaign, cancellationToken);
        return CertificateCampaignData.Of(campaign);
    }

    /// <exception cref="ApiException">404; 409: it is running.</exception>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var campaign = await FindAsync(db, id, cancellationToken);
        if (campaign.State == CertificateCampaignState.Running)
            throw ApiException.Duplicate("The campaign is running; stop it first.");
        await audit.DeleteAsync(db, db.Set<CertificateCampaign>().Where(row => row.Id == campaign.Id), cancellationToken);
    }

    public async Task<CertificateCampaignStatistics> GetStatisticsAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var campaign = await FindAsync(db, id, cancellationToken);
        return await CertificateCampaignStatistics.CountAsync(db, campaign.Id, cancellationToken);
    }

    /// <summary>
    /// Which devices will not make it: those whose certificate ends before the campaign comes to them at its rate, or before they are next heard from, as
    /// they have woken so far; see <see cref="CampaignContact"/>.
    /// </summary>
    public async Task<CampaignForecast> ForecastAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var campaign = await FindAsync(db, id, cancellationToken);
        var open = campaign.State == CertificateCampaignState.Draft
            ? Devices(db, campaign.DeviceFilter).OrderBy(device => device.Id).Select(device => device.Id)
            : db.Set<CertificateCampaignDevice>().Where(row => row.CampaignId == campaign.Id && row.State == CertificateCampaignDeviceState.Waiting)
                .OrderBy(row => row.Ordinal).Select(row => row.DeviceId);
        var devices = await open.ToListAsync(cancellationToken);
        var ends = await db.Set<IssuedCertificateRecord>()
            .Where(record => record.CertificateName == campaign.CertificateName && record.Status == IssuedCertificateStatus.Active && record.ConfirmedAt != null)
            .GroupBy(record => record.DeviceId).Select(group => new { Device = group.Key, NotAfter = group.Max(record => record.NotAfter) })
            .ToDictionaryAsync(group => group.Device, group => group.NotAfter, cancellationToken);
        var wakes = await DeviceWakes.FindAsync(db, open, cancellationToken);

        var now = time.GetUtcNow();
        var place = 0;
        var late = new List<LateDevice>();
        var unknown = 0;
        foreach (var device in devices)
        {
            gateway.Server.Registrations.TryGet(device.ToDeviceId(), out var registration);
            WakePattern? wake = wakes.TryGetValue(device, out var pattern) ? pattern : null;
            if (registration is not null)
                place++;
            var contact = CampaignContact.Of(registration, wake, now, now.AddMinutes((double)place / campaign.RatePerMinute));
            if (!ends.TryGetValue(device, out var end) || contact.FindReason(end, now) is not { } reason)
                continue;
            if (contact.IsGuess)
                unknown++;
            late.Add(new LateDevice
            {
                DeviceId = device,
                NotAfter = end,
                NextContact = contact.At,
                WakeInterval = (long?)wake?.Typical.TotalSeconds,
                LongestWakeInterval = (long?)wake?.Longest.TotalSeconds,
                Reason = reason,
            });
        }

        return new CampaignForecast
        {
            Open = devices.Count,
            OrderedUntil = now.AddMinutes((double)place / campaign.RatePerMinute),
            LateCount = late.Count,
            UnknownCount = unknown,
            Late = [.. late.OrderBy(device => device.NotAfter).Take(MaxLate)],
        };
    }

    private static IQueryable<Directory.Device> Devices(SuretyDb db, string filter)
    {
        var conditions = new FilterConditions();
        conditions.AddString(filter);
        return DeviceFilters.All.Apply(db.Devices, conditions.ToList());
    }

    private static Task<CertificateCampaign> FindAsync(SuretyDb db, string id, CancellationToken cancellationToken) => db.Set<CertificateCampaign>().RequireAsync(id, Kind, cancellationToken);

    private async Task<int> ChooseAsync(SuretyDb db, CertificateCampaign campaign, CancellationToken cancellationToken)
    {
        var ordinal = 0;
        EntityId last = default;
        while (true)
        {
            var page = await Devices(db, campaign.DeviceFilter).Where(device => device.Id > last).OrderBy(device => device.Id).Select(device => device.Id).Take(Batch).ToListAsync(cancellationToken);
            if (page.Count == 0)
                return ordinal;
            last = page[^1];
            var rows = page.ConvertAll(device => new CertificateCampaignDevice
            {
                Id = ids.Next(), AccountId = campaign.AccountId, CampaignId = campaign.Id, DeviceId = device, Ordinal = ordinal++,
            });
            db.AddRange(rows);
            await db.SaveChangesAsync(cancellationToken);
            foreach (var row in rows)
                db.Entry(row).State = EntityState.Detached;
        }
    }

    private async Task SaveAsync(SuretyDb db, CertificateCampaign campaign, CancellationToken cancellationToken)
    {
        campaign.Version++;
        campaign.UpdatedAt = time.GetInstant();
        await db.SaveChangesAsync(cancellationToken);
    }
}
