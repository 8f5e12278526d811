using Microsoft.EntityFrameworkCore;
using Surety.Server.Hosting;
using Surety.Server.Hosting.Settings;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>Makes the first account and its administrator key when the database is empty, and tells where the key is.</summary>
internal sealed class FirstRun(
    SuretyDbFactory databases, AccountService accounts, DataDirectory data, SuretySettings settings, StartupReport report)
{
    /// <summary>The file with the administrator's key, in the data directory.</summary>
    public const string KeyFile = "admin.key";

    /// <exception cref="StartupException">The key cannot be written.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var isFirst = !await db.AllAccounts<Account>().AnyAsync(cancellationToken);
        if (isFirst)
            await MakeAccountAsync(db, cancellationToken);
        var path = data.File(KeyFile);
        if (isFirst || File.Exists(path))
            report.Add("Admin key", isFirst ? $"{path} (made just now)" : path);
    }

    private async Task MakeAccountAsync(SuretyDb db, CancellationToken cancellationToken)
    {
        var key = accounts.Add(db, settings.FirstRun.AccountName);
        try
        {
            // Before the rows are committed: a key that is stored but was never shown would lock the owner out, whereas a file whose rows
            // are missing is written again by the next start.
            await data.WriteSecretAsync(KeyFile, key + "\n", cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{data.File(KeyFile)} cannot be written: {error.Message}", error);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
