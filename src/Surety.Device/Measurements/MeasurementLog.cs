using System.Globalization;
using Surety.Lwm2m;
using Surety.Lwm2m.Client;

namespace Surety.Device;

/// <summary>
/// Records in files that are only ever appended to, deleted as a whole when they were delivered or, oldest first, when there are too many bytes. Not
/// safe to use from several threads at a time.
/// </summary>
internal sealed class MeasurementLog : IDisposable
{
    private const int Segments = 8;

    private readonly string _folder;
    private readonly long _maxBytes;
    private readonly FileStateStore _positionFile;
    private readonly List<MeasurementSegment> _segments = [];
    private MeasurementPosition _position;
    private FileStream? _tail;

    /// <summary>Opens a folder's files, or makes it.</summary>
    /// <exception cref="IOException">The files cannot be used.</exception>
    public MeasurementLog(string folder, long maxBytes)
    {
        _folder = folder;
        _maxBytes = maxBytes;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _positionFile = new FileStateStore(Path.Combine(folder, "position"));
        _position = MeasurementPosition.Read(_positionFile.Load());
        foreach (string path in Directory.EnumerateFiles(folder, "*.log").Order(StringComparer.Ordinal))
        {
            if (long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                Open(new MeasurementSegment(number, path));
        }
    }

    /// <summary>Records that have not been delivered.</summary>
    public long Waiting => _segments.Sum(segment => segment.Waiting);

    /// <summary>Records that were dropped for want of room.</summary>
    public long Dropped => _position.Dropped;

    /// <summary>Appends records; they are on the disk when this returns.</summary>
    /// <exception cref="IOException">They cannot be written; none of them counts.</exception>
    public void Append(IReadOnlyList<byte[]> records)
    {
        long begin = Tail().Length;
        try
        {
            foreach (byte[] record in records)
                _tail!.Write(record);
            _tail!.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // What is half there would hide all that comes behind it.
            _tail!.SetLength(begin);
            throw;
        }

        MeasurementSegment segment = _segments[^1];
        segment.Length = _tail.Length;
        segment.Waiting += records.Count;
        while (_segments.Count > 1 && _segments.Sum(item => item.Length) > _maxBytes)
            Drop();
    }

    /// <summary>Reads the oldest records that have not been delivered.</summary>
    /// <param name="maxRecords">How many at most.</param>
    /// <param name="into">Takes their values.</param>
    /// <returns>How many records these are, and up to where <see cref="Advance"/> is to go when they were delivered.</returns>
    public (int Count, MeasurementPosition End) Peek(int maxRecords, List<ResourceEntry> into)
    {
        if (_segments.Find(item => item.Waiting > 0) is not { } segment)
            return (0, _position);
        long offset = segment.Number == _position.Segment ? _position.Offset : 0;
        byte[] bytes = new byte[(int)Math.Min(segment.Length - offset, MeasurementRecord.HeaderLength + MeasurementRecord.MaxLength)];
        using (FileStream file = new(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            file.Position = offset;
            file.ReadExactly(bytes);
        }

        int count = 0, used = 0;
        while (count < maxRecords && MeasurementRecord.Measure(bytes.AsSpan(used)) is > 0 and int length)
        {
            MeasurementRecord.Read(bytes.AsSpan(used, length), into);
            used += length;
            count++;
        }

        return (count, _position with { Segment = segment.Number, Offset = offset + used });
    }

    /// <summary>Records were delivered, or given up.</summary>
    public void Advance(int count, MeasurementPosition end)
    {
        // They may have been dropped while they were on their way.
        if (_segments.Find(item => item.Number == end.Segment) is not { } segment || end.Segment < _position.Segment)
            return;
        segment.Waiting -= count;
        SetPosition(end with { Dropped = _position.Dropped });
        while (_segments.Count > 0 && _segments[0].Waiting == 0 && (_segments.Count > 1 || _segments[0].Length >= _maxBytes / Segments))
            Delete();
    }

    public void Dispose() => _tail?.Dispose();

    private void Open(MeasurementSegment segment)
    {
        if (segment.Number < _position.Segment)
        {
            File.Delete(segment.Path);
            return;
        }

        byte[] bytes = File.ReadAllBytes(segment.Path);
        long delivered = segment.Number == _position.Segment ? _position.Offset : 0;
        int length = 0;
        while (MeasurementRecord.Measure(bytes.AsSpan(length)) is > 0 and int next)
        {
            if (length >= delivered)
                segment.Waiting++;
            length += next;
        }

        // A power cut has torn what nobody was told to be safe.
        if (length < bytes.Length)
        {
            using FileStream file = new(segment.Path, FileMode.Open, FileAccess.Write);
            file.SetLength(length);
        }

        segment.Length = length;
        _segments.Add(segment);
    }

    private FileStream Tail()
    {
        if (_segments.Count > 0 && _segments[^1].Length < _maxBytes / Segments)
            return _tail ??= OpenTail(_segments[^1]);
        _tail?.Dispose();
        long number = (_segments.Count == 0 ? _position.Segment : _segments[^1].Number) + 1;
        var segment = new MeasurementSegment(number, Path.Combine(_folder, number.ToString("D12", CultureInfo.InvariantCulture) + ".log"));
        _tail = OpenTail(segment);
        _segments.Add(segment);
        return _tail;
    }

    private static FileStream OpenTail(MeasurementSegment segment)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(segment.Path, options);
        file.Seek(0, SeekOrigin.End);
        return file;
    }

    private void Drop()
    {
        SetPosition(new MeasurementPosition(_segments[1].Number, 0, _position.Dropped + _segments[0].Waiting));
        Delete();
    }

    private void Delete()
    {
        if (_segments.Count == 1)
        {
            _tail?.Dispose();
            _tail = null;
            SetPosition(_position with { Segment = _segments[0].Number, Offset = _segments[0].Length });
        }

        File.Delete(_segments[0].Path);
        _segments.RemoveAt(0);
    }

    // Before files are deleted: what is delivered twice is harmless, what is never delivered is not.
    private void SetPosition(MeasurementPosition position)
    {
        _positionFile.Save(position.Write());
        _position = position;
    }
}
