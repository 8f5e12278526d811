using Surety.Coap;

namespace Surety.Server;

/// <summary>
/// Makes ids: 48 bits of milliseconds, a 16-bit counter within the millisecond, 64 random bits. Every id is greater than the one before,
/// also when the clock stands still or goes back; the random half keeps the ids of several nodes apart. Safe for concurrent use.
/// </summary>
internal sealed class EntityIdGenerator(TimeProvider time)
{
    private ulong _last;

    /// <summary>A new id, greater than every id that this generator gave before.</summary>
    public EntityId Next()
    {
        var earliest = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds() << 16;
        while (true)
        {
            var last = Volatile.Read(ref _last);
            // A counter that is full runs over into the milliseconds: the ids are then some milliseconds ahead of the clock, and in order.
            var next = Math.Max(earliest, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
                return new EntityId(next, RandomNumbers.NextUInt64());
        }
    }
}
