namespace Surety.Lwm2m.Client;

/// <summary>Keeps a client's state in a file, readable by its owner alone.</summary>
/// <param name="path">The file; its folder must be there.</param>
public sealed class FileStateStore(string path) : IClientStateStore
{
    /// <summary>The longest file read, bytes; a longer one is not ours.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <inheritdoc/>
    public byte[]? Load()
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= MaxLength ? File.ReadAllBytes(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Save(ReadOnlyMemory<byte> state)
    {
        string temporary = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(state.Span);
            file.Flush(flushToDisk: true);
        }

        // Renaming is what makes it whole: a reader sees the old file or the new one.
        File.Move(temporary, path, overwrite: true);
    }
}
