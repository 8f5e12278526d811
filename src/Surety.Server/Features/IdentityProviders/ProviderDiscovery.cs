using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>What providers publish of themselves: their configuration (OpenID Connect Discovery 1.0) and their keys (RFC 7517).</summary>
internal sealed class ProviderDiscovery(ProviderHttp http)
{
    /// <summary>Reads the configuration of an issuer.</summary>
    /// <exception cref="ProviderException">It has none that can be used.</exception>
    public async Task<OpenIdConnectConfiguration> ReadAsync(string issuer, CancellationToken cancellationToken)
    {
        // OpenID Connect Discovery, 4.1: a slash at the end goes first.
        var document = await http.GetAsync(issuer.TrimEnd('/') + "/.well-known/openid-configuration", cancellationToken);
        var found = Read(document, text => OpenIdConnectConfiguration.Create(text), "its configuration is not that of an OpenID provider");
        // 4.3: the very same text, or one issuer could speak for another.
        return found.Issuer == issuer ? found : throw new ProviderException($"its configuration is that of the issuer '{Api.ApiException.Shorten(found.Issuer ?? "")}'");
    }

    /// <summary>Reads the keys that sign ID tokens.</summary>
    /// <exception cref="ProviderException">There are none that can be used.</exception>
    public async Task<IReadOnlyList<IdpPublicKey>> ReadKeysAsync(string jwksUri, CancellationToken cancellationToken)
    {
        var document = await http.GetAsync(jwksUri, cancellationToken);
        var keys = Read(document, text => SigningKeyFormat.FromSet(JsonWebKeySet.Create(text)), "its jwks_uri gives no JSON Web Key Set");
        return keys.Count > 0 ? keys : throw new ProviderException("its key set has no key for RSA or ECDSA signatures");
    }

    private static T Read<T>(byte[] document, Func<string, T> read, string mistake)
    {
        try
        {
            return read(Encoding.UTF8.GetString(document));
        }
        catch (Exception error) when (error is ArgumentException or JsonException or FormatException or InvalidOperationException)
        {
            throw new ProviderException(mistake, error);
        }
    }
}
