using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Users;

/// <summary>Which account to go on in.</summary>
internal sealed record ImpersonationReq
{
    [Description("One of the accounts that the sign-in has listed, by id.")]
    [Required]
    public string? AccountId { get; init; }

    [Description("A one-time password of the user there, if that user has a second factor.")]
    public string? Otp { get; init; }
}
