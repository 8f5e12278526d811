using System.Text.RegularExpressions;
using Surety.Server.Api;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>Checks what an administrator says of a provider, and names each member that is wrong.</summary>
internal static partial class OidcAttributes
{
    /// <summary>What a browser asks for where the provider does not say otherwise.</summary>
    public const string DefaultScopes = "openid profile email";

    private const string Start = "oidc_attributes.";
    private const int MaxText = 500;
    private const int MaxSecret = 2000;
    private const int MaxKeys = 50;
    private const int MaxMapped = 100;
    private const int MaxGroups = 20;

    /// <exception cref="ApiException">400.</exception>
    public static void Check(OidcInfo attributes)
    {
        List<ErrorField> errors = [];
        Url("issuer", attributes.Issuer, isRequired: true);
        if (attributes.Issuer?.AsSpan().ContainsAny('?', '#') == true)
            Add("issuer", "must have no query and no fragment");
        Url("authorization_endpoint", attributes.AuthorizationEndpoint, isRequired: true);
        Url("token_endpoint", attributes.TokenEndpoint, isRequired: true);
        Url("userinfo_endpoint", attributes.UserinfoEndpoint);
        Url("revocation_endpoint", attributes.RevocationEndpoint);
        Url("end_session_endpoint", attributes.EndSessionEndpoint);
        Url("jwks_uri", attributes.JwksUri);
        Url("redirect_uri", attributes.RedirectUri);
        Text("client_id", attributes.ClientId, MaxText);
        if (string.IsNullOrEmpty(attributes.ClientId))
            Add("client_id", "is required: what the provider calls this server");
        Text("client_secret", attributes.ClientSecret, MaxSecret);
        Text("scopes", attributes.Scopes, MaxText);
        if (attributes.Scopes is { } scopes && !scopes.Split(' ').Contains("openid"))
            Add("scopes", "must have openid among them");
        if (attributes.TokenRequestMode is not (null or "POST"))
            Add("token_request_mode", "must be POST: GET would send the client's secret in a URL (RFC 6749, 3.2)");
        if (attributes.TokenResponsePath is { } path && !ResponsePath().IsMatch(path))
            Add("token_response_path", "must be names separated by dots, at most 8");
        foreach (var (member, name) in attributes.ClaimMapping?.All ?? [])
            Text($"claim_mapping.{member}", name, 100);
        CheckKeys();
        CheckGroups();
        if (errors.Count > 0)
            throw ApiException.Invalid(errors);

        void Add(string member, string mistake) => errors.Add(new ErrorField(Start + member, mistake));

        void Url(string member, string? url, bool isRequired = false)
        {
            if (url is null && isRequired)
                Add(member, member == "issuer" ? "is required" : "is required where it is not found by discovery (?discovery=true)");
            else if (url is not null && (!ProviderHttp.IsPermitted(url) || url.Contains('#', StringComparison.Ordinal)))
                Add(member, "must be an https URL of at most 2048 characters, without user name and fragment");
        }

        void Text(string member, string? text, int maximum)
        {
            if (text is not null && (text.Length > maximum || text.AsSpan().ContainsAnyInRange('\0', '\x1f')))
                Add(member, $"must have at most {maximum} characters, and no control characters");
        }

        void CheckGroups()
        {
            if (attributes.GroupMapping is not { } mapping)
                return;
            Text("group_mapping.claim", mapping.Claim, 100);
            if (mapping.PolicyGroups is not { Count: > 0 and <= MaxMapped } groups)
                Add("group_mapping.policy_groups", $"must have 1 to {MaxMapped} values of the claim, each with the ids of policy groups");
            else if (groups.Any(value => value.Key.Length is 0 or > ProviderClaims.MaxLength || value.Key.AsSpan().ContainsAnyInRange('\0', '\x1f')))
                Add("group_mapping.policy_groups", $"must have values of 1 to {ProviderClaims.MaxLength} characters, and no control characters");
            else if (groups.Any(value => value.Value is not { Count: > 0 and <= MaxGroups } ids || ids.Any(id => id is null)))
                Add("group_mapping.policy_groups", $"must have 1 to {MaxGroups} ids of policy groups for each value");
        }

        void CheckKeys()
        {
            if (attributes.Keys is not { Count: > 0 } keys)
            {
                if (attributes.JwksUri is null)
                    Add("jwks_uri", "is required where there are no keys");
                return;
            }

            if (keys.Count > MaxKeys)
                Add("keys", $"must have at most {MaxKeys} items");
            else if (keys.Any(key => !SigningKeyFormat.IsValid(key)))
                Add("keys", SigningKeyFormat.Mistake);
        }
    }

    /// <summary>As they are stored: empty texts are absent.</summary>
    public static OidcInfo Normalize(OidcInfo attributes) => attributes with
    {
        AuthorizationEndpoint = NullIfEmpty(attributes.AuthorizationEndpoint),
        TokenEndpoint = NullIfEmpty(attributes.TokenEndpoint),
        UserinfoEndpoint = NullIfEmpty(attributes.UserinfoEndpoint),
        RevocationEndpoint = NullIfEmpty(attributes.RevocationEndpoint),
        EndSessionEndpoint = NullIfEmpty(attributes.EndSessionEndpoint),
        JwksUri = NullIfEmpty(attributes.JwksUri),
        RedirectUri = NullIfEmpty(attributes.RedirectUri),
        Scopes = NullIfEmpty(attributes.Scopes) ?? DefaultScopes,
        TokenRequestMode = NullIfEmpty(attributes.TokenRequestMode) ?? "POST",
        TokenResponsePath = NullIfEmpty(attributes.TokenResponsePath),
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    [GeneratedRegex(@"\A[\w-]{1,100}(\.[\w-]{1,100}){0,7}\z")]
    private static partial Regex ResponsePath();
}
