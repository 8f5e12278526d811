namespace Surety.Testing.Coap;

/// <summary>The clock of a <see cref="SimulatedNetwork"/>; its timers fire as simulated time passes.</summary>
internal sealed class SimulatedClock(SimulatedNetwork network, Action onCallback) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<SimulatedTimer> _timers = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due, milliseconds of the network's time.</summary>
    public long NextDue
    {
        get
        {
            lock (_lock)
                return _timers.Count == 0 ? long.MaxValue : _timers.Min(t => t.Due);
        }
    }

    public override long GetTimestamp() => network.Now * TimeSpan.TicksPerMillisecond;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddMilliseconds(network.Now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Fires what is due, in order.</summary>
    public void Fire()
    {
        while (true)
        {
            SimulatedTimer? due;
            lock (_lock)
            {
                due = _timers.Where(t => t.Due <= network.Now).MinBy(t => t.Due);
                due?.Reschedule();
            }

            if (due is null)
                return;
            due.Fire();
            onCallback();
        }
    }

    private sealed class SimulatedTimer(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
    {
        private long _period;

        public long Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                _period = (long)period.TotalMilliseconds;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = clock.GetTimestamp() / TimeSpan.TicksPerMillisecond + (long)Math.Ceiling(dueTime.TotalMilliseconds);
                clock._timers.Add(this);
                return true;
            }
        }

        public void Reschedule()
        {
            if (_period > 0)
                Due += _period;
            else
                clock._timers.Remove(this);
        }

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
