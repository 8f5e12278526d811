using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Surety.Server.Features.IdentityProviders;

namespace Surety.Server.Features.Users;

/// <summary>What to change of a user. A member that is absent or null stays as it is.</summary>
internal sealed record UserUpdateReq
{
    /// <summary>Of user names.</summary>
    public const string UsernamePattern = @"^[\w\-,._@+=]{4,30}$";

    [Description("Users can change their own address; nobody else can.")]
    [EmailAddress(ErrorMessage = "must be an e-mail address")]
    [StringLength(254, MinimumLength = 3, ErrorMessage = "must have 3 to 254 characters")]
    public string? Email { get; init; }

    [RegularExpression(UsernamePattern, ErrorMessage = "must be 4 to 30 letters, digits, or any of - , . _ @ + =")]
    public string? Username { get; init; }

    [MaxLength(100)]
    public string? FullName { get; init; }

    [MaxLength(100)]
    public string? Address { get; init; }

    [MaxLength(100)]
    public string? PhoneNumber { get; init; }

    [Description("A new password, 8 to 512 characters. It ends the user's other sessions.")]
    public string? Password { get; init; }

    [Description("The present password; users need it to change their own.")]
    public string? CurrentPassword { get; init; }

    [Description("Ids of the policy groups the user belongs to. Only an administrator can change them.")]
    public IReadOnlyList<string>? Groups { get; init; }

    [Description("ACTIVE, RESET (must change the password) or INACTIVE (cannot sign in). Only an administrator can change it.")]
    public UserStatus? Status { get; init; }

    [Description(
        "true, by the user: without otp the answer has totp_secret for the authenticator; with otp it is switched on, and the answer has totp_scratch_codes. "
        + "true with otp again: new scratch codes. false: switched off, by the user with otp, or by an administrator.")]
    public bool? IsTotpEnabled { get; init; }

    [Description("A code of the authenticator, or a scratch code; see is_totp_enabled.")]
    public string? Otp { get; init; }

    [Description("With what the user signs in, and with nothing else; by id. Empty: with anything. Only an administrator can change it.")]
    public IReadOnlyList<LoginProfile?>? LoginProfiles { get; init; }

    public bool? IsGtcAccepted { get; init; }

    public bool? IsMarketingAccepted { get; init; }
}
