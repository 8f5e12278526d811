using System.Diagnostics.CodeAnalysis;

namespace Surety.Coap;

/// <summary>
/// Transfers in progress, in bounded memory: those idle for too long go first, then the least recently used (RFC 7959, 2.4, 2.5: a
/// server may discard at any time, and clients start over). Safe to use from several threads; a transfer itself belongs to the thread
/// that serves its peer.
/// </summary>
/// <param name="maxBytes">The most bytes held by all transfers together.</param>
/// <param name="maxIdle">Milliseconds after which an unused transfer is dropped.</param>
internal sealed class TransferStore<T>(long maxBytes, long maxIdle)
    where T : Transfer
{
    // What a transfer costs besides its body.
    private const int Overhead = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<TransferKey, LinkedListNode<T>> _transfers = [];
    private readonly LinkedList<T> _byUse = new();
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_lock)
                return _transfers.Count;
        }
    }

    public long Bytes
    {
        get
        {
            lock (_lock)
                return _bytes;
        }
    }

    public bool TryGet(in TransferKey key, long now, [NotNullWhen(true)] out T? transfer)
    {
        lock (_lock)
        {
            if (_transfers.TryGetValue(key, out LinkedListNode<T>? node) && now - node.Value.LastUsed <= maxIdle)
            {
                transfer = node.Value;
                transfer.LastUsed = now;
                _byUse.Remove(node);
                _byUse.AddLast(node);
                return true;
            }
        }

        transfer = null;
        return false;
    }

    /// <summary>Adds a transfer in place of one with the same key; makes room by dropping others.</summary>
    public void Set(in TransferKey key, T transfer, long now)
    {
        List<T>? dropped;
        lock (_lock)
        {
            dropped = Take(key) is { } old ? [old] : null;
            transfer.Key = key;
            transfer.LastUsed = now;
            _transfers[key] = _byUse.AddLast(transfer);
            Measure(transfer);
            MakeRoom(transfer, now, ref dropped);
        }

        Abort(dropped);
    }

    /// <summary>The transfer has grown.</summary>
    public void Recount(T transfer, long now)
    {
        List<T>? dropped = null;
        lock (_lock)
        {
            if (!_transfers.TryGetValue(transfer.Key, out LinkedListNode<T>? node) || node.Value != transfer)
                return;
            Measure(transfer);
            MakeRoom(transfer, now, ref dropped);
        }

        Abort(dropped);
    }

    /// <summary>Removes a transfer without aborting it.</summary>
    public void Remove(in TransferKey key)
    {
        lock (_lock)
            Take(key);
    }

    /// <summary>Drops what is idle for too long.</summary>
    public void Sweep(long now)
    {
        List<T>? dropped = null;
        lock (_lock)
            MakeRoom(null, now, ref dropped);
        Abort(dropped);
    }

    private void MakeRoom(T? keep, long now, ref List<T>? dropped)
    {
        while (_byUse.First is { } oldest && oldest.Value != keep && (_bytes > maxBytes || now - oldest.Value.LastUsed > maxIdle))
        {
            Take(oldest.Value.Key);
            (dropped ??= []).Add(oldest.Value);
        }
    }

    private T? Take(in TransferKey key)
    {
        if (!_transfers.Remove(key, out LinkedListNode<T>? node))
            return null;
        _byUse.Remove(node);
        _bytes -= node.Value.CountedBytes;
        return node.Value;
    }

    private void Measure(T transfer)
    {
        _bytes -= transfer.CountedBytes;
        transfer.CountedBytes = transfer.Bytes + Overhead;
        _bytes += transfer.CountedBytes;
    }

    private static void Abort(List<T>? dropped)
    {
        foreach (T transfer in dropped ?? [])
            transfer.Abort();
    }
}
