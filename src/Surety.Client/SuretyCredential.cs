namespace Surety.Client;

/// <summary>What a client identifies itself with.</summary>
public sealed class SuretyCredential
{
    private SuretyCredential(string? token, string? username, string? password, string? account)
    {
        Token = token;
        Username = username;
        Password = password;
        Account = account;
    }

    internal string? Token { get; }

    internal string? Username { get; }

    internal string? Password { get; }

    internal string? Account { get; }

    /// <summary>An API key, <c>ak_...</c>, or the token of a session. Notifications, and with them requests to devices, need a key.</summary>
    /// <exception cref="ArgumentException">It is empty, or has characters that a header cannot carry.</exception>
    public static SuretyCredential FromKey(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        key = key.Trim();
        return key.AsSpan().ContainsAnyExceptInRange('!', '~') ? throw new ArgumentException("A key is one word of ASCII; this has spaces or other characters.", nameof(key)) : new(key, null, null, null);
    }

    /// <summary>A user, who is signed in at the first request and again when the token has ended.</summary>
    /// <param name="username">The address or the name.</param>
    /// <param name="password">The password.</param>
    /// <param name="account">The id of the account, for a user of several.</param>
    public static SuretyCredential FromPassword(string username, string password, string? account = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(username);
        ArgumentException.ThrowIfNullOrEmpty(password);
        return new(null, username, password, account);
    }

    /// <summary>The kind alone: what is secret is not shown.</summary>
    public override string ToString() => Token is null ? $"user {Username}" : "key";
}
