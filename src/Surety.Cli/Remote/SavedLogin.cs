using System.Text.Json;

namespace Surety.Cli;

/// <summary>Where <c>surety login</c> keeps the server and the key: a file that its user alone can read.</summary>
internal sealed record SavedLogin(string Url, string Key)
{
    public static string File => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } home ? home : Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "surety",
        "login.json");

    /// <summary>SURETY_URL and SURETY_KEY come before the file.</summary>
    /// <exception cref="NotSignedInException">There is neither.</exception>
    public static SavedLogin Find()
    {
        string? url = Environment.GetEnvironmentVariable("SURETY_URL"), key = Environment.GetEnvironmentVariable("SURETY_KEY");
        if (!string.IsNullOrEmpty(url) && !string.IsNullOrEmpty(key))
            return new(url, key);
        SavedLogin? saved = null;
        try
        {
            saved = JsonSerializer.Deserialize<SavedLogin>(System.IO.File.ReadAllBytes(File));
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"{File} is damaged; call 'surety login' again.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Nobody has signed in.
        }

        // The key of one server is not sent to another.
        if (saved is null || (!string.IsNullOrEmpty(url) && url.TrimEnd('/') != saved.Url.TrimEnd('/')))
            throw new NotSignedInException("Not signed in. Call 'surety login URL', or set SURETY_URL and SURETY_KEY.");
        return string.IsNullOrEmpty(key) ? saved : saved with { Key = key };
    }

    public void Save()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        // A new file with its mode from the begin: never readable by others, not for a moment.
        string temporary = File + ".new";
        System.IO.File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
            JsonSerializer.Serialize(stream, this);
        System.IO.File.Move(temporary, File, overwrite: true);
    }
}
