using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Surety.Lwm2m.Server;

/// <summary>
/// A log of records in files of bounded size, for state that changes too often for a database: what was flushed survives the end of the
/// process. Each record carries its length and a CRC-32C; a torn one at the end is cut off when the log is opened. Thread-safe.
/// </summary>
public sealed class AppendLog : IDisposable
{
    private const int HeaderLength = 8;
    private const int ReadSize = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly string _directory;
    private readonly string _name;
    private readonly AppendLogOptions _options;
    private readonly ITimer? _syncTimer;
    private byte[] _buffer = new byte[64 * 1024];
    private int _buffered;
    private LogSegment _current;
    private readonly SortedList<int, LogSegment> _segments = [];
    private readonly List<LogSegment> _unsynced = [];
    private bool _isDisposed;

    private AppendLog(string directory, string name, AppendLogOptions options, TimeProvider time)
    {
        _directory = directory;
        _name = name;
        _options = options;
        foreach (string file in Directory.EnumerateFiles(directory, $"{name}.*.log"))
        {
            if (int.TryParse(Path.GetFileName(file).AsSpan(name.Length + 1, 8), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                _segments.Add(number, LogSegment.Open(file, number));
        }

        if (_segments.Count > 0)
        {
            _current = _segments.Values[^1];
            _current.Truncate(Scan(_current, null));
        }
        else
        {
            _current = AddSegment(1);
        }

        if (options.SyncInterval > TimeSpan.Zero)
            _syncTimer = time.CreateTimer(_ => SyncQuietly(), null, options.SyncInterval, options.SyncInterval);
    }

    /// <summary>What is done with a record that is read.</summary>
    /// <param name="position">Where it begins.</param>
    /// <param name="next">Where the next one begins.</param>
    /// <param name="record">Its bytes, valid during the call.</param>
    /// <returns>False to stop.</returns>
    public delegate bool RecordReader(LogPosition position, LogPosition next, ReadOnlySpan<byte> record);

    /// <summary>The first record kept.</summary>
    public LogPosition Start
    {
        get
        {
            lock (_lock)
                return new(_segments.Keys[0], 0);
        }
    }

    /// <summary>Where the next record will be.</summary>
    public LogPosition End
    {
        get
        {
            lock (_lock)
                return new(_current.Number, _current.Length + _buffered);
        }
    }

    /// <summary>Bytes on disk and waiting to be written.</summary>
    public long Length
    {
        get
        {
            lock (_lock)
                return _segments.Values.Sum(s => (long)s.Length) + _buffered;
        }
    }

    /// <summary>Opens a log, or makes one.</summary>
    /// <param name="directory">An existing directory.</param>
    /// <param name="name">The beginning of the files' names.</param>
    /// <param name="options">How to keep the files.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The files cannot be opened.</exception>
    public static AppendLog Open(string directory, string name, AppendLogOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(name);
        return new(directory, name, options ?? new(), time ?? TimeProvider.System);
    }

    /// <summary>Adds a record; it is kept once <see cref="Flush"/> has returned.</summary>
    /// <returns>Where the record begins.</returns>
    /// <exception cref="IOException">Too much could not be written.</exception>
    public LogPosition Append(ReadOnlySpan<byte> record)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Length, _options.MaxRecord, nameof(record));
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            int size = HeaderLength + record.Length;
            if (_current.Length + _buffered + size > _options.SegmentSize && _current.Length + _buffered > 0)
                StartSegment();
            Reserve(size);
            var position = new LogPosition(_current.Number, _current.Length + _buffered);
            Span<byte> destination = _buffer.AsSpan(_buffered, size);
            BinaryPrimitives.WriteInt32LittleEndian(destination, record.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Checksum(record));
            record.CopyTo(destination[HeaderLength..]);
            _buffered += size;
            return position;
        }
    }

    /// <summary>Writes what was appended, so that the end of the process loses nothing of it.</summary>
    /// <exception cref="IOException">The disk is full, or failed; what was appended stays, to be written by the next call.</exception>
    public void Flush()
    {
        lock (_lock)
        {
            if (_buffered == 0)
                return;
            WriteBuffer();
            if (_options.SyncInterval <= TimeSpan.Zero)
                SyncLocked();
        }
    }

    /// <summary>Has the disk keep what was written, so that a power failure loses nothing of it.</summary>
    public void Sync()
    {
        lock (_lock)
        {
            WriteBuffer();
            SyncLocked();
        }
    }

    /// <summary>Begins a new file, and gives its number.</summary>
    public int StartNewSegment()
    {
        lock (_lock)
        {
            if (_current.Length + _buffered > 0)
                StartSegment();
            return _current.Number;
        }
    }

    /// <summary>Removes the files before a segment.</summary>
    public void DeleteBefore(int segment)
    {
        lock (_lock)
        {
            while (_segments.Count > 1 && _segments.Keys[0] < segment)
            {
                _unsynced.Remove(_segments.Values[0]);
                _segments.Values[0].Delete();
                _segments.RemoveAt(0);
            }
        }
    }

    /// <summary>Reads records from a position on, until the reader stops or the log ends. Damaged records end their segment.</summary>
    public void Read(LogPosition from, RecordReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        LogSegment[] segments;
        lock (_lock)
        {
            if (_buffered > 0)
                WriteBuffer();
            segments = [.. _segments.Values];
        }

        foreach (LogSegment segment in segments)
        {
            if (segment.Number < from.Segment)
                continue;
            bool stopped = false;
            Scan(segment, (position, next, record) => !(stopped = !reader(position, next, record)), segment.Number == from.Segment ? from.Offset : 0);
            if (stopped)
                return;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _syncTimer?.Dispose();
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            try
            {
                WriteBuffer();
                SyncLocked();
            }
            finally
            {
                foreach (LogSegment segment in _segments.Values)
                    segment.Dispose();
            }
        }
    }

    private static uint Checksum(ReadOnlySpan<byte> record)
    {
        uint crc = uint.MaxValue;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(record))
            crc = BitOperations.Crc32C(crc, word);
        foreach (byte b in record[(record.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, b);
        // The length is part of it, so that zeroed space is no record.
        return BitOperations.Crc32C(crc, (uint)record.Length) ^ uint.MaxValue;
    }

    /// <summary>Reads the records of one segment.</summary>
    /// <returns>Where the last whole record ends.</returns>
    private int Scan(LogSegment segment, RecordReader? reader, int offset = 0)
    {
        byte[] block = new byte[ReadSize];
        int length = segment.Length;
        while (length - offset >= HeaderLength)
        {
            int read = segment.Read(block, offset);
            int position = 0;
            int needed = 0;
            while (read - position >= HeaderLength)
            {
                int size = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(position));
                if (size < 0 || size > _options.MaxRecord || size > length - offset - position - HeaderLength)
                    return offset + position;
                if (read - position - HeaderLength < size)
                {
                    needed = HeaderLength + size;
                    break;
                }

                ReadOnlySpan<byte> record = block.AsSpan(position + HeaderLength, size);
                if (BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(position + 4)) != Checksum(record))
                    return offset + position;
                int end = position + HeaderLength + size;
                if (reader?.Invoke(new(segment.Number, offset + position), new(segment.Number, offset + end), record) == false)
                    return offset + end;
                position = end;
            }

            offset += position;
            if (needed > block.Length)
                block = new byte[needed];
            else if (position == 0 && needed == 0)
                break;
        }

        return offset;
    }

    private void Reserve(int size)
    {
        if (_buffer.Length - _buffered >= size)
            return;
        if (_buffered + size > _options.MaxUnwritten)
            throw new IOException($"{_buffered} bytes of the log {_name} could not be written yet; no more are taken.");
        Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _buffered + size));
    }

    private void StartSegment()
    {
        WriteBuffer();
        if (_options.SyncInterval <= TimeSpan.Zero)
            SyncLocked();
        _current = AddSegment(_current.Number + 1);
    }

    private LogSegment AddSegment(int number)
    {
        string file = Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"{_name}.{number:00000000}.log"));
        var segment = LogSegment.Open(file, number);
        _segments.Add(number, segment);
        return segment;
    }

    private void WriteBuffer()
    {
        if (_buffered == 0)
            return;
        _current.Append(_buffer.AsSpan(0, _buffered));
        _buffered = 0;
        if (!_unsynced.Contains(_current))
            _unsynced.Add(_current);
    }

    private void SyncLocked()
    {
        foreach (LogSegment segment in _unsynced)
            segment.Sync();
        _unsynced.Clear();
    }

    private void SyncQuietly()
    {
        LogSegment[] segments;
        lock (_lock)
        {
            segments = _isDisposed ? [] : [.. _unsynced];
            _unsynced.Clear();
        }

        foreach (LogSegment segment in segments)
        {
            try
            {
                // Outside of the lock: those who append do not wait for the disk.
                segment.Sync();
            }
            catch (ObjectDisposedException)
            {
                // Deleted meanwhile.
            }
            catch (IOException)
            {
                lock (_lock)
                    _unsynced.Add(segment);
            }
        }
    }
}
