using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Accounts;

/// <summary>What to change of a tenant. A member that is absent or null stays as it is.</summary>
internal sealed record AccountUpdateRootReq : AccountUpdateReq
{
    [Description("Accepted and kept by Pelion for its bills; Surety sends none.")]
    public string? BusinessModel { get; init; }

    [MaxLength(100)]
    public string? ContractNumber { get; init; }

    [MaxLength(100)]
    public string? CustomerNumber { get; init; }

    [EmailAddress(ErrorMessage = "must be an e-mail address")]
    [StringLength(254, MinimumLength = 3, ErrorMessage = "must have 3 to 254 characters")]
    public string? SalesContact { get; init; }

    [Description("ACTIVE, RESTRICTED or SUSPENDED: nobody and nothing of a suspended account is let in. Only the parent account can change it.")]
    public AccountStatus? Status { get; init; }

    [Description("Why the status is what it is.")]
    [MaxLength(500)]
    public string? Reason { get; init; }

    public override AccountProfile ApplyTo(AccountProfile old) => base.ApplyTo(old) with
    {
        ContractNumber = ContractNumber ?? old.ContractNumber,
        CustomerNumber = CustomerNumber ?? old.CustomerNumber,
        SalesContact = SalesContact ?? old.SalesContact,
    };
}
