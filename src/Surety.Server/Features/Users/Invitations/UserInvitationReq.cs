using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Users;

/// <summary>Whom to invite.</summary>
internal sealed record UserInvitationReq
{
    [Description("The address that the invitation goes to, and with which the user will sign in.")]
    [Required]
    [EmailAddress(ErrorMessage = "must be an e-mail address")]
    [StringLength(254, MinimumLength = 3, ErrorMessage = "must have 3 to 254 characters")]
    public string? Email { get; init; }

    [Description("Ids of the policy groups the user will belong to.")]
    public IReadOnlyList<string>? Groups { get; init; }

    [Description("Days until the invitation ends; 30 when absent.")]
    [Range(1, 100)]
    public int? ValidForDays { get; init; }
}
