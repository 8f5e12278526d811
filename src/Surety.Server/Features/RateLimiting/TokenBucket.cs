namespace Surety.Server.Features.RateLimiting;

/// <summary>
/// A token bucket: it holds at most <c>burst</c> tokens, gains <c>rate</c> in a second, and a request takes one. The limiters of
/// System.Threading.RateLimiting keep a clock of their own, whereas here time is passed in. Safe for concurrent use.
/// </summary>
internal sealed class TokenBucket(double burst, long now)
{
    private readonly Lock _lock = new();
    private double _tokens = burst;
    private long _filled = now;

    /// <summary>Takes a token.</summary>
    /// <param name="rate">Tokens a second.</param>
    /// <param name="burst">The most that it holds.</param>
    /// <param name="now">The time, ticks of 100 ns.</param>
    /// <param name="wait">When there is none: after what time there is one.</param>
    public bool TryTake(double rate, double burst, long now, out TimeSpan wait)
    {
        lock (_lock)
        {
            Fill(rate, burst, now);
            if (_tokens >= 1)
            {
                _tokens--;
                wait = TimeSpan.Zero;
                return true;
            }

            wait = TimeSpan.FromSeconds((1 - _tokens) / rate);
            return false;
        }
    }

    /// <summary>Puts a token back that was taken.</summary>
    public void Return(double burst)
    {
        lock (_lock)
            _tokens = Math.Min(burst, _tokens + 1);
    }

    /// <summary>True for a bucket that is as good as a new one.</summary>
    public bool IsFull(double rate, double burst, long now)
    {
        lock (_lock)
        {
            Fill(rate, burst, now);
            return _tokens >= burst;
        }
    }

    private void Fill(double rate, double burst, long now)
    {
        // A clock that was put back gives nothing.
        if (now > _filled)
            _tokens = Math.Min(burst, _tokens + (rate * (now - _filled) / TimeSpan.TicksPerSecond));
        _filled = now;
    }
}
