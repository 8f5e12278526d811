namespace Surety.Lwm2m.Server;

/// <summary>
/// When registrations end: a wheel of one-second ticks. An update only moves the registration's own time; the wheel learns of it when the old
/// time comes, so that updates cost nothing here. Guarded by the store's lock.
/// </summary>
internal sealed class ExpiryWheel
{
    private const int BucketCount = 4096;
    private const int BucketMask = BucketCount - 1;

    private readonly Registration?[] _buckets = new Registration?[BucketCount];
    private long _tick;

    public ExpiryWheel(long now) => _tick = now / 1000;

    public void Schedule(Registration registration)
    {
        Remove(registration);
        if (registration.ExpiresAtMilliseconds == long.MaxValue)
            return;
        // Far times go round until they are near.
        long tick = Math.Clamp((registration.ExpiresAtMilliseconds + 999) / 1000, _tick + 1, _tick + BucketMask);
        registration.ExpiryBucket = (int)tick & BucketMask;
        registration.NextToExpire = _buckets[registration.ExpiryBucket];
        registration.NextToExpire?.PreviousToExpire = registration;
        _buckets[registration.ExpiryBucket] = registration;
    }

    public void Remove(Registration registration)
    {
        if (registration.ExpiryBucket < 0)
            return;
        if (registration.PreviousToExpire is { } previous)
            previous.NextToExpire = registration.NextToExpire;
        else
            _buckets[registration.ExpiryBucket] = registration.NextToExpire;
        registration.NextToExpire?.PreviousToExpire = registration.PreviousToExpire;
        registration.NextToExpire = registration.PreviousToExpire = null;
        registration.ExpiryBucket = -1;
    }

    /// <summary>The clock shows another time than it would if it had run on evenly; everything is to be scheduled anew.</summary>
    public void Restart(long now) => _tick = now / 1000;

    /// <summary>Takes out what has ended by now.</summary>
    public void Advance(long now, List<Registration> ended)
    {
        long target = now / 1000;
        // After a long pause each bucket need be looked at only once.
        _tick = Math.Max(_tick, target - BucketCount);
        while (_tick < target)
        {
            _tick++;
            Registration? registration = _buckets[(int)_tick & BucketMask];
            while (registration is not null)
            {
                Registration? next = registration.NextToExpire;
                if (registration.ExpiresAtMilliseconds <= now)
                {
                    Remove(registration);
                    ended.Add(registration);
                }
                else
                {
                    Schedule(registration);
                }

                registration = next;
            }
        }
    }
}
