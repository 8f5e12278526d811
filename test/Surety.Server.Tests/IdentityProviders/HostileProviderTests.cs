using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.AspNetCore.Http;
using Surety.Testing;

namespace Surety.Server.Tests.IdentityProviders;

/// <summary>Providers that lie, fail or are played off against each other, and browsers that are led astray (RFC 9700, 4).</summary>
public sealed class HostileProviderTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> WrongClaims => new()
    {
        { "iss", "\"https://id.example.com\"" },
        { "iss", "null" },
        { "aud", "\"another\"" },
        { "aud", "[]" },
        { "aud", "null" },
        // Others are meant as well, and it does not say for whom it was made.
        { "aud", $"[\"{OpenIdProvider.ClientId}\",\"another\"]" },
        { "azp", "\"another\"" },
        { "nonce", "\"another\"" },
        { "nonce", "null" },
        { "exp", "1" },
        { "exp", "null" },
        { "exp", "\"tomorrow\"" },
        { "iat", "null" },
        { "iat", "99999999999" },
        { "nbf", "99999999999" },
        { "sub", "null" },
        { "sub", "\"\"" },
        { "sub", "\"a\\u0000b\"" },
        { "at_hash", "\"AAAA\"" },
    };

    [Theory]
    [MemberData(nameof(WrongClaims))]
    public async Task A_token_with_a_wrong_claim_signs_nobody_in(string claim, string value)
    {
        await using var scene = await SignInScene.CreateAsync(_server);
        await scene.MakeUserAsync();
        scene.Provider.Claims = claims =>
        {
            scene.Vouch(claims);
            claims[claim] = JsonNode.Parse(value);
            if (value == "null")
                claims.Remove(claim);
        };
        await scene.RefuseAsync("server_error");
    }

    [Fact]
    public async Task Two_audiences_and_a_party_that_it_was_made_for_are_right()
    {
        await using var scene = await SignInScene.CreateAsync(_server);
        await scene.MakeUserAsync();
        scene.Provider.Claims = claims =>
        {
            scene.Vouch(claims);
            (claims["aud"], claims["azp"]) = (new JsonArray(OpenIdProvider.ClientId, "another"), OpenIdProvider.ClientId);
        };
        await scene.GetSessionAsync();
    }

    public static TheoryData<string> Forgeries => ["none", "NONE", "public key as a MAC key", "client secret as a MAC key", "another key", "another key of its own", "altered", "no token", "encrypted", "huge"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_token_that_the_provider_has_not_signed_signs_nobody_in(string forgery)
    {
        await using var scene = await SignInScene.CreateAsync(_server);
        await scene.MakeUserAsync();
        scene.Provider.Token = (header, payload) => forgery switch
        {
            "none" or "NONE" => With(header, "alg", forgery, changed => $"{OpenIdProvider.Encode(changed)}.{OpenIdProvider.Encode(payload)}."),
            // RFC 8725, 2.1.
            "public key as a MAC key" => Mac(header, payload, Encoding.UTF8.GetBytes(scene.Provider.PublicKey)),
            "client secret as a MAC key" => Mac(header, payload, Encoding.UTF8.GetBytes(OpenIdProvider.Secret)),
            "another key" => Foreign(header, payload),
            "another key of its own" => With(header, "jwk", "x", changed => Foreign(changed, payload)),
            "altered" => scene.Provider.Sign(header, payload).Replace(".", $".{OpenIdProvider.Encode(payload)[..4]}", StringComparison.Ordinal),
            "no token" => "none",
            "encrypted" => "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.AA.AA.AA.AA",
            _ => scene.Provider.Sign(header, new JsonObject { ["sub"] = new string('a', 250_000) }),
        };
        using var browser = new Browser();
        var page = await scene.SignInAsync(browser);
        Assert.Contains(page["error"], (string[])["server_error", "temporarily_unavailable"]);
        Assert.Null(page["code"]);
    }

    [Fact]
    public async Task Another_state_or_another_browser_is_refused_and_the_provider_is_not_asked()
    {
        await using var scene = await SignInScene.CreateAsync(_server);
        await scene.MakeUserAsync();
        scene.Provider.TokenEndpoint = _ => throw new InvalidOperationException("nobody asks");
        using Browser browser = new(), victim = new();
        var back = scene.Provider.Approve(await scene.StartAsync(browser));
        // Login CSRF: the attacker's code in the victim's browser, which has begun a sign-in of its own.
        await scene.StartAsync(victim);
        foreach (var (who, uri) in new[]
        {
            (victim, back.ToString()),
            (browser, back.ToString().Replace("state=", "state=x", StringComparison.Ordinal)),
            (browser, back.ToString().Split("&state=")[0]),
        })
        {
            using var response = await who.GetAsync(new Uri(uri), Token);
            await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        }

        browser.Tamper(value => value[..^2] + (value[^2..] == "AA" ? "AB" : "AA"));
        using var tampered = await browser.GetAsync(back, Token);
        await tampered.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
    }

    [Fact]
    public async Task A_code_cannot_be_used_twice()
    {
        await using var scene = await SignInScene.CreateAsync(_server);
        await scene.MakeUserAsync();
        using Browser browser = new(), thief = new();
        var back = scene.Provider.Approve(await scene.StartAsync(browser));
        thief.Steal(browser);
        Assert.NotNull((await scene.ReturnAsync(browser, back))["code"]);
        using var again = await browser.GetAsync(back, Token);
        await again.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        // Even with the cookies of before: the provider has taken the code.
        Assert.Equal("server_error", (await scene.ReturnAsync(thief, back))["error"]);
    }

    [Fact]
    public async Task One_provider_cannot_be_taken_for_another()
    {
        var admin = await _server.NewAccountAsync();
        await using var honest = await SignInScene.CreateAsync(_server, admin: admin);
        await using var attacker = await SignInScene.CreateAsync(_server, admin: admin);
        await honest.MakeUserAsync();
        attacker.Provider.TokenEndpoint = _ => throw new InvalidOperationException("it gets no code of another");
        // RFC 9700, 4.4.1: begun with the attacker, who sends the browser on to the honest one.
        using var browser = new Browser();
        var begun = HttpUtility.ParseQueryString((await attacker.StartAsync(browser)).Query);
        var honestly = await honest.StartAsync(browser);
        var query = HttpUtility.ParseQueryString(honestly.Query);
        (query["state"], query["nonce"]) = (begun["state"], begun["nonce"]);
        var back = honest.Provider.Approve(new UriBuilder(honestly) { Query = query.ToString() }.Uri);
        Assert.Equal("invalid_request", (await honest.ReturnAsync(browser, back))["error"]);

        // The same, where both have been given one address to come back to.
        await attacker.StartAsync(browser);
        var state = HttpUtility.ParseQueryString((await attacker.StartAsync(browser)).Query)["state"]!;
        var mixed = new Uri(_server.Address, $"/auth/oidc/{attacker.Id}/callback?code=honest&state={state}&iss={Uri.EscapeDataString(honest.Provider.Issuer)}");
        Assert.Equal("invalid_request", (await attacker.ReturnAsync(browser, mixed))["error"]);
        // A provider that says it names itself, and does not.
        using var unnamed = new Browser();
        Assert.Equal("invalid_request", (await honest.ReturnAsync(unnamed, honest.Provider.Approve(await honest.StartAsync(unnamed), namesItself: false)))["error"]);
    }

    [Theory]
    [InlineData("https://evil.example.com/")]
    [InlineData("//evil.example.com/")]
    [InlineData("/\\evil.example.com/")]
    [InlineData("/\t/evil.example.com/")]
    [InlineData("\\\\evil.example.com")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a\r\nSet-Cookie: a=b")]
    [InlineData("/a#b")]
    [InlineData("")]
    public async Task Nobody_is_sent_to_another_site(string returnTo)
    {
        await using var scene = await SignInScene.CreateAsync(_server);
        using var browser = new Browser();
        using var response = await browser.GetAsync(new Uri(_server.Address, $"/auth/oidc/{scene.Id}/start?return_to={Uri.EscapeDataString(returnTo)}"), Token);
        Assert.Equal(["return_to"], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        Assert.Empty(browser.CookieAttributes);
    }

    [Fact]
    public async Task Who_changes_their_mind_at_the_provider_comes_back_to_the_page_without_its_words()
    {
        await using var scene = await SignInScene.CreateAsync(_server);
        using var browser = new Browser();
        var state = HttpUtility.ParseQueryString((await scene.StartAsync(browser)).Query)["state"];
        var iss = Uri.EscapeDataString(scene.Provider.Issuer);
        var page = await scene.ReturnAsync(browser, new Uri(_server.Address, $"/auth/oidc/{scene.Id}/callback?error=access_denied&error_description=Call+555+now&state={state}&iss={iss}"));
        Assert.Equal("access_denied", page["error"]);
        Assert.DoesNotContain("555", page.ToString()!, StringComparison.Ordinal);
    }

    public static TheoryData<string> Failures => ["down", "endless", "not JSON", "an array", "redirects", "no token", "error", "deep"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_provider_that_fails_costs_a_sign_in_and_no_more(string failure)
    {
        await using var scene = await SignInScene.CreateAsync(_server);
        await scene.MakeUserAsync();
        using var browser = new Browser();
        var back = scene.Provider.Approve(await scene.StartAsync(browser));
        scene.Provider.TokenEndpoint = context => failure switch
        {
            "endless" => EndlessAsync(context),
            "not JSON" => context.Response.WriteAsync("<html>", Token),
            "an array" => context.Response.WriteAsync("[]", Token),
            "redirects" => RedirectAsync(context),
            "no token" => context.Response.WriteAsync("{\"access_token\":\"a\"}", Token),
            "deep" => context.Response.WriteAsync(string.Concat(Enumerable.Repeat("{\"a\":", 5000)), Token),
            _ => WriteErrorAsync(context),
        };
        if (failure == "down")
            await scene.Provider.DisposeAsync();
        var page = await scene.ReturnAsync(browser, back);
        Assert.Equal(failure == "error" ? "server_error" : "temporarily_unavailable", page["error"]);
        Assert.DoesNotContain("555", page["error_description"]!, StringComparison.Ordinal);
    }

    private static string With(JsonObject header, string member, string value, Func<JsonObject, string> make)
    {
        header[member] = member == "jwk" ? new JsonObject { ["kty"] = "oct", ["k"] = value } : value;
        return make(header);
    }

    private static string Mac(JsonObject header, JsonObject payload, byte[] key) => With(header, "alg", "HS256", changed =>
    {
        var text = $"{OpenIdProvider.Encode(changed)}.{OpenIdProvider.Encode(payload)}";
        return $"{text}.{System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)))}";
    });

    private static string Foreign(JsonObject header, JsonObject payload)
    {
        using var key = RSA.Create(2048);
        var text = $"{OpenIdProvider.Encode(header)}.{OpenIdProvider.Encode(payload)}";
        return $"{text}.{System.Buffers.Text.Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static async Task EndlessAsync(HttpContext context)
    {
        var chunk = new byte[64 * 1024];
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
    }

    private static Task RedirectAsync(HttpContext context)
    {
        context.Response.Redirect("http://169.254.169.254/latest/meta-data");
        return Task.CompletedTask;
    }

    private static Task WriteErrorAsync(HttpContext context)
    {
        context.Response.StatusCode = 400;
        return context.Response.WriteAsync("{\"error\":\"invalid_grant\",\"error_description\":\"call 555\"}", Token);
    }
}
