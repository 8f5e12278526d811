using Microsoft.Win32.SafeHandles;

namespace Surety.Lwm2m.Server;

/// <summary>One file of an <see cref="AppendLog"/>.</summary>
internal sealed class LogSegment : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly Func<int, int>? _space;
    private volatile int _length;
    private volatile bool _isDeleted;

    private LogSegment(string path, int number, SafeFileHandle file, Func<int, int>? space)
    {
        _path = path;
        _file = file;
        _space = space;
        Number = number;
        _length = (int)Math.Min(RandomAccess.GetLength(file), int.MaxValue);
    }

    public int Number { get; }

    public int Length => _length;

    public bool IsDeleted => _isDeleted;

    public static LogSegment Open(string path, int number, Func<int, int>? space) =>
        new(path, number, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read), space);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        // A write that fails half-way is repeated at the same place.
        if (_space?.Invoke(bytes.Length) is { } space && space < bytes.Length)
        {
            RandomAccess.Write(_file, bytes[..space], _length);
            throw new IOException("No space left on device");
        }

        RandomAccess.Write(_file, bytes, _length);
        _length += bytes.Length;
    }

    public int Read(Span<byte> destination, int offset)
    {
        destination = destination[..Math.Min(destination.Length, Math.Max(_length - offset, 0))];
        int total = 0;
        while (total < destination.Length)
        {
            int read = RandomAccess.Read(_file, destination[total..], offset + total);
            if (read == 0)
                break;
            total += read;
        }

        return total;
    }

    public void Truncate(int length)
    {
        if (length == _length)
            return;
        RandomAccess.SetLength(_file, length);
        _length = length;
    }

    public void Sync() => RandomAccess.FlushToDisk(_file);

    public void Delete()
    {
        _isDeleted = true;
        _file.Dispose();
        File.Delete(_path);
    }

    public void Dispose() => _file.Dispose();
}
