using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>A device in a renewal campaign.</summary>
[NotAudited("the progress of a campaign")]
internal sealed class CertificateCampaignDevice : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public EntityId CampaignId { get; init; }

    public EntityId DeviceId { get; init; }

    /// <summary>Its place, from 0: the stages count by it.</summary>
    public int Ordinal { get; init; }

    public CertificateCampaignDeviceState State { get; set; }

    /// <summary>The renewal that was ordered last.</summary>
    public EntityId? EnrollmentId { get; set; }

    /// <summary>Why it failed.</summary>
    public string? Detail { get; set; }
}
