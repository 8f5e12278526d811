using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Audit;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Features.Users;
using Surety.Server.Hosting;
using Surety.Server.Hosting.Settings;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>Makes the first account with an administrator and an administrator key when the database is empty, and tells where the secrets are.</summary>
internal sealed class FirstRun(
    SuretyDbFactory databases, AccountService accounts, Passwords passwords, EntityIdGenerator ids, DataDirectory data, SuretySettings settings, StartupReport report, TimeProvider time)
{
    /// <summary>The file with the administrator's key, in the data directory.</summary>
    public const string KeyFile = "admin.key";

    /// <summary>The file with the administrator's password when it was generated, in the data directory.</summary>
    public const string PasswordFile = "admin.password";

    /// <exception cref="StartupException">The key cannot be written.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var scope = AuditScope.BeginPlatform("first run");
        await using var db = databases.OpenForPlatform();
        var isFirst = !await db.AllAccounts<Account>().AnyAsync(cancellationToken);
        if (isFirst)
            await MakeAccountAsync(db, cancellationToken);
        var path = data.File(KeyFile);
        if (isFirst || File.Exists(path))
            report.Add("Admin key", isFirst ? $"{path} (made just now)" : path);
        if (isFirst)
            report.Add("Administrator", settings.FirstRun.AdminEmail + (settings.FirstRun.AdminPassword is null ? $", password in {data.File(PasswordFile)}" : ", password as set"));
    }

    private async Task MakeAccountAsync(SuretyDb db, CancellationToken cancellationToken)
    {
        var (account, administrators, key) = accounts.Add(db, settings.FirstRun.AccountName);
        var first = settings.FirstRun;
        var password = first.AdminPassword ?? Passwords.Generate();
        var hash = await passwords.HashAsync(password, cancellationToken);
        var user = UserService.New(ids.Next(), account.Id, first.AdminEmail, username: null, hash, time.GetInstant());
        GroupMemberships.Set(db, user.Subject, [administrators]);
        db.Add(user);
        try
        {
            // Before the rows are committed: a key that is stored but was never shown would lock the owner out, whereas a file whose rows
            // are missing is written again by the next start.
            await data.WriteSecretAsync(KeyFile, key + "\n", cancellationToken);
            if (first.AdminPassword is null)
                await data.WriteSecretAsync(PasswordFile, password + "\n", cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{data.File(KeyFile)} or {data.File(PasswordFile)} cannot be written: {error.Message}", error);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
