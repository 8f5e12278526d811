using System.Collections.Frozen;
using System.Reflection;

namespace Surety.Server.Features.Console;

/// <summary>The files of the console, which the build has put into the assembly; none when it was built with <c>-p:BuildConsole=false</c>.</summary>
internal sealed class ConsoleFiles
{
    private const string Prefix = "console/";
    private const string BrotliSuffix = ".br";
    private const string GzipSuffix = ".gz";
    private const string IndexName = "index.html";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".txt"] = "text/plain; charset=utf-8",
        [".json"] = "application/json",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary();

    private static readonly Lazy<ConsoleFiles> Loaded = new(Load);

    private readonly FrozenDictionary<string, ConsoleFile> _files;

    private ConsoleFiles(FrozenDictionary<string, ConsoleFile> files, ConsoleIndex? index) => (_files, Index) = (files, index);

    /// <summary>The files that are embedded in this assembly, read once however many hosts the process has.</summary>
    public static ConsoleFiles OfAssembly => Loaded.Value;

    /// <summary>The page that all routes of the console begin with; null when there is no console.</summary>
    public ConsoleIndex? Index { get; }

    /// <param name="path">Below <c>/console/</c>.</param>
    public ConsoleFile? Find(string path) => _files.GetValueOrDefault(path);

    private static ConsoleFiles Load()
    {
        var assembly = typeof(ConsoleFiles).Assembly;
        var resources = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => Read(assembly, name));
        var files = new Dictionary<string, ConsoleFile>();
        foreach (var name in resources.Keys.Select(NameOf).Distinct().Where(name => name != IndexName))
        {
            files[name] = new ConsoleFile(
                ContentTypes.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream"), Find(name), Find(name + BrotliSuffix), Find(name + GzipSuffix));
        }

        return new ConsoleFiles(files.ToFrozenDictionary(), Find(IndexName) is { } index ? new ConsoleIndex(index.Span) : null);

        // Without the cast null would become empty memory, by way of byte[].
        ReadOnlyMemory<byte>? Find(string name) => resources.TryGetValue(name, out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null;
    }

    private static string NameOf(string resource) =>
        resource.EndsWith(BrotliSuffix, StringComparison.Ordinal) || resource.EndsWith(GzipSuffix, StringComparison.Ordinal) ? resource[..^BrotliSuffix.Length] : resource;

    private static ReadOnlyMemory<byte> Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
