namespace Surety.Server.Features.Users;

/// <summary>What the link in a mail is good for.</summary>
internal enum MailTokenPurpose
{
    /// <summary>To choose the first password.</summary>
    Invitation,

    /// <summary>To choose another password.</summary>
    PasswordRecovery,

    /// <summary>To prove that the address is the user's.</summary>
    EmailVerification,
}
