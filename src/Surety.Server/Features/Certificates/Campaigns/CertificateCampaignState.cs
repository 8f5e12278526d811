namespace Surety.Server.Features.Certificates;

/// <summary>How far a renewal campaign is.</summary>
/// <remarks>The numbers are stored.</remarks>
internal enum CertificateCampaignState
{
    /// <summary>It was made, and no device was chosen yet.</summary>
    Draft = 0,

    /// <summary>Devices are told to renew as they come.</summary>
    Running = 1,

    /// <summary>An operator, or too many failures, have stopped it; it can go on.</summary>
    Stopped = 2,

    /// <summary>Every device has renewed or failed.</summary>
    Completed = 3,
}
