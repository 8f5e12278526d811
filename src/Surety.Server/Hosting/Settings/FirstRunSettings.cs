namespace Surety.Server.Hosting.Settings;

/// <summary>What is made when the database is empty; without effect afterwards.</summary>
internal sealed record FirstRunSettings
{
    /// <summary>Default <c>admin@localhost</c>; 3 to 254 characters with an @ (account-management, UserInfoReq).</summary>
    public required string AdminEmail { get; init; }

    /// <summary>Default none: generated. 8 to 512 characters (account-management, PasswordPolicy).</summary>
    public required string? AdminPassword { get; init; }

    /// <summary>Display name of the account. Default <c>Default</c>; at most 100 characters (account-management, AccountInfo).</summary>
    public required string AccountName { get; init; }

    public static FirstRunSettings Read(SettingsReader reader)
    {
        var email = reader.Text("FirstRun:AdminEmail", "admin@localhost", "first administrator")!;
        if (email.Length is < 3 or > 254 || email.IndexOf('@', StringComparison.Ordinal) is < 1 or > 252)
            reader.Mistake("FirstRun:AdminEmail", $"'{email}' is not an e-mail address of 3 to 254 characters");
        var password = reader.Text("FirstRun:AdminPassword", null, "the first administrator's password; generated when not set");
        if (password?.Length is < 8 or > 512)
            reader.Mistake("FirstRun:AdminPassword", "must have 8 to 512 characters");
        var account = reader.Text("FirstRun:AccountName", "Default", "name of the first account")!;
        if (account.Length > 100)
            reader.Mistake("FirstRun:AccountName", "must have at most 100 characters");
        return new FirstRunSettings { AdminEmail = email, AdminPassword = password, AccountName = account };
    }
}
