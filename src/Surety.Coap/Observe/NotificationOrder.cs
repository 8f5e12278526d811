namespace Surety.Coap;

/// <summary>Which of two notifications is newer (RFC 7641, 3.4). Over reliable transports order is the order of arrival (RFC 8323, 7.1).</summary>
public struct NotificationOrder
{
    // After this time a sequence number may have wrapped.
    private const long MaxReordering = 128_000;

    private uint _sequence;
    private long _time;
    private bool _hasAny;

    /// <summary>Takes note of a notification unless it is older than the newest so far.</summary>
    /// <param name="sequence">The value of its Observe option, 24 bits.</param>
    /// <param name="now">When it came, milliseconds of any clock that never goes back.</param>
    /// <returns>False when it came late and must not replace what is known.</returns>
    public bool TryAdvance(uint sequence, long now)
    {
        if (_hasAny && !IsNewer(_sequence, sequence) && now <= _time + MaxReordering)
            return false;
        _hasAny = true;
        _sequence = sequence;
        _time = now;
        return true;
    }

    private static bool IsNewer(uint v1, uint v2) => (v1 < v2 && v2 - v1 < 1 << 23) || (v1 > v2 && v1 - v2 > 1 << 23);
}
