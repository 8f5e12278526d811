using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Surety.Server.Features.IdentityProviders;

namespace Surety.Server.Features.Users;

/// <summary>What a new user is to be.</summary>
internal sealed record UserInfoReq
{
    [Description("The e-mail address, with which the user signs in.")]
    [Required]
    [EmailAddress(ErrorMessage = "must be an e-mail address")]
    [StringLength(254, MinimumLength = 3, ErrorMessage = "must have 3 to 254 characters")]
    public string? Email { get; init; }

    [Description("Another name to sign in with: 4 to 30 letters, digits, or any of - , . _ @ + =")]
    [RegularExpression(UserUpdateReq.UsernamePattern, ErrorMessage = "must be 4 to 30 letters, digits, or any of - , . _ @ + =")]
    public string? Username { get; init; }

    [MaxLength(100)]
    public string? FullName { get; init; }

    [MaxLength(100)]
    public string? Address { get; init; }

    [MaxLength(100)]
    public string? PhoneNumber { get; init; }

    [Description("8 to 512 characters; generated, and shown once in the answer, when absent.")]
    public string? Password { get; init; }

    [Description("Ids of the policy groups the user belongs to.")]
    public IReadOnlyList<string>? Groups { get; init; }

    [Description("With what the user signs in, and with nothing else; by id. Absent: with the password, and with every identity provider of the account.")]
    public IReadOnlyList<LoginProfile?>? LoginProfiles { get; init; }

    public bool? IsGtcAccepted { get; init; }

    public bool? IsMarketingAccepted { get; init; }
}
