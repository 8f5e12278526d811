using System.CommandLine;
using Surety.Client;

namespace Surety.Cli;

/// <summary><c>surety login</c> and <c>surety logout</c>.</summary>
internal static class LoginCommand
{
    public static Command Create(TextWriter output)
    {
        Argument<string> url = new("url") { Description = "Of the server, such as http://127.0.0.1:8080." };
        Option<FileInfo?> keyFile = new("--key-file") { Description = "File with an API key. Without it and --user, SURETY_KEY, or the terminal is asked." };
        Option<string?> user = new("--user") { Description = "Sign in as a user, by address; for the directory and the account. Values of devices need a key." };
        Option<FileInfo?> passwordFile = Passphrases.FileOption("--password-file", "the user's password");
        var command = new Command("login", "Signs in and keeps the server and the key.\n\nExample:\n  surety login http://127.0.0.1:8080 --key-file data/admin.key") { url, keyFile, user, passwordFile };
        command.SetAction(async (result, cancellationToken) =>
        {
            SuretyCredential credential = result.GetValue(user) is { } name
                ? SuretyCredential.FromPassword(name, Passphrases.Read(result.GetValue(passwordFile)) ?? Ask("Password: "))
                : SuretyCredential.FromKey(Passphrases.Read(result.GetValue(keyFile)) ?? Environment.GetEnvironmentVariable("SURETY_KEY") ?? Ask("API key: "));
            await using var client = new SuretyClient(RemoteCommand.ServerUrl(result.GetValue(url)!), credential);
            Account account = await client.Accounts.GetMineAsync(cancellationToken);
            new SavedLogin(result.GetValue(url)!, await client.GetTokenAsync(cancellationToken)).Save();
            output.WriteLine($"Signed in to {account.DisplayName} ({account.Id}). Kept in {SavedLogin.File}.");
            return 0;
        });
        return command;
    }

    public static Command CreateLogout(TextWriter output)
    {
        var command = new Command("logout", "Forgets the server and the key.");
        command.SetAction(_ =>
        {
            File.Delete(SavedLogin.File);
            output.WriteLine("Signed out.");
        });
        return command;
    }

    private static string Ask(string prompt) => Console.IsInputRedirected
        ? throw new NotSignedInException("There is no terminal to ask; give --key-file, SURETY_KEY, or --user with --password-file.")
        : Passphrases.Ask(prompt);
}
