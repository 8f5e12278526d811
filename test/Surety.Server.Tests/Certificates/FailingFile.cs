using System.Runtime.InteropServices;

namespace Surety.Server.Tests.Certificates;

/// <summary>
/// Has the writes to a file that this process holds open fail as they do on a disk that is full (ENOSPC), or that became read-only (the kernel takes no
/// write): another file takes the place of its descriptor until this is disposed of.
/// </summary>
internal sealed partial class FailingFile : IDisposable
{
    private readonly int _descriptor;
    private readonly int _kept;

    public FailingFile(string path, bool isFull)
    {
        _descriptor = Directory.GetFiles("/proc/self/fd").Where(link => new FileInfo(link).LinkTarget == path)
            .Select(link => int.Parse(Path.GetFileName(link), System.Globalization.CultureInfo.InvariantCulture)).Single();
        _kept = Duplicate(_descriptor);
        using var other = isFull
            ? File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite)
            : File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Assert.Equal(_descriptor, Replace((int)other.DangerousGetHandle(), _descriptor));
    }

    public void Dispose()
    {
        Assert.Equal(_descriptor, Replace(_kept, _descriptor));
        Assert.Equal(0, Close(_kept));
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Replace(int descriptor, int place);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
