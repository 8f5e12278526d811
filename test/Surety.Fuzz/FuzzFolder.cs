using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Surety.Fuzz;

/// <summary>Where the inputs of a target are kept: <c>corpus</c>, which is in git, and <c>crashes</c>, which becomes part of it when the fault is mended.</summary>
internal sealed class FuzzFolder
{
    private readonly string _corpus;
    private readonly string _crashes;

    public FuzzFolder(FuzzTarget target)
    {
        string root = FindRoot();
        _corpus = Path.Combine(root, "corpus", target.Name);
        _crashes = Path.Combine(root, "crashes", target.Name);
        Current = Path.Combine(_crashes, "current.tmp");
    }

    /// <summary>Holds the input that is being run; there while the process lives, or when it has died of it.</summary>
    public string Current { get; }

    /// <summary>Every input kept, crashes included.</summary>
    public List<(string Path, byte[] Bytes)> Load() =>
        [.. new[] { _corpus, _crashes }.Where(Directory.Exists).SelectMany(Directory.GetFiles).Where(path => path.EndsWith(".bin", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(path => (path, File.ReadAllBytes(path)))];

    /// <summary>Keeps an input that has found something.</summary>
    public string KeepCrash(ReadOnlySpan<byte> input) => Keep(_crashes, input);

    /// <summary>Keeps an input that does something new.</summary>
    public string KeepInteresting(ReadOnlySpan<byte> input) => Keep(_corpus, input);

    public void PrepareCurrent() => Directory.CreateDirectory(_crashes);

    private static string Keep(string folder, ReadOnlySpan<byte> input)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(input))[..16] + ".bin");
        File.WriteAllBytes(path, input);
        return path;
    }

    /// <summary>The folder of this source file, in a clone; beside the program elsewhere.</summary>
    private static string FindRoot([CallerFilePath] string source = "") =>
        Path.GetDirectoryName(source) is { } folder && Directory.Exists(Path.Combine(folder, "corpus")) ? folder : AppContext.BaseDirectory;
}
