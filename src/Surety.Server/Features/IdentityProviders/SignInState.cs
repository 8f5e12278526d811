using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Surety.Server.Hosting;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>
/// What a browser keeps between being sent to a provider and coming back: encrypted in a cookie, so that who comes back is who was sent, and to the provider
/// that was asked.
/// </summary>
/// <param name="ProviderId">The provider that was asked.</param>
/// <param name="State">Comes back in the URL (RFC 6749, 10.12).</param>
/// <param name="Nonce">Comes back in the ID token (OpenID Connect Core, 3.1.2.1).</param>
/// <param name="Verifier">Proves to the provider that the code is ours (RFC 7636).</param>
/// <param name="ReturnTo">The page of this server that goes on.</param>
/// <param name="ExpiresAt">Seconds since 1970.</param>
internal sealed record SignInState(EntityId ProviderId, string State, string Nonce, string Verifier, string ReturnTo, long ExpiresAt)
{
    /// <summary>Signing in takes no longer.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Purpose = "oidc-sign-in";

    // RFC 6265bis, 4.1.3.2: set by this host over TLS, for this host alone.
    private const string CookiePrefix = "__Host-surety-oidc-";
    private const int MaxCookie = 4096;

    public static SignInState New(EntityId provider, string returnTo, DateTimeOffset now) =>
        new(provider, RandomText(), RandomText(), RandomText(), returnTo, (now + Lifetime).ToUnixTimeSeconds());

    /// <summary>256 random bits as text of 43 characters, as RFC 7636, 4.1 has them.</summary>
    public static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>RFC 7636, 4.2: <c>S256</c>.</summary>
    public string Challenge() => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>One cookie for each sign-in, so that two tabs do not disturb each other.</summary>
    public static string CookieOf(string state) => CookiePrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)).AsSpan(0, 8));

    public string Seal(SecretProtector secrets) => Base64Url.EncodeToString(secrets.Protect(
        Purpose, JsonSerializer.SerializeToUtf8Bytes(new[] { ProviderId.ToString(), State, Nonce, Verifier, ReturnTo, ExpiresAt.ToString(System.Globalization.CultureInfo.InvariantCulture) })));

    /// <summary>What a cookie holds; null when it is not ours, not of this state, or too old.</summary>
    public static SignInState? Open(SecretProtector secrets, string? cookie, string state, DateTimeOffset now)
    {
        if (cookie is not { Length: > 0 and <= MaxCookie })
            return null;
        try
        {
            var parts = JsonSerializer.Deserialize<string[]>(secrets.Unprotect(Purpose, Base64Url.DecodeFromChars(cookie)))!;
            var found = new SignInState(
                EntityId.TryParse(parts[0], out var provider) ? provider : default, parts[1], parts[2], parts[3], parts[4], long.Parse(parts[5], System.Globalization.CultureInfo.InvariantCulture));
            var isSame = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(found.State), Encoding.UTF8.GetBytes(state));
            return isSame && now.ToUnixTimeSeconds() <= found.ExpiresAt ? found : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }

    // The generated text of a record would hold the secrets.
    public override string ToString() => $"sign-in with {ProviderId}";
}
