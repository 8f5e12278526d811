using System.Runtime.InteropServices;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Notifications;

/// <summary>
/// The events of one channel that are not delivered yet: a log in a directory of its own, and a cursor. What was flushed is there again after
/// a restart, and so is the cursor. Many threads append; one consumer at a time reads and confirms.
/// </summary>
internal sealed class ChannelQueue : IDisposable
{
    private const string LogName = "events";
    private const string StateFile = "state";

    // A file that is done with is given up for a new one from this size on, so that an idle channel takes little space.
    private const int MaxConsumed = 256 * 1024;

    private static readonly AppendLogOptions LogOptions = new()
    {
        SegmentSize = ChannelLimits.Segment,
        MaxRecord = ChannelLimits.MaxEvent,
        MaxUnwritten = ChannelLimits.MaxUnwritten,
        SyncInterval = Timeout.InfiniteTimeSpan,
    };

    private readonly Lock _lock = new();
    private readonly Lock _fileLock = new();
    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly AppendLog _log;

    // Records that are not consumed, by segment, oldest first.
    private readonly List<SegmentUse> _segments = [];
    private ChannelState _state;
    private long _count;
    private long _dropped;
    private bool _isClosed;

    private ChannelQueue(string directory, EntityId account, TimeProvider time)
    {
        _directory = directory;
        _time = time;
        System.IO.Directory.CreateDirectory(directory);
        var isNew = !ChannelState.TryRead(StatePath(directory), out _state);
        _log = AppendLog.Open(directory, LogName, LogOptions, time);
        try
        {
            Restore(account, isNew);
        }
        catch
        {
            _log.Dispose();
            throw;
        }
    }

    /// <summary>Events that wait; those that are too old are among them for up to an hour.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Tells the ids of this queue's events from those of an earlier one.</summary>
    public long Epoch { get; private set; }

    /// <summary>The first event that is not delivered.</summary>
    public LogPosition Cursor
    {
        get
        {
            lock (_lock)
                return _state.Cursor;
        }
    }

    /// <summary>The application has polled the channel, some time.</summary>
    public bool IsPolled
    {
        get
        {
            lock (_lock)
                return _state.IsPolled;
        }
    }

    /// <summary>Opens the queue of a directory, or makes one.</summary>
    /// <exception cref="IOException">The files cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The files cannot be used.</exception>
    public static ChannelQueue Open(string directory, EntityId account, TimeProvider time) => new(directory, account, time);

    /// <summary>Whose queue the directory holds; false when that cannot be told.</summary>
    public static bool TryReadState(string directory, out ChannelState state) => ChannelState.TryRead(StatePath(directory), out state);

