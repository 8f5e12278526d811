namespace Surety.Server.Features.Accounts;

/// <summary>The settings of an account that requests are judged by.</summary>
/// <param name="Status">Nobody and nothing of a suspended account is let in.</param>
/// <param name="IdleTimeout">A session ends after this time without a request.</param>
/// <param name="MinimumLength">Characters of a password.</param>
/// <param name="PasswordRecovery">How long the link in a recovery mail is good.</param>
/// <param name="MfaStatus">Whether users must have a second factor.</param>
internal sealed record AccountPolicy(AccountStatus Status, TimeSpan IdleTimeout, int MinimumLength, TimeSpan PasswordRecovery, MfaStatus MfaStatus)
{
    /// <summary>Minutes.</summary>
    public const int DefaultIdleTimeout = 60;

    /// <summary>Minutes (account-management, <c>idle_timeout</c>).</summary>
    public const int MaxIdleTimeout = 120;

    /// <summary>Characters (account-management, PasswordPolicy).</summary>
    public const int DefaultMinimumLength = 8;

    /// <summary>Minutes.</summary>
    public const int DefaultPasswordRecovery = 15;

    public static AccountPolicy Of(Account account) => new(
        account.Status,
        TimeSpan.FromMinutes(account.IdleTimeout ?? DefaultIdleTimeout),
        account.PasswordMinimumLength ?? DefaultMinimumLength,
        TimeSpan.FromMinutes(account.PasswordRecoveryExpiration ?? DefaultPasswordRecovery),
        account.MfaStatus);
}
