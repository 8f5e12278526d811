using System.Diagnostics.CodeAnalysis;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// A table of a million small rows that many threads read and few change: parts with a lock each, so that nobody waits, and none grows at once.
/// </summary>
/// <typeparam name="TValue">A structure: rows lie in the table itself.</typeparam>
internal sealed class ShardedTable<TValue>
    where TValue : struct
{
    private const int Shards = 64;

    private readonly Dictionary<UInt128, TValue>[] _shards = new Dictionary<UInt128, TValue>[Shards];

    public ShardedTable()
    {
        for (var i = 0; i < Shards; i++)
            _shards[i] = [];
    }

    public bool TryGet(UInt128 key, [MaybeNullWhen(false)] out TValue value)
    {
        var shard = ShardOf(key);
        lock (shard)
            return shard.TryGetValue(key, out value);
    }

    public bool Contains(UInt128 key) => TryGet(key, out _);

    public void Set(UInt128 key, in TValue value)
    {
        var shard = ShardOf(key);
        lock (shard)
            shard[key] = value;
    }

    public bool Remove(UInt128 key)
    {
        var shard = ShardOf(key);
        lock (shard)
            return shard.Remove(key);
    }

    /// <summary>All keys of this moment.</summary>
    public HashSet<UInt128> Keys()
    {
        var keys = new HashSet<UInt128>();
        foreach (var shard in _shards)
        {
            lock (shard)
                keys.UnionWith(shard.Keys);
        }

        return keys;
    }

    /// <summary>Gives back room that growing has left over.</summary>
    public void TrimExcess()
    {
        foreach (var shard in _shards)
        {
            lock (shard)
                shard.TrimExcess();
        }
    }

    // Keys are hashes or random: their low bits are as good as any.
    private Dictionary<UInt128, TValue> ShardOf(UInt128 key) => _shards[(int)((ulong)key % Shards)];
}
