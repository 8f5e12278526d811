using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Surety.Server.Features.Users;

namespace Surety.Server.Features.Accounts;

/// <summary>A new tenant, and its first administrator.</summary>
internal sealed record AccountCreationReq : AccountReq
{
    [Description("The address of the first administrator; without it the tenant has an administrator key and no user.")]
    [EmailAddress(ErrorMessage = "must be an e-mail address")]
    [StringLength(254, MinimumLength = 3, ErrorMessage = "must have 3 to 254 characters")]
    public string? AdminEmail { get; init; }

    [MaxLength(100)]
    public string? AdminFullName { get; init; }

    [Description("Another name of the first administrator to sign in with.")]
    [RegularExpression(UserUpdateReq.UsernamePattern, ErrorMessage = "must be 4 to 30 letters, digits, or any of - , . _ @ + =")]
    public string? AdminName { get; init; }

    [Description("8 to 512 characters; generated, and shown once in the answer, when absent: it must then be changed at the first sign-in.")]
    public string? AdminPassword { get; init; }

    [Description("Accepted and kept by Pelion for its bills; Surety sends none.")]
    public string? BusinessModel { get; init; }

    [MaxLength(100)]
    public string? ContractNumber { get; init; }

    [MaxLength(100)]
    public string? CustomerNumber { get; init; }

    [Required]
    [MaxLength(100)]
    public string? EndMarket { get; init; }

    public override AccountProfile ApplyTo(AccountProfile old) => base.ApplyTo(old) with
    {
        ContractNumber = ContractNumber ?? old.ContractNumber,
        CustomerNumber = CustomerNumber ?? old.CustomerNumber,
    };
}
