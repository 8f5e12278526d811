using System.Text.Json.Serialization;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>How users prove who they are. (account-management, LoginProfile.)</summary>
internal enum IdentityProviderType
{
    /// <summary>Their password here.</summary>
    [JsonStringEnumMemberName("NATIVE")]
    Native,

    /// <summary>OpenID Connect.</summary>
    [JsonStringEnumMemberName("OIDC")]
    Oidc,

    /// <summary>SAML 2.0, which is not served.</summary>
    [JsonStringEnumMemberName("SAML2")]
    Saml2,
}