    /// <summary>Adds an event; it is kept, and can be read, after <see cref="Flush"/>. A queue that is closed takes it and does nothing.</summary>
    /// <exception cref="IOException">The disk takes nothing, and memory no more.</exception>
    public void Append(ReadOnlySpan<byte> record)
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            Count1(_log.Append(record).Segment, record);
            if (_segments.Count > 1 && _segments[^1].Count == 1)
                DropOverflow();
        }
    }

    /// <summary>Writes what was added.</summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public void Flush() => _log.Flush();

    /// <summary>Has the disk keep what waits; what is delivered need not be kept.</summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public void Sync()
    {
        if (Count > 0)
            _log.Sync();
    }

    /// <summary>Reads events from a position on, in order; null when there is none.</summary>
    /// <param name="from">The cursor, or the end of the batch before.</param>
    /// <param name="maxCount">Events at most.</param>
    /// <param name="maxSize">Bytes of JSON at most, about; one event is given in any case.</param>
    public ChannelBatch? Read(LogPosition from, int maxCount, int maxSize)
    {
        if (Count == 0)
            return null;
        var oldest = (_time.GetUtcNow() - ChannelLimits.EventLifetime).ToUnixTimeMilliseconds();
        var batch = new ChannelBatch(from);
        var order = new LifecycleOrder();
        try
        {
            _log.Read(from, (position, next, record) =>
            {
                if (!ChannelRecord.TryRead(record, out var channelEvent) || channelEvent.Milliseconds < oldest)
                {
                    batch.Skip(next);
                    return true;
                }

                var size = Envelope.EstimateSize(channelEvent);
                var isFull = batch.Count == maxCount || (batch.Count > 0 && batch.EstimatedSize + size > maxSize);
                if (isFull || !order.TryAdd(channelEvent))
                    return false;
                batch.Add(position, next, record, size);
                return true;
            });
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile: whoever waits for more is told otherwise.
        }

        if (batch.Records > 0)
            return batch;
        batch.Dispose();
        return null;
    }

    /// <summary>The events of a batch are delivered: they do not come again.</summary>
    public void Confirm(ChannelBatch batch)
    {
        lock (_lock)
        {
            if (_isClosed || batch.End <= _state.Cursor)
                return;
            while (_segments.Count > 0 && _segments[0].Number < batch.End.Segment)
                RemoveFirstSegment();
            if (_segments.Count > 0 && _segments[0].Number == batch.End.Segment)
            {
                CollectionsMarshal.AsSpan(_segments)[0].Count -= batch.RecordsInLastSegment;
                Interlocked.Add(ref _count, -batch.RecordsInLastSegment);
            }

            _state = _state with { Cursor = batch.End };
            if (batch.End == _log.End && batch.End.Offset > MaxConsumed)
                BeginSegment();
            _log.DeleteBefore(_state.Cursor.Segment);
        }

        Save();
    }

    /// <summary>The events before a position are delivered: they do not come again.</summary>
    /// <returns>False for a position that this queue has not had.</returns>
    public bool TryConfirm(LogPosition end)
    {
        using var batch = new ChannelBatch(Cursor);
        try
        {
            if (end > _log.End)
                return false;
            _log.Read(batch.Start, (_, next, _) =>
            {
                if (next > end)
                    return false;
                batch.Skip(next);
                return true;
            });
        }
        catch (ObjectDisposedException)
        {
            return false;
        }

        if (batch.Records > 0)
            Confirm(batch);
        return true;
    }

    /// <summary>Notes that the application polls.</summary>
    public void MarkPolled()
    {
        lock (_lock)
        {
            if (_state.IsPolled)
                return;
            _state = _state with { IsPolled = true };
        }

        Save();
    }

    /// <summary>Removes events that are too old. Call it now and then.</summary>
    /// <returns>How many events were dropped since the last call, because of their age or because the queue was full.</returns>
    public long Sweep()
    {
        var now = _time.GetUtcNow();
        var oldest = (now - ChannelLimits.EventLifetime).ToUnixTimeMilliseconds();
        lock (_lock)
        {
            if (_isClosed)
                return 0;
            if (_segments.Count > 0 && _segments[^1].FirstTime < (now - ChannelLimits.SegmentTime).ToUnixTimeMilliseconds())
                BeginSegment();
            var before = _count;
            while (_segments.Count > 0 && _segments[0].LastTime < oldest && _segments[0].Number < _log.End.Segment)
                DropFirstSegment();
            if (_count == before)
                return Interlocked.Exchange(ref _dropped, 0);
        }

        Save();
        return Interlocked.Exchange(ref _dropped, 0);
    }

    /// <summary>Closes the files; what is there stays. Events that come later are not taken.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            _isClosed = true;
        }

        try
        {
            _log.Dispose();
        }
        catch (IOException)
        {
            // What could not be written was never acknowledged.
        }
    }

    private static string StatePath(string directory) => Path.Combine(directory, StateFile);

    private void Restore(EntityId account, bool isNew)
    {
        var isBehind = _state.Cursor > _log.End;
        if (isNew || isBehind)
        {
            // The cursor is kept, and the end of the log is not, after a failure of power at an unlucky time. What comes now must not be taken
            // for what was delivered at the same place.
            var cursor = isBehind ? _log.End : _log.Start;
            _state = new ChannelState(account, _time.GetUtcNow().ToUnixTimeMilliseconds(), cursor, _state.IsPolled);
        }

        _state = _state with { Account = account, Cursor = _state.Cursor < _log.Start ? _log.Start : _state.Cursor };
        _log.Read(_state.Cursor, (position, _, record) =>
        {
            Count1(position.Segment, record);
            return true;
        });
        // Nor must it be taken for what was lost from the end of the log.
        BeginSegment();
        Epoch = _state.Epoch;
        if (isNew)
            _state.Write(StatePath(_directory));
        else
            Save();
    }

    private void Count1(int segment, ReadOnlySpan<byte> record)
    {
        ChannelRecord.TryReadTime(record, out var time);
        if (_segments.Count == 0 || _segments[^1].Number != segment)
            _segments.Add(new SegmentUse { Number = segment, FirstTime = time });
        ref var last = ref CollectionsMarshal.AsSpan(_segments)[^1];
        last.Count++;
        last.LastTime = time;
        Interlocked.Increment(ref _count);
    }

    /// <summary>Makes room for the next file.</summary>
    private void DropOverflow()
    {
        while (_segments.Count > 1 && _log.Length + ChannelLimits.Segment > ChannelLimits.MaxQueue)
            DropFirstSegment();
    }

    private void DropFirstSegment()
    {
        _dropped += _segments[0].Count;
        var next = _segments[0].Number + 1;
        RemoveFirstSegment();
        if (_state.Cursor.Segment < next)
            _state = _state with { Cursor = new LogPosition(next, 0) };
        _log.DeleteBefore(next);
    }

    private void RemoveFirstSegment()
    {
        Interlocked.Add(ref _count, -_segments[0].Count);
        _segments.RemoveAt(0);
    }

    private void BeginSegment()
    {
        try
        {
            var isConsumed = _state.Cursor == _log.End;
            var number = _log.StartNewSegment();
            if (isConsumed)
                _state = _state with { Cursor = new LogPosition(number, 0) };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The present file serves as well, and the next write will tell.
        }
    }

    /// <summary>Where this fails, the next confirmation writes it; until then a restart would deliver events again.</summary>
    private void Save()
    {
        lock (_fileLock)
        {
            ChannelState state;
            lock (_lock)
            {
                if (_isClosed)
                    return;
                state = _state;
            }

            try
            {
                state.Write(StatePath(_directory));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
            }
        }
    }

    private struct SegmentUse
    {
        public int Number;
        public int Count;
        public long FirstTime;
        public long LastTime;
    }
}
