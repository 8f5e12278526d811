using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>What the page got that the browser came back to.</summary>
internal sealed record SignInCodeReq
{
    [Description("The parameter code of the page's URL.")]
    [Required]
    [MaxLength(100)]
    public string? Code { get; init; }
}
