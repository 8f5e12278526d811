using System.Numerics;

namespace Surety.Coap;

/// <summary>
/// Timers in constant time: a wheel of 16 ms ticks that spans 262 s, which covers EXCHANGE_LIFETIME. A node fires at its deadline or at most
/// one tick later; deadlines beyond the span go round again.
/// </summary>
internal sealed class TimerWheel
{
    private const int TickShift = 4;
    private const int BucketCount = 1 << 14;
    private const int BucketMask = BucketCount - 1;

    private readonly TimerNode?[] _heads = new TimerNode?[BucketCount];
    private readonly ulong[] _occupied = new ulong[BucketCount / 64];
    private long _tick;

    public TimerWheel(long now) => _tick = now >> TickShift;

    public int Count { get; private set; }

    /// <summary>When to call <see cref="Advance"/> next; <see cref="long.MaxValue"/> when nothing is scheduled.</summary>
    public long NextTimeout
    {
        get
        {
            if (Count == 0)
                return long.MaxValue;
            int start = (int)(_tick + 1) & BucketMask;
            int found = NextOccupied(start);
            return (_tick + 1 + ((found - start) & BucketMask)) << TickShift;
        }
    }

    /// <summary>Puts a node in, or moves it.</summary>
    public void Schedule(TimerNode node, long deadline)
    {
        if (node.IsScheduled)
            Cancel(node);
        node.Deadline = deadline;
        long tick = (deadline + (1 << TickShift) - 1) >> TickShift;
        tick = Math.Clamp(tick, _tick + 1, _tick + BucketMask);
        int bucket = (int)tick & BucketMask;
        node.Bucket = bucket;
        node.PreviousNode = null;
        node.NextNode = _heads[bucket];
        node.NextNode?.PreviousNode = node;
        _heads[bucket] = node;
        _occupied[bucket >> 6] |= 1UL << (bucket & 63);
        Count++;
    }

    public void Cancel(TimerNode node)
    {
        if (!node.IsScheduled)
            return;
        if (node.PreviousNode is { } previous)
            previous.NextNode = node.NextNode;
        else if ((_heads[node.Bucket] = node.NextNode) is null)
            _occupied[node.Bucket >> 6] &= ~(1UL << (node.Bucket & 63));
        node.NextNode?.PreviousNode = node.PreviousNode;
        node.NextNode = node.PreviousNode = null;
        node.Bucket = -1;
        Count--;
    }

    /// <summary>Fires what is due. What a node throws comes out here; to call again then fires the others.</summary>
    public void Advance(long now)
    {
        long target = now >> TickShift;
        while (_tick < target)
        {
            if (Count == 0)
            {
                _tick = target;
                return;
            }

            int start = (int)(_tick + 1) & BucketMask;
            long tick = _tick + 1 + ((NextOccupied(start) - start) & BucketMask);
            if (tick > target)
            {
                _tick = target;
                return;
            }

            _tick = tick;
            Fire((int)tick & BucketMask, now);
        }
    }

    private void Fire(int bucket, long now)
    {
        try
        {
            // Nodes that are put back go to a later tick, so that this ends.
            while (_heads[bucket] is { } node)
            {
                Cancel(node);
                if (node.Deadline > now)
                    Schedule(node, node.Deadline);
                else
                    node.OnTimeout(now);
            }
        }
        finally
        {
            // A node has thrown: those behind it fire in the next turn.
            if (_heads[bucket] is not null)
                _tick--;
        }
    }

    private int NextOccupied(int start)
    {
        int word = start >> 6;
        ulong bits = _occupied[word] & (ulong.MaxValue << (start & 63));
        while (bits == 0)
        {
            word = (word + 1) & ((BucketCount / 64) - 1);
            bits = _occupied[word];
        }

        return (word << 6) + BitOperations.TrailingZeroCount(bits);
    }
}
