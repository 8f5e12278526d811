using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>The renewal of a certificate of many devices. An addition of Surety.</summary>
[Audited("certificate_campaign", Label = nameof(Name))]
internal sealed class CertificateCampaign : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The certificate that is renewed.</summary>
    public required string CertificateName { get; init; }

    /// <summary>A filter of the device directory; empty means every device.</summary>
    public required string DeviceFilter { get; init; }

    /// <summary>Orders a minute, at most.</summary>
    public int RatePerMinute { get; init; }

    /// <summary>Shares of the devices that are let in one after the other, percent, ascending, the last one 100: <c>5,25,100</c>.</summary>
    public required string Stages { get; init; }

    /// <summary>The campaign stops when more than this share of the devices that are done has failed, percent.</summary>
    public int MaxFailurePercent { get; init; }

    public CertificateCampaignState State { get; set; }

    /// <summary>Why it is stopped.</summary>
    public string? StateDetail { get; set; }

    /// <summary>Which of the stages is open, from 0.</summary>
    public int Stage { get; set; }

    /// <summary>Devices that were chosen at the start.</summary>
    public int DeviceCount { get; set; }

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }
}
