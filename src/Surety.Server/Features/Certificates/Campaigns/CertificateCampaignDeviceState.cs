namespace Surety.Server.Features.Certificates;

/// <summary>What a renewal campaign has done with a device.</summary>
/// <remarks>The numbers are stored.</remarks>
internal enum CertificateCampaignDeviceState
{
    Waiting = 0,
    Ordered = 1,
    Succeeded = 2,
    Failed = 3,
}
