namespace Surety.Server.Features.Certificates;

/// <summary>How often one device may ask for certificates: so many in an hour, all of them at once if it likes.</summary>
/// <param name="perHour">How many.</param>
/// <param name="time">The clock.</param>
internal sealed class EstRateLimit(int perHour, TimeProvider time)
{
    // Devices that are remembered; beyond it those that have their full allowance again are forgotten.
    private const int Capacity = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<EntityId, DateTimeOffset> _fullAt = [];

    private TimeSpan Interval => TimeSpan.FromHours(1) / perHour;

    /// <summary>Takes one from the device's allowance.</summary>
    /// <param name="device">The device.</param>
    /// <param name="retryAfter">When it may ask again, if not now.</param>
    public bool TryTake(EntityId device, out TimeSpan retryAfter)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            // Each request moves the moment at which the allowance is full again by the time in which one accrues; it may be an hour away.
            var fullAt = _fullAt.TryGetValue(device, out var at) && at > now ? at : now;
            fullAt += Interval;
            retryAfter = fullAt - now - TimeSpan.FromHours(1);
            if (retryAfter > TimeSpan.Zero)
                return false;
            if (_fullAt.Count >= Capacity && !_fullAt.ContainsKey(device))
                Forget(now);
            _fullAt[device] = fullAt;
            retryAfter = TimeSpan.Zero;
            return true;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (device, at) in _fullAt)
        {
            if (at <= now)
                _fullAt.Remove(device);
        }

        // As many devices as that enrol within an hour: the ones that have asked least are forgotten, which lets them ask once more.
        if (_fullAt.Count >= Capacity)
        {
            foreach (var (device, _) in _fullAt.OrderBy(entry => entry.Value).Take(Capacity / 10).ToArray())
                _fullAt.Remove(device);
        }
    }
}
