using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using Surety.Server.Tests.Storage;
using Surety.Testing;

namespace Surety.Server.Tests.IdentityProviders;

/// <summary>Signing in with an honest provider; the same on both databases. A provider that is not ours: Interop.Tests.</summary>
public abstract class OidcSignInTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : OidcSignInTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : OidcSignInTests(fixture.Server), IClassFixture<PostgresFixture>;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_is_known_by_the_address_first_and_by_the_subject_from_then_on()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        var user = await scene.MakeUserAsync();
        var session = await scene.GetSessionAsync();
        Assert.Equal(user.Text("id"), session.Text("user_id"));
        Assert.Equal(user.Text("account_id"), session.Text("account_id"));
        using var client = server.Client(session.Text("token"));
        Assert.Equal(user.Text("id"), (await client.GetOkAsync("/v3/users/me")).Text("id"));

        // The address has changed there, and is not vouched for: the person is the same.
        scene.Provider.Claims = claims => claims["email"] = "another@example.com";
        Assert.Equal(user.Text("id"), (await scene.GetSessionAsync()).Text("user_id"));
        var read = await scene.Admin.GetOkAsync($"/v3/users/{user.Text("id")}");
        Assert.Equal(["NATIVE", "OIDC"], read["login_profiles"]!.AsArray().Select(profile => profile!.Text("type")));
        Assert.Equal(2, read["active_sessions"]!.AsArray().Count);
        Assert.Equal([true, true], read["login_history"]!.AsArray().Select(attempt => (bool)attempt!["success"]!));
    }

    [Fact]
    public async Task The_request_is_of_the_code_flow_with_PKCE_and_the_cookie_is_for_this_browser_alone()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        using var browser = new Browser();
        var authorization = await scene.StartAsync(browser);
        var query = HttpUtility.ParseQueryString(authorization.Query);
        Assert.Equal("a", query["tenant"]);
        Assert.Equal("code", query["response_type"]);
        Assert.Equal(OpenIdProvider.ClientId, query["client_id"]);
        Assert.Equal(new Uri(server.Address, $"/auth/oidc/{scene.Id}/callback").ToString(), query["redirect_uri"]);
        Assert.Equal("openid profile email", query["scope"]);
        Assert.Equal("S256", query["code_challenge_method"]);
        Assert.Equal(43, query["code_challenge"]!.Length);
        Assert.NotEqual(query["state"], query["nonce"]);
        var (name, attributes) = Assert.Single(browser.CookieAttributes);
        Assert.StartsWith("__Host-", name, StringComparison.Ordinal);
        Assert.Contains("secure", attributes);
        Assert.Contains("httponly", attributes);
        Assert.Contains("samesite=lax", attributes);
        Assert.Contains("path=/", attributes);
        Assert.NotEqual(query["state"], HttpUtility.ParseQueryString((await scene.StartAsync(browser)).Query)["state"]);
    }

    [Fact]
    public async Task Who_is_nobody_becomes_a_user_where_the_provider_is_set_so()
    {
        await using var scene = await SignInScene.CreateAsync(server, autoEnrollment: true);
        var session = await scene.GetSessionAsync();
        var user = await scene.Admin.GetOkAsync($"/v3/users/{session.Text("user_id")}");
        Assert.Equal(scene.Email, user.Text("email"));
        Assert.Equal("Ada Lovelace", user.Text("full_name"));
        Assert.Equal("ACTIVE", user.Text("status"));
        Assert.Empty(user["groups"]!.AsArray());
        Assert.Equal(["OIDC"], user["login_profiles"]!.AsArray().Select(profile => profile!.Text("type")));
        Assert.Equal(session.Text("user_id"), (await scene.GetSessionAsync()).Text("user_id"));
    }

    [Fact]
    public async Task Who_is_nobody_stays_nobody_elsewhere()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        await scene.RefuseAsync("access_denied");
        Assert.DoesNotContain(scene.Email, (await scene.Admin.GetOkAsync("/v3/users")).All("email"));
    }

    [Theory]
    [InlineData("false")]
    [InlineData("\"no\"")]
    [InlineData("null")]
    public async Task An_address_that_nobody_vouches_for_is_nobodys(string verified)
    {
        await using var scene = await SignInScene.CreateAsync(server, autoEnrollment: true);
        await scene.MakeUserAsync();
        scene.Provider.Claims = claims =>
        {
            scene.Vouch(claims);
            claims["email_verified"] = JsonNode.Parse(verified);
        };
        await scene.RefuseAsync("access_denied");
    }

    [Fact]
    public async Task An_address_that_was_given_to_another_is_no_way_to_what_the_first_one_had()
    {
        await using var scene = await SignInScene.CreateAsync(server, autoEnrollment: true);
        await scene.MakeUserAsync();
        await scene.GetSessionAsync();
        scene.Provider.Claims = claims =>
        {
            scene.Vouch(claims);
            claims["sub"] = "another";
        };
        await scene.RefuseAsync("access_denied");
    }

    [Fact]
    public async Task Claims_that_the_token_lacks_are_asked_for_and_those_of_somebody_else_refused()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        var user = await scene.MakeUserAsync();
        scene.Provider.Claims = _ => { };
        scene.Provider.Userinfo = new JsonObject { ["sub"] = "another", ["email"] = scene.Email, ["email_verified"] = "true" };
        await scene.RefuseAsync("temporarily_unavailable");
        scene.Provider.Userinfo["sub"] = "subject";
        Assert.Equal(user.Text("id"), (await scene.GetSessionAsync()).Text("user_id"));
    }

    [Fact]
    public async Task Claims_of_other_names_and_tokens_in_other_places_are_found()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        var user = await scene.MakeUserAsync();
        var attributes = (JsonObject)scene.Made["oidc_attributes"]!.DeepClone();
        attributes["claim_mapping"] = new JsonObject { ["sub"] = "employee", ["email"] = "mail", ["email_verified"] = "checked" };
        await scene.Admin.PutAsync($"/v3/identity-providers/{scene.Id}", new JsonObject { ["name"] = "Staff", ["type"] = "OIDC", ["oidc_attributes"] = attributes }.ToJsonString());
        scene.Provider.Claims = claims => (claims["employee"], claims["mail"], claims["checked"]) = ("e-7", scene.Email, true);
        Assert.Equal(user.Text("id"), (await scene.GetSessionAsync()).Text("user_id"));
        Assert.Equal("e-7", (await scene.Admin.GetOkAsync($"/v3/users/{user.Text("id")}"))["login_profiles"]![1]!.Text("foreign_id"));
    }

    [Fact]
    public async Task A_provider_that_takes_the_secret_in_the_body_alone_gets_it_there()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        await scene.MakeUserAsync();
        scene.Provider.AuthenticationMethods = ["client_secret_post"];
        await scene.Admin.PutAsync($"/v3/identity-providers/{scene.Id}?discovery=true", "{\"name\":\"Staff\",\"type\":\"OIDC\"}");
        await scene.GetSessionAsync();
    }

    [Fact]
    public async Task A_key_that_is_not_known_is_looked_for_at_the_provider_but_not_at_every_turn()
    {
        var time = new ShiftedTime();
        await using var own = await TestServer.StartAsync(time);
        await using var scene = await SignInScene.CreateAsync(own, admin: own.Admin);
        await scene.MakeUserAsync();
        await scene.GetSessionAsync();
        Assert.Equal(1, scene.Provider.KeyRequests);
        scene.Provider.Rotate("two");
        await scene.RefuseAsync("server_error");
        Assert.Equal(1, scene.Provider.KeyRequests);
        time.PutForward(TimeSpan.FromSeconds(61));
        // Else the token is one of another time.
        scene.Provider.Claims = claims =>
        {
            scene.Vouch(claims);
            (claims["iat"], claims["exp"]) = (time.GetUtcNow().ToUnixTimeSeconds(), time.GetUtcNow().ToUnixTimeSeconds() + 300);
        };
        await scene.GetSessionAsync();
        Assert.Equal(2, scene.Provider.KeyRequests);
    }

    [Fact]
    public async Task Who_is_suspended_does_not_get_in_and_the_attempt_is_on_record()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        var user = await scene.MakeUserAsync();
        await scene.Admin.PutAsync($"/v3/users/{user.Text("id")}", "{\"status\":\"INACTIVE\"}");
        await scene.RefuseAsync("access_denied");
        var history = (await scene.Admin.GetOkAsync($"/v3/users/{user.Text("id")}"))["login_history"]!.AsArray();
        Assert.False((bool)Assert.Single(history)!["success"]!);
    }

    [Fact]
    public async Task The_page_shows_active_providers_by_name_and_nothing_more()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        var account = scene.Made.Text("account_id");
        var options = await server.Anonymous.GetOkAsync($"/auth/oidc/providers?account={account}");
        var option = (JsonObject)Assert.Single(options["data"]!.AsArray())!;
        Assert.Equal(["id", "name", "start"], option.Select(member => member.Key));
        Assert.Equal($"/auth/oidc/{scene.Id}/start", option.Text("start"));
        await scene.Admin.PutAsync($"/v3/identity-providers/{scene.Id}", "{\"name\":\"Staff\",\"type\":\"OIDC\",\"status\":\"SUSPENDED\"}");
        Assert.Empty((await server.Anonymous.GetOkAsync($"/auth/oidc/providers?account={account}"))["data"]!.AsArray());
        await server.Anonymous.GetErrorAsync($"/auth/oidc/{scene.Id}/start", HttpStatusCode.NotFound, "not_found");
        Assert.Empty((await server.Anonymous.GetOkAsync("/auth/oidc/providers?account=0123456789abcdef0123456789abcdef"))["data"]!.AsArray());
    }

    [Fact]
    public async Task The_code_is_good_once_and_in_the_browser_that_was_signed_in()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        await scene.MakeUserAsync();
        using Browser browser = new(), other = new();
        var code = (await scene.SignInAsync(browser))["code"];
        using (var stolen = await scene.ExchangeAsync(other, code))
            await stolen.ReadErrorAsync(HttpStatusCode.Unauthorized, "invalid_token");
        other.Steal(browser);
        using (var taken = await scene.ExchangeAsync(browser, code))
        {
            await taken.ReadAsync(HttpStatusCode.OK);
            Assert.Equal("no-store", taken.Headers.CacheControl?.ToString());
        }

        using var again = await scene.ExchangeAsync(other, code);
        await again.ReadErrorAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task A_code_that_is_a_minute_old_is_not_good_and_nor_is_a_sign_in_of_ten_minutes()
    {
        var time = new ShiftedTime();
        await using var own = await TestServer.StartAsync(time);
        await using var scene = await SignInScene.CreateAsync(own, admin: own.Admin);
        await scene.MakeUserAsync();
        using var browser = new Browser();
        var code = (await scene.SignInAsync(browser))["code"];
        var authorization = await scene.StartAsync(browser);
        time.PutForward(TimeSpan.FromSeconds(61));
        using var late = await scene.ExchangeAsync(browser, code);
        await late.ReadErrorAsync(HttpStatusCode.Unauthorized, "invalid_token");
        time.PutForward(TimeSpan.FromMinutes(10));
        using var back = await browser.GetAsync(scene.Provider.Approve(authorization), Token);
        await back.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
    }
}
