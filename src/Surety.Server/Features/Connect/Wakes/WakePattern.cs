namespace Surety.Server.Features.Connect;

/// <summary>How a device wakes.</summary>
/// <param name="LastAt">When it last did.</param>
/// <param name="Typical">Between two wakes: the median of those that are kept.</param>
/// <param name="Longest">The longest of them.</param>
/// <param name="Count">How many intervals are known: 1 to <see cref="DeviceWake.MaxIntervals"/>.</param>
internal readonly record struct WakePattern(DateTimeOffset LastAt, TimeSpan Typical, TimeSpan Longest, int Count)
{
    /// <summary>When it is to be heard from next.</summary>
    public DateTimeOffset Expected => LastAt + Typical;
}
