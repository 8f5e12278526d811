using System.Text.Json.Serialization;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>Whether users can sign in with an identity provider.</summary>
internal enum IdentityProviderStatus
{
    /// <summary>They can.</summary>
    [JsonStringEnumMemberName("ACTIVE")]
    Active,

    /// <summary>They cannot, and the sign-in page does not show it.</summary>
    [JsonStringEnumMemberName("SUSPENDED")]
    Suspended,
}
