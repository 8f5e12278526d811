using Surety.Server.Hosting.Settings;

namespace Surety.Server.Hosting;

/// <summary>The directory of everything that this server keeps, held by one process at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly FileStream _lock;

    /// <exception cref="StartupException">The directory cannot be made, written, or is in use by another process.</exception>
    public DataDirectory(SuretySettings settings)
    {
        Path = settings.DataDirectory;
        try
        {
            if (OperatingSystem.IsWindows())
                System.IO.Directory.CreateDirectory(Path);
            else
                System.IO.Directory.CreateDirectory(Path, OwnerOnly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data directory '{Path}' cannot be made: {error.Message}", error);
        }

        try
        {
            _lock = new FileStream(File("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StartupException($"The data directory '{Path}' cannot be written: {error.Message}", error);
        }
        catch (IOException error)
        {
            throw new StartupException($"The data directory '{Path}' is in use by another Surety process.", error);
        }
    }

    /// <summary>The directory, as the operator wrote it.</summary>
    public string Path { get; }

    /// <summary>The path of the file <paramref name="name"/> in the directory.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>
    /// Writes a file that only the owner can read (mode 0600) so that it is there whole or not at all, also after a power cut.
    /// </summary>
    public async Task WriteSecretAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var temporary = File($"{name}.new");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // A file that was left behind keeps the mode it had.
        System.IO.File.Delete(temporary);
        await using (var stream = new FileStream(temporary, options))
        {
            await stream.WriteAsync(content, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        System.IO.File.Move(temporary, File(name), overwrite: true);
    }

    /// <inheritdoc cref="WriteSecretAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>
    public Task WriteSecretAsync(string name, string content, CancellationToken cancellationToken) =>
        WriteSecretAsync(name, System.Text.Encoding.UTF8.GetBytes(content), cancellationToken);

    public void Dispose() => _lock.Dispose();
}
