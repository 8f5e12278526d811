using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>Checks ID tokens as OpenID Connect Core, 3.1.3.7 demands; what can be left to the library is.</summary>
internal sealed class IdTokenValidator(ProviderKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    // Signatures of the provider's own key: neither none, nor a MAC with a secret that many know.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>The token, when it is the provider's, for us, of this sign-in and of now.</summary>
    /// <param name="provider">Who must have made it.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="idToken">What has come.</param>
    /// <param name="accessToken">What has come with it.</param>
    /// <param name="nonce">What was sent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SignInException">It is not.</exception>
    /// <exception cref="ProviderException">The keys cannot be read.</exception>
    public async Task<JsonWebToken> ValidateAsync(
        IdentityProvider provider, OidcInfo attributes, string idToken, string? accessToken, string nonce, CancellationToken cancellationToken)
    {
        if (!_handler.CanReadToken(idToken))
            throw Refuse("it is no JSON Web Token");
        var kid = Kid(idToken);
        var known = await keys.GetAsync(provider, kid, cancellationToken);
        var signing = known.Where(key => string.IsNullOrEmpty(kid) || key.Kid == kid).Select(SigningKeyFormat.Open).OfType<AsymmetricSecurityKey>().ToList();
        try
        {
            var result = await _handler.ValidateTokenAsync(idToken, new TokenValidationParameters
            {
                ValidIssuer = attributes.Issuer,
                ValidAudience = attributes.ClientId,
                ValidAlgorithms = Algorithms,
                IssuerSigningKeys = signing,
                RequireSignedTokens = true,
                RequireExpirationTime = true,
                RequireAudience = true,
                LifetimeValidator = (notBefore, expires, _, _) => IsOfNow(notBefore, expires),
                // The keys are disposed of below.
                CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            });
            var token = result is { IsValid: true, SecurityToken: JsonWebToken valid } ? valid : throw Refuse(result.Exception?.Message ?? "it is not valid", result.Exception);
            CheckProtocol(attributes, token, idToken, accessToken, nonce);
            return token;
        }
        finally
        {
            signing.ForEach(SigningKeyFormat.Close);
        }
    }

    private void CheckProtocol(OidcInfo attributes, JsonWebToken token, string idToken, string? accessToken, string nonce)
    {
        if (token.IssuedAt > time.GetUtcNow().UtcDateTime + Skew)
            throw Refuse("it was issued in the future");
        var validator = new OpenIdConnectProtocolValidator
        {
            RequireNonce = true,
            // Ours has no time in it: the cookie has.
            RequireTimeStampInNonce = false,
            RequireState = false,
            RequireStateValidation = false,
            // Where others are meant as well, it must say that it was made for us.
            RequireAzp = token.Audiences.Skip(1).Any(),
        };
        try
        {
            validator.ValidateTokenResponse(new OpenIdConnectProtocolValidationContext
            {
                ClientId = attributes.ClientId,
                Nonce = nonce,
                ProtocolMessage = new OpenIdConnectMessage { IdToken = idToken, AccessToken = accessToken },
                ValidatedIdToken = new System.IdentityModel.Tokens.Jwt.JwtSecurityToken(idToken),
            });
        }
        catch (Exception error) when (error is OpenIdConnectProtocolException or SecurityTokenException or ArgumentException)
        {
            throw Refuse(error.Message, error);
        }
    }

    private bool IsOfNow(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires > now - Skew && (notBefore is null || notBefore < now + Skew);
    }

    private static string? Kid(string idToken)
    {
        try
        {
            return new JsonWebToken(idToken).Kid;
        }
        catch (Exception error) when (error is ArgumentException or SecurityTokenException or FormatException or System.Text.Json.JsonException)
        {
            throw Refuse("its header cannot be read", error);
        }
    }

    private static SignInException Refuse(string reason, Exception? inner = null) =>
        new(SignInException.ServerError, "The answer of the identity provider is not valid.", $"The ID token is refused: {reason}", inner);
}
