using System.Collections.Concurrent;

namespace Surety.Server.Features.RateLimiting;

/// <summary>A bucket for each of those who make requests; their number is bounded. Safe for concurrent use.</summary>
/// <param name="rate">Requests a second; 0: any number.</param>
/// <param name="burst">Requests at once.</param>
/// <param name="time">The clock.</param>
internal sealed class RateLimiter<TKey>(long rate, long burst, TimeProvider time)
    where TKey : notnull
{
    private const int MaxBuckets = 50_000;

    private readonly ConcurrentDictionary<TKey, TokenBucket> _buckets = [];
    private long _cleaned;

    /// <summary>Counts a request.</summary>
    /// <param name="key">Who makes it.</param>
    /// <param name="wait">When it is one too many: after what time the next is not.</param>
    public bool TryTake(TKey key, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (rate == 0)
            return true;
        var now = time.GetUtcNow().UtcTicks;
        if (!_buckets.TryGetValue(key, out var bucket))
        {
            Clean(now);
            bucket = _buckets.GetOrAdd(key, new TokenBucket(burst, now));
        }

        return bucket.TryTake(rate, burst, now, out wait);
    }

    /// <summary>Takes back what was counted for a request that turned out not to count.</summary>
    public void Return(TKey key)
    {
        if (_buckets.TryGetValue(key, out var bucket))
            bucket.Return(burst);
    }

    private void Clean(long now)
    {
        if (_buckets.Count < MaxBuckets)
            return;
        // At most once a second: it goes through all of them.
        var last = Interlocked.Read(ref _cleaned);
        if (now - last < TimeSpan.TicksPerSecond || Interlocked.CompareExchange(ref _cleaned, now, last) != last)
            return;
        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.IsFull(rate, burst, now))
                _buckets.TryRemove(key, out _);
        }

        // So many at once are made up; forgetting some is better than memory without bound.
        if (_buckets.Count >= MaxBuckets)
            _buckets.Clear();
    }
}
