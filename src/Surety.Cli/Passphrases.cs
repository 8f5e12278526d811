using System.CommandLine;
using System.Text;

namespace Surety.Cli;

/// <summary>Where a passphrase comes from: a file, or the terminal, where it is not shown.</summary>
internal static class Passphrases
{
    public static Option<FileInfo?> FileOption(string name = "--passphrase-file", string of = "the key's passphrase, or a token's PIN") =>
        new(name) { Description = $"File whose first line is {of}. Without it the terminal is asked, when a key is encrypted." };

    public static string? Read(FileInfo? file) => file is null ? null : File.ReadLines(file.FullName).FirstOrDefault() ?? throw new IOException($"{file.FullName} is empty; a passphrase is wanted.");

    /// <summary>Opens with what a file says; when a passphrase is missing, asks for it.</summary>
    public static T Open<T>(FileInfo? file, string what, Func<string?, T> open)
    {
        string? passphrase = Read(file);
        try
        {
            return open(passphrase);
        }
        catch (System.Security.Cryptography.CryptographicException e) when (passphrase is null && !Console.IsInputRedirected && e.Message.Contains("passphrase is wanted", StringComparison.Ordinal))
        {
            return open(Ask($"Passphrase of {what}: "));
        }
    }

    /// <summary>A passphrase for a new key, asked for twice.</summary>
    public static string ReadNew(FileInfo? file, string what)
    {
        if (Read(file) is { } given)
            return given;
        if (Console.IsInputRedirected)
            throw new IOException($"There is no terminal to ask for the passphrase of {what}: give --passphrase-file, or --no-passphrase for a key that is not encrypted.");
        string first = Ask($"New passphrase of {what}: ");
        return first.Length > 0 && first == Ask("Once more: ") ? first : throw new IOException("The passphrases are empty or differ; nothing was made.");
    }

    public static string Ask(string prompt)
    {
        Console.Error.Write(prompt);
        var text = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                text.Length = Math.Max(0, text.Length - 1);
            else
                text.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return text.ToString();
    }
}
