using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>An identity provider as it shall be. (account-management, IdentityProviderCreationReq and IdentityProviderUpdateReq.)</summary>
internal sealed record IdentityProviderReq
{
    [Description("For the sign-in page.")]
    [Required]
    [MaxLength(100)]
    public string? Name { get; init; }

    [MaxLength(500)]
    public string? Description { get; init; }

    [Description("OIDC. SAML2 is refused: it is not served.")]
    [Required]
    public IdentityProviderType? Type { get; init; }

    [Description("Default: ACTIVE.")]
    public IdentityProviderStatus? Status { get; init; }

    [Description("Needed to make a provider. In a change they replace what there is as a whole, but for client_secret.")]
    public OidcInfo? OidcAttributes { get; init; }

    [Description("Refused: SAML 2.0 is not served.")]
    public JsonElement? Saml2Attributes { get; init; }
}
