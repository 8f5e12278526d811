using System.Buffers;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Notifications;

/// <summary>Events that were read from a queue to be delivered together. Dispose it when they are rendered; the rest stays valid.</summary>
internal sealed class ChannelBatch : IDisposable
{
    private readonly int[] _kinds = new int[(int)ChannelEventKind.AsyncResponse + 1];
    private byte[] _bytes = [];
    private int _length;
    private Entry[] _entries = [];

    public ChannelBatch(LogPosition start) => Start = End = start;

    /// <summary>Where the first event was looked for.</summary>
    public LogPosition Start { get; }

    /// <summary>Where the next batch begins.</summary>
    public LogPosition End { get; private set; }

    /// <summary>Events to deliver.</summary>
    public int Count { get; private set; }

    /// <summary>Records that are done with once this batch is delivered: also those that were too old.</summary>
    public int Records { get; private set; }

    /// <summary>Those of them that lie in the segment of <see cref="End"/>.</summary>
    public int RecordsInLastSegment { get; private set; }

    /// <summary>About the size of the events as JSON, bytes.</summary>
    public int EstimatedSize { get; private set; }

    /// <summary>How many events of a kind there are.</summary>
    public int CountOf(ChannelEventKind kind) => _kinds[(int)kind];

    public void Add(LogPosition position, LogPosition next, ReadOnlySpan<byte> record, int estimatedSize)
    {
        Skip(next);
        if (_length + record.Length > _bytes.Length)
            Grow(ref _bytes, _length, Math.Max(_length + record.Length, 4096));
        if (Count == _entries.Length)
            Grow(ref _entries, Count, Math.Max(Count + 1, 64));
        record.CopyTo(_bytes.AsSpan(_length));
        _entries[Count++] = new Entry(position, _length, record.Length);
        _length += record.Length;
        _kinds[record[0]]++;
        EstimatedSize += estimatedSize;
    }

    /// <summary>Passes over a record that is not delivered.</summary>
    public void Skip(LogPosition next)
    {
        RecordsInLastSegment = next.Segment == End.Segment ? RecordsInLastSegment + 1 : 1;
        Records++;
        End = next;
    }

    /// <summary>An event: where it lies in the log, and its bytes.</summary>
    public ReadOnlySpan<byte> Get(int index, out LogPosition position)
    {
        var entry = _entries[index];
        position = entry.Position;
        return _bytes.AsSpan(entry.Offset, entry.Length);
    }

    public void Dispose()
    {
        Return(ref _bytes);
        Return(ref _entries);
    }

    private static void Grow<T>(ref T[] array, int used, int needed)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(needed, array.Length * 2));
        array.AsSpan(0, used).CopyTo(larger);
        Return(ref array);
        array = larger;
    }

    private static void Return<T>(ref T[] array)
    {
        if (array.Length > 0)
            ArrayPool<T>.Shared.Return(array);
        array = [];
    }

    private readonly record struct Entry(LogPosition Position, int Offset, int Length);
}
