namespace Surety.Server.Features.Certificates;

/// <summary>Where a running campaign is, in memory: how many devices it may tell now, and which it looks at next.</summary>
internal sealed class CampaignPace(DateTimeOffset now)
{
    private DateTimeOffset _last = now;
    private double _tokens = 1;

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

    /// <summary>A device was told.</summary>
    public void Take() => _tokens--;
}
