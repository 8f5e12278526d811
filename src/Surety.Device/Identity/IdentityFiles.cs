using System.Text;
using Surety.Lwm2m.Client;

namespace Surety.Device;

/// <summary>The files of an identity store. Each step is whole: after a power cut a file is there as it was, or as it was to be.</summary>
internal class IdentityFiles
{
    private const int MaxLength = 256 * 1024;

    private readonly string _folder;

    /// <summary>Files in a folder that is made when it is not there, for its owner's eyes alone.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public IdentityFiles(string folder)
    {
        _folder = folder;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The text of a file; null when there is none, or none that is ours.</summary>
    public string? Read(string name)
    {
        var file = new FileInfo(PathOf(name));
        return file.Exists && file.Length <= MaxLength ? File.ReadAllText(file.FullName) : null;
    }

    /// <summary>Replaces a file; mode 0600.</summary>
    public virtual void Write(string name, string text) => new FileStateStore(PathOf(name)).Save(Encoding.ASCII.GetBytes(text));

    /// <summary>Gives a file another name; one that had that name is gone.</summary>
    public virtual void Rename(string from, string to) => File.Move(PathOf(from), PathOf(to), overwrite: true);

    /// <summary>Deletes a file, if it is there.</summary>
    public virtual void Delete(string name) => File.Delete(PathOf(name));

    private string PathOf(string name) => Path.Combine(_folder, name);
}
