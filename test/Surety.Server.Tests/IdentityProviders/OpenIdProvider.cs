using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Surety.Server.Tests.IdentityProviders;

/// <summary>An OpenID provider that a test can have lie. The honest one that others have made is in Interop.Tests.</summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "surety & co";
    public const string Secret = "a secret: 100%";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge, string RedirectUri)> _codes = [];
    private RSA _key = RSA.Create(2048);

    private OpenIdProvider(WebApplication app) => _app = app;

    public string Issuer => _app.Urls.Single();

    public string Kid { get; private set; } = "one";

    /// <summary>What it calls itself in its configuration.</summary>
    public string? IssuerOfConfiguration { get; set; }

    public string[]? AuthenticationMethods { get; set; }

    /// <summary>Changes the claims of an ID token.</summary>
    public Action<JsonObject> Claims { get; set; } = _ => { };

    /// <summary>Makes another token of header and payload than the right one.</summary>
    public Func<JsonObject, JsonObject, string>? Token { get; set; }

    /// <summary>Answers instead of the token endpoint.</summary>
    public RequestDelegate? TokenEndpoint { get; set; }

    /// <summary>What it tells of its users beside the ID token.</summary>
    public JsonObject? Userinfo { get; set; }

    public int KeyRequests { get; private set; }

    public static async Task<OpenIdProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new OpenIdProvider(builder.Build());
        provider._app.Run(provider.AnswerAsync);
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>What an administrator says of it.</summary>
    public string Describe(string name, bool autoEnrollment = false, string? secret = Secret, JsonObject? more = null)
    {
        var attributes = new JsonObject { ["issuer"] = Issuer, ["client_id"] = ClientId, ["client_secret"] = secret, ["auto_enrollment"] = autoEnrollment };
        foreach (var (member, value) in more ?? [])
            attributes[member] = value?.DeepClone();
        return new JsonObject { ["name"] = name, ["type"] = "OIDC", ["oidc_attributes"] = attributes }.ToJsonString();
    }

    /// <summary>Somebody has signed in: the URL to which the browser is sent back.</summary>
    public Uri Approve(Uri authorization, bool namesItself = true)
    {
        var query = HttpUtility.ParseQueryString(authorization.Query);
        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _codes[code] = (query["nonce"]!, query["code_challenge"]!, query["redirect_uri"]!);
        var iss = namesItself ? $"&iss={Uri.EscapeDataString(Issuer)}" : "";
        return new Uri($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"]!)}{iss}");
    }

    /// <summary>Signs with another key from now on.</summary>
    public void Rotate(string kid)
    {
        _key.Dispose();
        _key = RSA.Create(2048);
        Kid = kid;
    }

    public string Sign(JsonObject header, JsonObject payload)
    {
        var text = $"{Encode(header)}.{Encode(payload)}";
        return $"{text}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>RFC 7515, 3.1.</summary>
    public static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    /// <summary>Its public key as PEM.</summary>
    public string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/.well-known/openid-configuration" => WriteAsync(context, Configuration()),
        "/keys" => KeysAsync(context),
        "/token" => TokenEndpoint is { } endpoint ? endpoint(context) : TokenAsync(context),
        "/userinfo" when Userinfo is not null && context.Request.Headers.Authorization == "Bearer access" => WriteAsync(context, Userinfo),
        _ => WriteAsync(context, new JsonObject { ["error"] = "not_found" }, 404),
    };

    private JsonObject Configuration()
    {
        var configuration = new JsonObject
        {
            ["issuer"] = IssuerOfConfiguration ?? Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize?tenant=a",
            ["token_endpoint"] = $"{Issuer}/token",
            ["userinfo_endpoint"] = $"{Issuer}/userinfo",
            ["jwks_uri"] = $"{Issuer}/keys",
            ["authorization_response_iss_parameter_supported"] = true,
        };
        if (AuthenticationMethods is { } methods)
            configuration["token_endpoint_auth_methods_supported"] = new JsonArray([.. methods.Select(method => (JsonNode)method)]);
        return configuration;
    }

    private Task KeysAsync(HttpContext context)
    {
        KeyRequests++;
        var parameters = _key.ExportParameters(false);
        var key = new JsonObject
        {
            ["kty"] = "RSA", ["use"] = "sig", ["kid"] = Kid, ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        };
        return WriteAsync(context, new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = "AA" }, key) });
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        // RFC 6749, 2.3.1: both parts are form-encoded. Bytes by hand: curl -u 'surety+%26+co:a+secret%3A+100%25'.
        var isKnown = AuthenticationMethods?.Contains("client_secret_post") == true
            ? form["client_id"] == ClientId && form["client_secret"] == Secret
            : context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String("surety+%26+co:a+secret%3A+100%25"u8);
        if (!isKnown)
        {
            await WriteAsync(context, new JsonObject { ["error"] = "invalid_client" }, 401);
            return;
        }

        var isRight = _codes.TryRemove(form["code"].ToString(), out var code) && form["grant_type"] == "authorization_code" && form["redirect_uri"] == code.RedirectUri
            && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == code.Challenge;
        if (!isRight)
        {
            await WriteAsync(context, new JsonObject { ["error"] = "invalid_grant" }, 400);
            return;
        }

        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = Kid };
        var payload = new JsonObject
        {
            ["iss"] = Issuer, ["aud"] = ClientId, ["sub"] = "subject", ["iat"] = now, ["exp"] = now + 300, ["nonce"] = code.Nonce,
        };
        Claims(payload);
        await WriteAsync(context, new JsonObject { ["access_token"] = "access", ["token_type"] = "Bearer", ["id_token"] = Token is { } make ? make(header, payload) : Sign(header, payload) });
    }

    private static Task WriteAsync(HttpContext context, JsonObject body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString());
    }
}
