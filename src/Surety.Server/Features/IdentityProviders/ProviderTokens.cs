using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>Exchanges the code that a browser has brought for what the provider says of the person.</summary>
internal sealed class ProviderTokens(ProviderHttp http, IdTokenValidator validator, IdentityProviderService providers)
{
    private static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 16 };

    /// <exception cref="SignInException">The provider refuses the code, or what it answers is not valid.</exception>
    /// <exception cref="ProviderException">It cannot be used.</exception>
    public async Task<ProviderClaims> RedeemAsync(IdentityProvider provider, SignInState state, string code, string redirectUri, CancellationToken cancellationToken)
    {
        var attributes = provider.Attributes();
        var (idToken, accessToken) = await ExchangeAsync(provider, attributes, state, code, redirectUri, cancellationToken);
        var token = await validator.ValidateAsync(provider, attributes, idToken, accessToken, state.Nonce, cancellationToken);
        var claims = ProviderClaims.Read(attributes, name => token.TryGetClaim(name, out var claim) ? claim.Value : null, name => Texts(token, name));
        var isComplete = claims?.VerifiedEmail is not null && (attributes.GroupMapping is null || claims.Groups is not null);
        if (!isComplete && attributes.UserinfoEndpoint is { } userinfo && accessToken is not null)
            claims = await AskAsync(userinfo, accessToken, token.Subject, attributes, claims, cancellationToken);
        return claims ?? throw new SignInException(SignInException.ServerError, "The identity provider does not say who you are.", "There is no claim for the subject");
    }

    /// <summary>RFC 6749, 4.1.3.</summary>
    private async Task<(string IdToken, string? AccessToken)> ExchangeAsync(
        IdentityProvider provider, OidcInfo attributes, SignInState state, string code, string redirectUri, CancellationToken cancellationToken)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", redirectUri), new("code_verifier", state.Verifier),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, attributes.TokenEndpoint);
        var secret = providers.SecretOf(provider);
        if (secret is null || provider.TakesSecretInBody)
            form.Add(new("client_id", attributes.ClientId!));
        if (secret is not null && provider.TakesSecretInBody)
            form.Add(new("client_secret", secret));
        else if (secret is not null)
            request.Headers.Authorization = Basic(attributes.ClientId!, secret);
        request.Content = new FormUrlEncodedContent(form);
        var (status, body) = await http.SendAsync(request, cancellationToken);
        using var answer = Parse(body, $"it answered {status} to the code, and not with a JSON object");
        if (status != StatusCodes.Status200OK)
        {
            var error = Text(answer.RootElement, "error") ?? "";
            throw new SignInException(
                SignInException.ServerError, "The identity provider has refused to complete the sign-in.", $"The token endpoint answered {status} '{Api.ApiException.Shorten(error)}'");
        }

        var members = answer.RootElement;
        foreach (var name in attributes.TokenResponsePath?.Split('.') ?? [])
            members = members.ValueKind == JsonValueKind.Object && members.TryGetProperty(name, out var inner) ? inner : default;
        return (Text(members, "id_token") ?? throw new ProviderException("its token response has no id_token"), Text(members, "access_token"));
    }

    /// <summary>OpenID Connect Core, 5.3.</summary>
    private async Task<ProviderClaims?> AskAsync(
        string endpoint, string accessToken, string subject, OidcInfo attributes, ProviderClaims? known, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        if (!AuthenticationHeaderValue.TryParse($"Bearer {accessToken}", out var authorization))
            return known;
        request.Headers.Authorization = authorization;
        var (status, body) = await http.SendAsync(request, cancellationToken);
        if (status != StatusCodes.Status200OK)
            return known;
        using var answer = Parse(body, "its userinfo_endpoint does not answer with a JSON object");
        // 5.3.2: it may be another's.
        if (Text(answer.RootElement, JwtRegisteredClaimNames.Sub) != subject)
            throw new ProviderException("its userinfo_endpoint tells of somebody else");
        var claims = ProviderClaims.Read(attributes, name => Text(answer.RootElement, name), name => Texts(answer.RootElement, name));
        // What the signed token says comes first: only what it lacks was asked for.
        return claims is null || known is null ? claims ?? known : claims with
        {
            Subject = known.Subject,
            VerifiedEmail = known.VerifiedEmail ?? claims.VerifiedEmail,
            Groups = known.Groups ?? claims.Groups,
        };
    }

    /// <summary>RFC 6749, 2.3.1: both are form-encoded first.</summary>
    private static AuthenticationHeaderValue Basic(string id, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Encode(id)}:{Encode(secret)}")));

    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static JsonDocument Parse(byte[] body, string mistake)
    {
        try
        {
            var document = JsonDocument.Parse(body, Bounds);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new ProviderException(mistake);
        }
        catch (JsonException error)
        {
            throw new ProviderException(mistake, error);
        }
    }

    // An empty list is a claim of the token, and yet none of its Claims.
    private static IReadOnlyList<string>? Texts(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<JsonElement>(name, out var value) ? Texts(value) : token.TryGetClaim(name, out var claim) ? [claim.Value] : null;

    private static IReadOnlyList<string>? Texts(JsonElement members, string name) => members.TryGetProperty(name, out var value) ? Texts(value) : null;

    private static IReadOnlyList<string>? Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
        _ => null,
    };

    private static string? Text(JsonElement members, string name) =>
        members.ValueKind != JsonValueKind.Object || !members.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
}
