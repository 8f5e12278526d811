using Surety.Testing.Coap;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>The time of a simulated network, with timers.</summary>
internal sealed class SimulatedClock(SimulatedNetwork network) : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];

    public override long TimestampFrequency => 1000;

    /// <summary>When the next timer is due; milliseconds of the network's time.</summary>
    public long NextDue
    {
        get
        {
            lock (_lock)
                return _timers.Count == 0 ? long.MaxValue : _timers.Min(timer => timer.Due);
        }
    }

    public override DateTimeOffset GetUtcNow() => Beginning.AddMilliseconds(network.Now);

    public override long GetTimestamp() => network.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void FireDue()
    {
        while (true)
        {
            Timer? due;
            lock (_lock)
            {
                due = _timers.Where(timer => timer.Due <= network.Now).MinBy(timer => timer.Due);
                due?.Advance();
            }

            if (due is null)
                return;
            due.Fire();
        }
    }

    private sealed class Timer(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
    {
        private long _period;

        public long Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                _period = period > TimeSpan.Zero ? (long)period.TotalMilliseconds : 0;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = clock.GetTimestamp() + (long)Math.Ceiling(dueTime.TotalMilliseconds);
                clock._timers.Add(this);
                return true;
            }
        }

        public void Advance()
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
