using Microsoft.EntityFrameworkCore;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>How many devices of a campaign are where.</summary>
internal sealed record CertificateCampaignStatistics
{
    /// <summary>Always <c>certificate-campaign-statistics</c>.</summary>
    public string Object { get; init; } = "certificate-campaign-statistics";

    /// <summary>Not told yet.</summary>
    public required int Waiting { get; init; }

    /// <summary>Told, and not done yet.</summary>
    public required int Ordered { get; init; }

    public required int Succeeded { get; init; }

    public required int Failed { get; init; }

    /// <summary>Counts the devices of a campaign.</summary>
    public static async Task<CertificateCampaignStatistics> CountAsync(SuretyDb db, EntityId campaign, CancellationToken cancellationToken)
    {
        var counts = await db.Set<CertificateCampaignDevice>().Where(device => device.CampaignId == campaign)
            .GroupBy(device => device.State).Select(group => new { State = group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.State, group => group.Count, cancellationToken);
        return new CertificateCampaignStatistics
        {
            Waiting = counts.GetValueOrDefault(CertificateCampaignDeviceState.Waiting),
            Ordered = counts.GetValueOrDefault(CertificateCampaignDeviceState.Ordered),
            Succeeded = counts.GetValueOrDefault(CertificateCampaignDeviceState.Succeeded),
            Failed = counts.GetValueOrDefault(CertificateCampaignDeviceState.Failed),
        };
    }
}
