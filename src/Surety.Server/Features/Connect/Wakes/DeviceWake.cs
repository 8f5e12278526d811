using System.Globalization;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Connect;

/// <summary>How a device has come to be heard from lately. The id is the device's.</summary>
[NotAudited("how devices wake")]
internal sealed class DeviceWake : IEntity, IAccountOwned
{
    /// <summary>Intervals that are kept.</summary>
    public const int MaxIntervals = 8;

    /// <summary>Contacts that are closer together are one wake.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromHours(1);

    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>The last wake.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>Seconds between the wakes before, the latest last, divided by commas.</summary>
    public string Intervals { get; set; } = "";

    /// <summary>The device was heard from.</summary>
    /// <returns>False: that was the same wake.</returns>
    public bool Add(DateTimeOffset at)
    {
        var interval = at - LastAt;
        if (interval < Resolution)
            return false;
        var seconds = ((long)interval.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        Intervals = string.Join(',', Read().Select(one => one.ToString(CultureInfo.InvariantCulture)).Append(seconds).TakeLast(MaxIntervals));
        LastAt = at;
        return true;
    }

    /// <summary>What it comes to; null: it was heard from once, which says nothing.</summary>
    public WakePattern? ToPattern()
    {
        var intervals = Read();
        if (intervals.Count == 0)
            return null;
        var sorted = intervals.Order().ToList();
        // Of an even number the longer one in the middle: a forecast errs on the safe side.
        return new WakePattern(LastAt, TimeSpan.FromSeconds(sorted[sorted.Count / 2]), TimeSpan.FromSeconds(sorted[^1]), sorted.Count);
    }

    private List<long> Read() => Intervals.Length == 0 ? [] : [.. Intervals.Split(',').Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
}
