using System.Diagnostics.CodeAnalysis;
using Surety.Coap;
using Surety.Lwm2m;

namespace Surety.Server.Features.Connect;

/// <summary>What devices answered to reads, while it is fresh, in bounded memory: the least recently used goes first. Thread-safe.</summary>
internal sealed class ValueCache(TimeProvider time, long maxBytes = ValueCache.DefaultBytes)
{
    private const long DefaultBytes = 32 * 1024 * 1024;

    // What an entry costs besides its payload.
    private const int Overhead = 250;

    private readonly Lock _lock = new();
    private readonly Dictionary<EntityId, List<LinkedListNode<Entry>>> _byDevice = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _bytes;

    public void Set(EntityId device, Lwm2mPath path, ContentFormat? accept, CachedValue value)
    {
        if (value.MaxAge <= TimeSpan.Zero)
            return;
        lock (_lock)
        {
            Remove(device, entry => entry.Path == path && entry.Accept == accept);
            var node = _byUse.AddLast(new Entry(device, path, accept, value));
            if (!_byDevice.TryGetValue(device, out var entries))
                _byDevice.Add(device, entries = []);
            entries.Add(node);
            _bytes += node.Value.Bytes;
            while (_bytes > maxBytes && _byUse.First is { } oldest)
                Drop(oldest);
        }
    }

    /// <summary>A fresh value of the path, in the wanted format or, when none is wanted, in any.</summary>
    public bool TryGet(EntityId device, Lwm2mPath path, ContentFormat? accept, [NotNullWhen(true)] out CachedValue? value)
    {
        value = null;
        lock (_lock)
        {
            if (!_byDevice.TryGetValue(device, out var entries))
                return false;
            var node = entries.Find(n => n.Value.Path == path && (accept is null || n.Value.Accept == accept || n.Value.Value.Format == accept));
            if (node is null)
                return false;
            if (!node.Value.Value.IsFresh(time.GetUtcNow()))
            {
                Drop(node);
                return false;
            }

            _byUse.Remove(node);
            _byUse.AddLast(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>Something was done to the path: what is known of it, and of what holds or belongs to it, is old.</summary>
    public void Invalidate(EntityId device, Lwm2mPath path)
    {
        lock (_lock)
            Remove(device, entry => entry.Path.StartsWith(path) || path.StartsWith(entry.Path));
    }

    /// <summary>The device has gone, or begun anew.</summary>
    public void Invalidate(EntityId device)
    {
        lock (_lock)
            Remove(device, _ => true);
    }

    private void Remove(EntityId device, Predicate<Entry> which)
    {
        if (!_byDevice.TryGetValue(device, out var entries))
            return;
        foreach (var node in entries.Where(n => which(n.Value)).ToArray())
            Drop(node);
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _bytes -= node.Value.Bytes;
        var entries = _byDevice[node.Value.Device];
        entries.Remove(node);
        if (entries.Count == 0)
            _byDevice.Remove(node.Value.Device);
    }

    private sealed record Entry(EntityId Device, Lwm2mPath Path, ContentFormat? Accept, CachedValue Value)
    {
        public int Bytes => Overhead + Value.Payload.Length;
    }
}
