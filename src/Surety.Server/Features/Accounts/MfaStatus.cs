namespace Surety.Server.Features.Accounts;

/// <summary>Whether users of the account must have a second factor. (account-management, <c>mfa_status</c>.)</summary>
internal enum MfaStatus
{
    /// <summary>Each user decides.</summary>
    Optional,

    /// <summary>Who has no second factor can do nothing but set one up.</summary>
    Enforced,
}
