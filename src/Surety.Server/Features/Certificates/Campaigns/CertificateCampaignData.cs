using System.Globalization;

namespace Surety.Server.Features.Certificates;

/// <summary>A renewal campaign as the API shows it.</summary>
internal sealed record CertificateCampaignData
{
    /// <summary>Always <c>certificate-campaign</c>.</summary>
    public string Object { get; init; } = "certificate-campaign";

    public required EntityId Id { get; init; }

    public required string Name { get; init; }

    public required string? Description { get; init; }

    public required string CertificateName { get; init; }

    public required string DeviceFilter { get; init; }

    public required int RatePerMinute { get; init; }

    public required IReadOnlyList<int> Stages { get; init; }

    public required int MaxFailurePercent { get; init; }

    public required CertificateCampaignState State { get; init; }

    /// <summary>Why it is stopped.</summary>
    public required string? StateDetail { get; init; }

    /// <summary>Which of the stages is open, from 0.</summary>
    public required int Stage { get; init; }

    /// <summary>Devices that were chosen at the start.</summary>
    public required int DeviceCount { get; init; }

    public required string Etag { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public static CertificateCampaignData Of(CertificateCampaign campaign) => new()
    {
        Id = campaign.Id,
        Name = campaign.Name,
        Description = campaign.Description,
        CertificateName = campaign.CertificateName,
        DeviceFilter = campaign.DeviceFilter,
        RatePerMinute = campaign.RatePerMinute,
        Stages = CampaignStages.Parse(campaign.Stages),
        MaxFailurePercent = campaign.MaxFailurePercent,
        State = campaign.State,
        StateDetail = campaign.StateDetail,
        Stage = campaign.Stage,
        DeviceCount = campaign.DeviceCount,
        Etag = campaign.Version.ToString(CultureInfo.InvariantCulture),
        CreatedAt = campaign.CreatedAt,
        UpdatedAt = campaign.UpdatedAt,
    };
}
