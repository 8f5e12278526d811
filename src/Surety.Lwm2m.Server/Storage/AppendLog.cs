using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Surety.Lwm2m.Server;

/// <summary>
/// A log of records in files of bounded size, for state that changes too often for a database: what was flushed survives the end of the
/// process. Each record carries its length and a CRC-32C; a torn one at the end is cut off when the log is opened. An idle log holds no
/// buffer. Thread-safe.
/// </summary>
public sealed partial class AppendLog : IDisposable
{
    private const int HeaderLength = 8;
    private const int MinBuffer = 4 * 1024;

    private readonly Lock _lock = new();
    private readonly Lock _syncLock = new();
    private readonly string _directory;
    private readonly string _name;
    private readonly AppendLogOptions _options;
    private readonly ITimer? _syncTimer;
    private readonly SortedList<int, LogSegment> _segments = [];
    private readonly List<LogSegment> _unsynced = [];
    private LogSegment _current = null!;
    private byte[] _buffer = [];
    private int _buffered;
    private int _usualBuffer = MinBuffer;
    private long _written;
    private bool _isTimerSet;
    private bool _hasFailed;
    private bool _isDisposed;

    private AppendLog(string directory, string name, AppendLogOptions options, TimeProvider time)
    {
        _directory = directory;
        _name = name;
        _options = options;
        try
        {
            OpenSegments();
        }
        catch
        {
            CloseSegments();
            throw;
        }

        if (options.SyncInterval > TimeSpan.Zero)
            _syncTimer = time.CreateTimer(_ => SyncQuietly(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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
                return _written + _buffered;
        }
    }

    /// <summary>Opens a log, or makes one.</summary>
    /// <param name="directory">An existing directory.</param>
    /// <param name="name">The beginning of the files' names.</param>
    /// <param name="options">How to keep the files.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The files cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The files cannot be opened.</exception>
    public static AppendLog Open(string directory, string name, AppendLogOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(name);
        return new(directory, name, options ?? new(), time ?? TimeProvider.System);
    }

    /// <summary>Adds a record; it is kept once <see cref="Flush"/> has returned.</summary>
    /// <returns>Where the record begins.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The record is longer than <see cref="AppendLogOptions.MaxRecord"/>.</exception>
    /// <exception cref="IOException">More than <see cref="AppendLogOptions.MaxUnwritten"/> could not be written yet; the record is not taken.</exception>
    public LogPosition Append(ReadOnlySpan<byte> record)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Length, _options.MaxRecord, nameof(record));
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            int size = HeaderLength + record.Length;
            int offset = _current.Length + _buffered;
            if (offset > 0 && offset + size > _options.SegmentSize && TryStartSegment())
                offset = 0;
            Reserve(size);
            Span<byte> destination = _buffer.AsSpan(_buffered, size);
            BinaryPrimitives.WriteInt32LittleEndian(destination, record.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Checksum(record));
            record.CopyTo(destination[HeaderLength..]);
            _buffered += size;
            return new LogPosition(_current.Number, offset);
        }
    }

    /// <summary>Writes what was appended, so that the end of the process loses nothing of it.</summary>
    /// <exception cref="IOException">The disk is full, or failed; what was appended stays, to be written by the next call.</exception>
    public void Flush()
    {
        lock (_lock)
            WriteBuffer();
        if (_options.SyncInterval == TimeSpan.Zero)
            SyncWritten();
    }

    /// <summary>Has the disk keep what was appended, so that a power failure loses nothing of it. Appending does not wait for it.</summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public void Sync()
    {
        lock (_lock)
            WriteBuffer();
        SyncWritten();
    }

    /// <summary>Begins a new file, and gives its number.</summary>
    /// <exception cref="IOException">What was appended cannot be written, or the file not be made.</exception>
    public int StartNewSegment()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_current.Length + _buffered > 0)
                StartSegment();
            return _current.Number;
        }
    }

    /// <summary>Removes the files before a segment, but never the one in use.</summary>
    public void DeleteBefore(int segment)
    {
        lock (_lock)
        {
            while (_segments.Count > 1 && _segments.Keys[0] < segment)
            {
                LogSegment first = _segments.Values[0];
                first.Delete();
                _unsynced.Remove(first);
                _segments.RemoveAt(0);
                _written -= first.Length;
            }
        }
    }

    /// <summary>Writes what was appended, has the disk keep it, and closes the files.</summary>
    /// <exception cref="IOException">The disk is full, or failed: what was not flushed is lost.</exception>
    public void Dispose()
    {
        _syncTimer?.Dispose();
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }

        try
        {
            Sync();
        }
        finally
        {
            lock (_lock)
            {
                ReleaseBuffer();
                CloseSegments();
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

    private void OpenSegments()
    {
        foreach (string file in Directory.EnumerateFiles(_directory, $"{_name}.*.log"))
        {
            ReadOnlySpan<char> digits = Path.GetFileName(file.AsSpan())[(_name.Length + 1)..];
            digits = digits[..Math.Max(digits.Length - ".log".Length, 0)];
            if (digits.Length >= 8 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                _segments.Add(number, LogSegment.Open(file, number, _options.Space));
        }

        if (_segments.Count == 0)
        {
            _current = AddSegment(1);
            return;
        }

        _current = _segments.Values[^1];
        _current.Truncate(Scan(_current, 0, _current.Length, null, out _));
        _written = _segments.Values.Sum(s => (long)s.Length);
    }

    private void CloseSegments()
    {
        foreach (LogSegment segment in _segments.Values)
            segment.Dispose();
    }

    private void Reserve(int size)
    {
        if (_buffered > 0 && _buffered + size > _options.MaxUnwritten)
            WriteBuffer();
        int needed = _buffered + size;
        if (_buffer.Length >= needed)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _buffered == 0 ? _usualBuffer : _buffer.Length * 2));
        _buffer.AsSpan(0, _buffered).CopyTo(larger);
        ReleaseBuffer();
        _buffer = larger;
    }

    private void ReleaseBuffer()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>While the disk takes nothing, the present file grows beyond its size in memory, and this is tried again after the next write.</summary>
    private bool TryStartSegment()
    {
        if (_hasFailed)
            return false;
        try
        {
            StartSegment();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _hasFailed = true;
            return false;
        }
    }

    private void StartSegment()
    {
        WriteBuffer();
        _current = AddSegment(_current.Number + 1);
    }

    private LogSegment AddSegment(int number)
    {
        string file = Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"{_name}.{number:00000000}.log"));
        LogSegment segment = LogSegment.Open(file, number, _options.Space);
        _segments.Add(number, segment);
        return segment;
    }

    private void WriteBuffer()
    {
        if (_buffered == 0)
            return;
        _hasFailed = true;
        _current.Append(_buffer.AsSpan(0, _buffered));
        _hasFailed = false;
        _written += _buffered;
        _usualBuffer = Math.Max(Math.Max(_buffered, MinBuffer), _usualBuffer / 2);
        _buffered = 0;
        ReleaseBuffer();
        if (!_unsynced.Contains(_current))
            _unsynced.Add(_current);
        SetTimer();
    }

    private void SetTimer()
    {
        if (_isTimerSet || _isDisposed || _syncTimer is null)
            return;
        _isTimerSet = true;
        _syncTimer.Change(_options.SyncInterval, Timeout.InfiniteTimeSpan);
    }

    private void SyncQuietly()
    {
        lock (_lock)
            _isTimerSet = false;
        try
        {
            SyncWritten();
        }
        catch (IOException)
        {
            lock (_lock)
                SetTimer();
        }
    }

    /// <summary>Outside of the lock: those who append do not wait for the disk. Whoever comes second waits for the first, whose work covers his.</summary>
    private void SyncWritten()
    {
        lock (_syncLock)
        {
            LogSegment[] segments;
            lock (_lock)
            {
                segments = [.. _unsynced];
                _unsynced.Clear();
            }

            for (int i = 0; i < segments.Length; i++)
            {
                try
                {
                    segments[i].Sync();
                }
                catch (ObjectDisposedException)
                {
                    // Deleted meanwhile: nobody needs it any more.
                }
                catch (IOException)
                {
                    lock (_lock)
                        _unsynced.AddRange(segments[i..].Except(_unsynced));
                    throw;
                }
            }
        }
    }
}
