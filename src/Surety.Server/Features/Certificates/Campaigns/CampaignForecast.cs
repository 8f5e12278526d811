namespace Surety.Server.Features.Certificates;

/// <summary>Which devices of a campaign will probably not have renewed before their certificate ends.</summary>
internal sealed record CampaignForecast
{
    /// <summary>Always <c>certificate-campaign-forecast</c>.</summary>
    public string Object { get; init; } = "certificate-campaign-forecast";

    /// <summary>Devices that have not renewed yet.</summary>
    public required int Open { get; init; }

    /// <summary>When the last of those that are connected will have been told, at the rate of the campaign.</summary>
    public required DateTimeOffset OrderedUntil { get; init; }

    /// <summary>Devices that cannot make it.</summary>
    public required int LateCount { get; init; }

    /// <summary>How many of them are counted only because nothing is known of how they wake.</summary>
    public required int UnknownCount { get; init; }

    /// <summary>The first 1000 of them, whose certificates end first.</summary>
    public required IReadOnlyList<LateDevice> Late { get; init; }
}
