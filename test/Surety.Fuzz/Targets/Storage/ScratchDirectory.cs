namespace Surety.Fuzz.Targets.Storage;

/// <summary>A directory of its own for an input, in memory where the machine has such.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    private static readonly string Root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public ScratchDirectory()
    {
        Name = Path.Combine(Root, "surety-fuzz-" + Path.GetRandomFileName());
        Directory.CreateDirectory(Name);
    }

    public string Name { get; }

    public string[] Files() => [.. Directory.GetFiles(Name).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Name, recursive: true);
}
