using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>What OpenID Connect needs of a provider. (account-management, OIDCInfo.) Checked by <see cref="OidcAttributes"/>.</summary>
internal sealed record OidcInfo
{
    [Description("The issuer, as it stands in ID tokens: an https URL.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Issuer { get; init; }

    [Description("What the provider calls this server.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClientId { get; init; }

    [Description("Never shown again. Absent in a change: stays as it is; empty: there is none.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClientSecret { get; init; }

    [Description("Where browsers are sent to sign in.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AuthorizationEndpoint { get; init; }

    [Description("Where a code is exchanged for an ID token.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenEndpoint { get; init; }

    [Description("Where claims are read that the ID token does not have.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UserinfoEndpoint { get; init; }

    [Description("For clients; not called by the server.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RevocationEndpoint { get; init; }

    [Description("For clients; not called by the server.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EndSessionEndpoint { get; init; }

    [Description("The provider's key set, read again when a token is signed with a key that is not known.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? JwksUri { get; init; }

    [Description("The keys that sign ID tokens. Need not be given where there is a jwks_uri.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IdpPublicKey>? Keys { get; init; }

    [Description("Where the provider sends browsers back; absent or empty: /auth/oidc/{identity_provider_id}/callback at the address that the browser called.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RedirectUri { get; init; }

    [Description("Separated by blanks, with openid among them. Default: openid profile email.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scopes { get; init; }

    [Description("POST; GET would send the secret in a URL and is refused.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenRequestMode { get; init; }

    [Description("Where in the token response the standard members are: names separated by dots. Default: at its top.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenResponsePath { get; init; }

    [Description("Whether somebody the provider knows becomes a user at the first sign-in. Default: false.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? AutoEnrollment { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OidcClaimMapping? ClaimMapping { get; init; }

    [Description("Which policy groups a claim puts users into at each sign-in; beyond the contract.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OidcGroupMapping? GroupMapping { get; init; }

    // The generated text of a record would hold the secret.
    public override string ToString() => $"OpenID Connect with {Issuer}";
}
