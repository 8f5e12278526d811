namespace Surety.Device;

/// <summary>
/// The time that a device believes. Its clock may be wrong by years: it is never believed to be before a time that is known to have been, and
/// it is set by what a server writes to <c>/3/0/13</c>.
/// </summary>
/// <param name="inner">The machine's clock.</param>
internal sealed class DeviceClock(TimeProvider inner) : TimeProvider
{
    private long _offset;
    private long _floor;

    /// <inheritdoc/>
    public override long TimestampFrequency => inner.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    /// <summary>Sets it.</summary>
    public void Set(DateTimeOffset time)
    {
        Volatile.Write(ref _offset, (time - inner.GetUtcNow()).Ticks);
        Volatile.Write(ref _floor, 0);
    }

    /// <summary>It is this time, or later.</summary>
    public void AtLeast(DateTimeOffset time) => Volatile.Write(ref _floor, Math.Max(Volatile.Read(ref _floor), time.UtcTicks));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        DateTimeOffset now = inner.GetUtcNow();
        long ticks = now.Ticks + Volatile.Read(ref _offset);
        return new DateTimeOffset(Math.Clamp(Math.Max(ticks, Volatile.Read(ref _floor)), DateTimeOffset.UnixEpoch.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => inner.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
