using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Surety.Server.Tests.Users;
using Surety.Testing;

namespace Surety.Server.Tests.IdentityProviders;

/// <summary>An account whose users sign in with a provider, and a browser.</summary>
internal sealed class SignInScene : IAsyncDisposable
{
    private readonly TestServer _server;

    private SignInScene(TestServer server, HttpClient admin, OpenIdProvider provider, JsonNode made)
    {
        _server = server;
        Admin = admin;
        Provider = provider;
        Id = made.Text("id");
        Made = made;
    }

    public HttpClient Admin { get; }

    public OpenIdProvider Provider { get; }

    /// <summary>The provider's id here.</summary>
    public string Id { get; }

    /// <summary>The provider as it was made.</summary>
    public JsonNode Made { get; }

    /// <summary>An address of nobody else's.</summary>
    public string Email { get; } = $"{Login.Unique()}@example.com";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SignInScene> CreateAsync(TestServer server, bool autoEnrollment = false, HttpClient? admin = null)
    {
        var provider = await OpenIdProvider.StartAsync();
        admin ??= await server.NewAccountAsync();
        var made = await admin.PostAsync("/v3/identity-providers?discovery=true", provider.Describe(Login.Unique(), autoEnrollment));
        var scene = new SignInScene(server, admin, provider, made);
        provider.Claims = claims => scene.Vouch(claims);
        return scene;
    }

    /// <summary>What the provider says of the person.</summary>
    public void Vouch(JsonObject claims)
    {
        claims["email"] = Email;
        claims["email_verified"] = true;
        claims["name"] = "Ada Lovelace";
    }

    public async Task<JsonNode> MakeUserAsync(string more = "") => await Admin.PostAsync("/v3/users", $"{{\"email\":\"{Email}\"{more}}}");

    /// <summary>Sends a browser to the provider.</summary>
    /// <returns>The URL of the provider that it is sent to.</returns>
    public async Task<Uri> StartAsync(Browser browser, string returnTo = "/console?tab=1", string? id = null)
    {
        using var response = await browser.GetAsync(new Uri(_server.Address, $"/auth/oidc/{id ?? Id}/start?return_to={Uri.EscapeDataString(returnTo)}"), Token);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        return browser.Next(response)!;
    }

    /// <summary>Has the browser come back from the provider.</summary>
    /// <returns>The parameters of the page that goes on.</returns>
    public async Task<System.Collections.Specialized.NameValueCollection> ReturnAsync(Browser browser, Uri back)
    {
        using var response = await browser.GetAsync(back, Token);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        var page = browser.Next(response)!;
        Assert.Equal(_server.Address.Authority, page.Authority);
        Assert.Equal("/console", page.AbsolutePath);
        return HttpUtility.ParseQueryString(page.Query);
    }

    /// <summary>All of it: to the provider, and back.</summary>
    public async Task<System.Collections.Specialized.NameValueCollection> SignInAsync(Browser browser) => await ReturnAsync(browser, Provider.Approve(await StartAsync(browser)));

    /// <summary>Signs in with a new browser and sees it refused.</summary>
    public async Task RefuseAsync(string error)
    {
        using var browser = new Browser();
        var page = await SignInAsync(browser);
        Assert.Equal(error, page["error"]);
        Assert.False(string.IsNullOrEmpty(page["error_description"]));
        Assert.Null(page["code"]);
    }

    /// <summary>Exchanges the code of the page.</summary>
    public async Task<HttpResponseMessage> ExchangeAsync(Browser browser, string? code) => await browser.PostAsync(
        new Uri(_server.Address, "/auth/oidc/token"), new StringContent(new JsonObject { ["code"] = code }.ToJsonString(), Encoding.UTF8, "application/json"), Token);

    /// <summary>Signs in with a new browser.</summary>
    /// <returns>What a sign-in with a password gives.</returns>
    public async Task<JsonNode> GetSessionAsync()
    {
        using var browser = new Browser();
        var page = await SignInAsync(browser);
        Assert.True(page["code"] is not null, page["error_description"]);
        using var response = await ExchangeAsync(browser, page["code"]);
        return await response.ReadAsync(HttpStatusCode.OK);
    }

    public ValueTask DisposeAsync() => Provider.DisposeAsync();
}
