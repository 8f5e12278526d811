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
}
