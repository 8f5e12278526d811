namespace Surety.Simulator;

/// <summary>Lets time pass for any number of things with one timer: what is due next stands in front of a queue.</summary>
/// <param name="time">The clock.</param>
/// <param name="random">Spreads the first steps, so that things of the same period do not all move at once.</param>
internal sealed class FleetClock(TimeProvider time, Random random) : IDisposable
{
    // Steps that are due within this time are done together.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(20);

    private readonly PriorityQueue<(ISimulated Thing, DateTimeOffset Last), DateTimeOffset> _due = new();
    private readonly HashSet<ISimulated> _removed = [];
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private bool _isDisposed;

    public void Add(ISimulated thing)
    {
        DateTimeOffset now = time.GetUtcNow();
        using Lock.Scope scope = _lock.EnterScope();
        _due.Enqueue((thing, now), now + (random.NextDouble() * thing.Period));
        if (_timer is not null)
            SetTimer();
    }

    /// <summary>Time passes no more for a thing.</summary>
    public void Remove(ISimulated thing)
    {
        using Lock.Scope scope = _lock.EnterScope();
        // It is passed over when its turn comes: the queue cannot be searched.
        _removed.Add(thing);
    }

    public void Start()
    {
        using Lock.Scope scope = _lock.EnterScope();
        _timer ??= time.CreateTimer(static state => ((FleetClock)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        SetTimer();
    }

    public void Dispose()
    {
        using Lock.Scope scope = _lock.EnterScope();
        _isDisposed = true;
        _timer?.Dispose();
    }

    private void OnTimer()
    {
        using Lock.Scope scope = _lock.EnterScope();
        if (_isDisposed)
            return;
        DateTimeOffset now = time.GetUtcNow();
        while (_due.TryPeek(out (ISimulated Thing, DateTimeOffset Last) next, out DateTimeOffset due) && due <= now + Grain)
        {
            _due.Dequeue();
            if (_removed.Remove(next.Thing))
                continue;
            next.Thing.Step(now, now - next.Last);
            _due.Enqueue((next.Thing, now), now + next.Thing.Period);
        }

        SetTimer();
    }

    private void SetTimer()
    {
        if (_isDisposed || !_due.TryPeek(out _, out DateTimeOffset due))
            return;
        TimeSpan left = due - time.GetUtcNow();
        _timer!.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
