using System.Net;
using System.Text.Json.Nodes;
using Surety.Server.Features.IdentityProviders;
using Surety.Server.Storage;
using Surety.Server.Tests.Storage;
using Surety.Server.Tests.Users;

namespace Surety.Server.Tests.IdentityProviders;

/// <summary>An account's identity providers and the login profiles of its users; the same on both databases.</summary>
public abstract class IdentityProviderTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : IdentityProviderTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : IdentityProviderTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Path = "/v3/identity-providers";
    private const string Native = "00000000000000000000000000000001";

    [Fact]
    public async Task Discovery_finds_endpoints_and_keys_and_the_secret_is_never_shown()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        var admin = await server.NewAccountAsync();
        using var response = await admin.SendAsync(HttpMethod.Post, $"{Path}?discovery", provider.Describe("Staff"));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var made = await response.ReadAsync(HttpStatusCode.Created);
        Assert.Equal($"{Path}/{made.Text("id")}", response.Headers.Location?.ToString());
        Assert.Equal($"{Path}/{made.Text("id")}", response.Content.Headers.ContentLocation?.ToString());
        var attributes = made["oidc_attributes"]!;
        Assert.Equal($"{provider.Issuer}/authorize?tenant=a", attributes.Text("authorization_endpoint"));
        Assert.Equal($"{provider.Issuer}/token", attributes.Text("token_endpoint"));
        Assert.Equal("openid profile email", attributes.Text("scopes"));
        // What is no key for signatures that we check is left out.
        Assert.Equal(["one"], attributes["keys"]!.AsArray().Select(key => key!.Text("kid")));
        Assert.Equal(provider.PublicKey, attributes["keys"]![0]!.Text("key"));
        Assert.DoesNotContain(OpenIdProvider.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain("client_secret", text, StringComparison.Ordinal);
        Assert.Equal(["Staff"], (await admin.GetOkAsync(Path)).All("name"));
        await using var db = server.Service<SuretyDbFactory>().Open(made.Id("account_id"));
        var row = Assert.Single(db.Set<IdentityProvider>());
        Assert.DoesNotContain(OpenIdProvider.Secret, System.Text.Encoding.UTF8.GetString(row.ProtectedClientSecret!), StringComparison.Ordinal);
        Assert.DoesNotContain(OpenIdProvider.Secret, (await admin.GetOkAsync("/v3/audit-log")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_of_another_issuer_is_refused()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        provider.IssuerOfConfiguration = "https://id.example.com";
        var admin = await server.NewAccountAsync();
        using var response = await admin.SendAsync(HttpMethod.Post, $"{Path}?discovery=true", provider.Describe("Staff"));
        Assert.Contains("https://id.example.com", (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
        Assert.Empty((await admin.GetOkAsync(Path)).All("id"));
    }

    [Fact]
    public async Task New_keys_are_read_when_it_is_asked_for()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        scene.Provider.Rotate("two");
        using var response = await scene.Admin.SendAsync(HttpMethod.Post, $"{Path}/{scene.Id}/refresh-jwks", "");
        var refreshed = await response.ReadAsync(HttpStatusCode.OK);
        Assert.Equal(["two"], refreshed["oidc_attributes"]!["keys"]!.AsArray().Select(key => key!.Text("kid")));
        Assert.Equal($"{Path}/{scene.Id}", response.Content.Headers.ContentLocation?.ToString());
        Assert.NotEqual(scene.Made.Text("etag"), refreshed.Text("etag"));
        await scene.Provider.DisposeAsync();
        using var failed = await scene.Admin.SendAsync(HttpMethod.Post, $"{Path}/{scene.Id}/refresh-jwks", "");
        await failed.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
    }

    [Fact]
    public async Task A_provider_can_be_described_without_discovery_and_changed_and_deleted()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        var admin = await server.NewAccountAsync();
        var more = new JsonObject
        {
            ["authorization_endpoint"] = "https://id.example.com/a", ["token_endpoint"] = "https://id.example.com/t",
            ["keys"] = new JsonArray(new JsonObject { ["kid"] = "k", ["key"] = provider.PublicKey }),
        };
        var made = await admin.PostAsync(Path, provider.Describe("Staff", more: more));
        // Without jwks_uri there is nowhere to read keys.
        using var refresh = await admin.SendAsync(HttpMethod.Post, $"{Path}/{made.Text("id")}/refresh-jwks", "");
        await refresh.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        var changed = await admin.PutAsync($"{Path}/{made.Text("id")}", "{\"name\":\"All\",\"type\":\"OIDC\",\"status\":\"SUSPENDED\"}");
        Assert.Equal("SUSPENDED", changed.Text("status"));
        Assert.Equal(made["oidc_attributes"]!.ToJsonString(), changed["oidc_attributes"]!.ToJsonString());
        await admin.DeleteExpectingAsync($"{Path}/{made.Text("id")}", HttpStatusCode.NoContent);
        await admin.GetErrorAsync($"{Path}/{made.Text("id")}", HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task The_secret_goes_to_no_new_place_without_being_given_again()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        var attributes = (JsonObject)scene.Made["oidc_attributes"]!.DeepClone();
        attributes["token_endpoint"] = "https://collector.example.net/t";
        var request = new JsonObject { ["name"] = "Staff", ["type"] = "OIDC", ["oidc_attributes"] = attributes };
        using var refused = await scene.Admin.SendAsync(HttpMethod.Put, $"{Path}/{scene.Id}", request.ToJsonString());
        Assert.Equal(["oidc_attributes.client_secret"], (await refused.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        attributes["client_secret"] = "another";
        await scene.Admin.PutAsync($"{Path}/{scene.Id}", request.ToJsonString());
    }

    [Theory]
    [InlineData("issuer", "http://id.example.com")]
    [InlineData("issuer", "https://id.example.com/?a")]
    [InlineData("authorization_endpoint", "javascript:alert(1)")]
    [InlineData("token_endpoint", "https://user:password@id.example.com/")]
    [InlineData("token_endpoint", "file:///etc/passwd")]
    [InlineData("jwks_uri", "/keys")]
    [InlineData("redirect_uri", "https://example.com/#a")]
    [InlineData("client_id", "")]
    [InlineData("client_secret", "a\nb")]
    [InlineData("scopes", "profile email")]
    [InlineData("token_request_mode", "GET")]
    [InlineData("token_response_path", "a..b")]
    public async Task What_cannot_be_is_refused_by_name(string member, string value)
    {
        var attributes = new JsonObject
        {
            ["issuer"] = "https://id.example.com", ["client_id"] = "a", ["authorization_endpoint"] = "https://id.example.com/a",
            ["token_endpoint"] = "https://id.example.com/t", ["jwks_uri"] = "https://id.example.com/k",
        };
        attributes[member] = value;
        var body = new JsonObject { ["name"] = "Staff", ["type"] = "OIDC", ["oidc_attributes"] = attributes };
        using var response = await server.Admin.SendAsync(HttpMethod.Post, Path, body.ToJsonString());
        Assert.Equal([$"oidc_attributes.{member}"], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task SAML_is_refused_with_words()
    {
        using var response = await server.Admin.SendAsync(HttpMethod.Post, Path, "{\"name\":\"Staff\",\"type\":\"SAML2\",\"saml2_attributes\":{}}");
        Assert.Contains("OpenID Connect", (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_administrators_change_providers_and_nobody_sees_their_secrets()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        using var developer = server.Client((await scene.Admin.PostAsync("/v3/api-keys", "{\"name\":\"developer\"}")).Text("key"));
        Assert.Contains(scene.Id, (await developer.GetOkAsync(Path)).All("id"));
        Assert.DoesNotContain(OpenIdProvider.Secret, (await developer.GetOkAsync($"{Path}/{scene.Id}")).ToJsonString(), StringComparison.Ordinal);
        using var refused = await developer.SendAsync(HttpMethod.Put, $"{Path}/{scene.Id}", "{\"name\":\"mine\",\"type\":\"OIDC\"}");
        await refused.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task A_user_with_login_profiles_signs_in_with_those_alone_and_their_provider_stays()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        var user = await scene.MakeUserAsync($",\"password\":\"correct horse battery\",\"login_profiles\":[{{\"id\":\"{scene.Id}\"}}]");
        Assert.Equal([scene.Id], user["login_profiles"]!.AsArray().Select(profile => profile!.Text("id")));
        Assert.Equal("OIDC", user["login_profiles"]![0]!.Text("type"));
        using var refused = await server.TryLoginAsync(scene.Email, "correct horse battery");
        await refused.ReadErrorAsync(HttpStatusCode.Unauthorized, "invalid_token");
        Assert.Equal([user.Text("id")], (await scene.Admin.GetOkAsync($"/v3/users?login_profiles__eq={scene.Id}")).All("id"));
        Assert.DoesNotContain(user.Text("id"), (await scene.Admin.GetOkAsync($"/v3/users?login_profiles__eq={Native}")).All("id"));
        await scene.Admin.DeleteExpectingAsync($"{Path}/{scene.Id}", HttpStatusCode.Forbidden);
        Assert.Equal(user.Text("id"), (await scene.GetSessionAsync()).Text("user_id"));

        var both = await scene.Admin.PutAsync($"/v3/users/{user.Text("id")}", $"{{\"login_profiles\":[{{\"id\":\"{Native}\"}},{{\"id\":\"{scene.Id}\"}}]}}");
        Assert.Equal(["NATIVE", "OIDC"], both["login_profiles"]!.AsArray().Select(profile => profile!.Text("type")));
        Assert.Equal("subject", both["login_profiles"]![1]!.Text("foreign_id"));
        await server.LoginAsync(scene.Email, "correct horse battery");
        await scene.Admin.PutAsync($"/v3/users/{user.Text("id")}", $"{{\"login_profiles\":[{{\"id\":\"{Native}\"}}]}}");
        await scene.RefuseAsync("access_denied");
        await scene.Admin.DeleteExpectingAsync($"{Path}/{scene.Id}", HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Login_profiles_are_providers_of_the_account_and_for_administrators_to_set()
    {
        await using var scene = await SignInScene.CreateAsync(server);
        await using var other = await SignInScene.CreateAsync(server);
        var user = await scene.MakeUserAsync(",\"password\":\"correct horse battery\"");
        using var foreign = await scene.Admin.SendAsync(HttpMethod.Put, $"/v3/users/{user.Text("id")}", $"{{\"login_profiles\":[{{\"id\":\"{other.Id}\"}}]}}");
        Assert.Equal(["login_profiles"], (await foreign.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        using var self = server.Client((await server.LoginAsync(scene.Email, "correct horse battery")).Text("token"));
        using var refused = await self.SendAsync(HttpMethod.Put, "/v3/users/me", $"{{\"login_profiles\":[{{\"id\":\"{scene.Id}\"}}]}}");
        await refused.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task A_parent_keeps_the_providers_of_its_tenant()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        var parent = await server.NewAccountAsync("Parent");
        var (tenant, admin) = await server.NewAccountAsync("Tenant", (await parent.GetOkAsync("/v3/accounts/me")).Id("id"));
        var made = await parent.PostAsync($"/v3/accounts/{tenant}/identity-providers?discovery=true", provider.Describe("Staff"));
        Assert.Equal(tenant.ToString(), made.Text("account_id"));
        Assert.Equal("Staff", (await admin.GetOkAsync($"{Path}/{made.Text("id")}")).Text("name"));
        Assert.Empty((await parent.GetOkAsync(Path)).All("id"));
    }

    [Fact]
    public async Task No_provider_is_asked_at_an_address_that_webhooks_may_not_have()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        await using var own = await TestServer.StartAsync("--Surety:Notifications:AllowPrivateWebhooks=false");
        using var response = await own.Admin.SendAsync(HttpMethod.Post, $"{Path}?discovery=true", provider.Describe("Staff"));
        Assert.Contains("AllowPrivateWebhooks", (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
    }
}
