using Microsoft.Win32.SafeHandles;

namespace Surety.Lwm2m.Server;

/// <summary>One file of an <see cref="AppendLog"/>.</summary>
internal sealed class LogSegment : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;

    private LogSegment(string path, int number, SafeFileHandle file)
    {
        _path = path;
        _file = file;
        Number = number;
        Length = (int)Math.Min(RandomAccess.GetLength(file), int.MaxValue);
    }

    public int Number { get; }

    public int Length { get; private set; }

    public static LogSegment Open(string path, int number) =>
        new(path, number, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));

    public void Append(ReadOnlySpan<byte> bytes)
    {
        // A write that fails half-way is repeated at the same place.
        RandomAccess.Write(_file, bytes, Length);
        Length += bytes.Length;
    }

    public int Read(Span<byte> destination, int offset)
    {
        destination = destination[..Math.Min(destination.Length, Math.Max(Length - offset, 0))];
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
        RandomAccess.SetLength(_file, length);
        Length = length;
    }

    public void Sync() => RandomAccess.FlushToDisk(_file);

    public void Delete()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    public void Dispose() => _file.Dispose();
}
