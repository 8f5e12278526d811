using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Users;

/// <summary>Whose password is lost.</summary>
internal sealed record PasswordRecoveryReq
{
    [Description("The address of the user.")]
    [Required]
    [StringLength(254, MinimumLength = 3, ErrorMessage = "must have 3 to 254 characters")]
    public string? Email { get; init; }
}
