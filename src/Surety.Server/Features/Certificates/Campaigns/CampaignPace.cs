namespace Surety.Server.Features.Certificates;

/// <summary>Where a running campaign is, in memory: how many devices it may tell now, and which it looks at next.</summary>
internal sealed class CampaignPace(DateTimeOffset now)
{
    private static readonly TimeSpan CountLifetime = TimeSpan.FromSeconds(10);

    private DateTimeOffset _last = now;
    private double _tokens = 1;
    private CertificateCampaignStatistics? _count;
    private (DateTimeOffset Time, long Version) _counted;

    /// <summary>The place of the device to look at next.</summary>
    public int Next { get; set; }

    /// <summary>A device that could be told was seen since the first place.</summary>
    public bool HasSeenConnected { get; set; }

    /// <summary>Whole devices that may be told now. What is not used adds up to six seconds' worth, no more: no burst after a pause.</summary>
    public int Refill(DateTimeOffset now, int ratePerMinute)
    {
        var elapsed = Math.Max(0, (now - _last).TotalMinutes);
        _last = now;
        _tokens = Math.Min(Math.Max(1, ratePerMinute / 10.0), _tokens + (elapsed * ratePerMinute));
        return (int)_tokens;
    }

    /// <summary>
    /// The count of the campaign's devices, while nothing is known to have changed it. Devices that are deleted go without a word: it is good for
    /// <see cref="CountLifetime"/>.
    /// </summary>
    public CertificateCampaignStatistics? CountAt(DateTimeOffset now, long version) => _counted.Version == version && now - _counted.Time < CountLifetime ? _count : null;

    /// <summary>Keeps a count; null: it has changed.</summary>
    public void Keep(CertificateCampaignStatistics? count, DateTimeOffset now, long version) => (_count, _counted) = (count, (now, version));

    /// <summary>A device was told.</summary>
    public void Take() => _tokens--;
}
