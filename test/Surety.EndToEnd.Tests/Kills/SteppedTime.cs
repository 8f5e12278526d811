namespace Surety.EndToEnd.Tests.Kills;

/// <summary>The system's time, and steps ahead: what a device waits minutes for is there at once. Its timers know of the steps.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<SteppedTimer> _timers = [];
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return base.GetUtcNow() + _ahead;
    }

    public override long GetTimestamp()
    {
        lock (_lock)
            return base.GetTimestamp() + (long)(_ahead.TotalSeconds * TimestampFrequency);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteppedTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_lock)
            _timers.Add(timer);
        return timer;
    }

    public void Step(TimeSpan by)
    {
        SteppedTimer[] timers;
        lock (_lock)
        {
            _ahead += by;
            timers = [.. _timers];
        }

        foreach (SteppedTimer timer in timers)
            timer.Step(by);
    }

    private sealed class SteppedTimer : ITimer
    {
        private readonly SteppedTime _time;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly Lock _lock = new();
        private readonly ITimer _timer;
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public SteppedTimer(SteppedTime time, TimerCallback callback, object? state)
        {
            _time = time;
            _callback = callback;
            _state = state;
            _timer = System.CreateTimer(static self => ((SteppedTimer)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _due = dueTime == Timeout.InfiniteTimeSpan ? null : System.GetUtcNow() + dueTime;
                _period = period;
                return _timer.Change(dueTime, period);
            }
        }

        public void Step(TimeSpan by)
        {
            lock (_lock)
            {
                if (_due is not { } due)
                    return;
                TimeSpan left = due - by - System.GetUtcNow();
                _due = due - by;
                _timer.Change(left < TimeSpan.Zero ? TimeSpan.Zero : left, _period);
            }
        }

        public void Dispose()
        {
            _timer.Dispose();
            lock (_time._lock)
                _time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire()
        {
            lock (_lock)
                _due = _due is not null && _period > TimeSpan.Zero ? System.GetUtcNow() + _period : null;
            _callback(_state);
        }
    }
}
