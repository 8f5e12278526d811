using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Surety.Server.Hosting;
using Surety.Testing;

namespace Surety.Interop.Tests.SignIn;

/// <summary>People sign in with <c>oidc-provider</c>, the certified OpenID provider that npm has, and are users here.</summary>
public sealed partial class OpenIdProviderTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("surety-sign-in").FullName;
    private readonly HttpClient _admin = new();
    private WebApplication _app = null!;
    private Uri _address = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = SuretyHost.Build(
            CommandLine.Parse(
            [
                "--Urls=http://127.0.0.1:0", $"--Surety:DataDirectory={_folder}", "--Surety:Lwm2m:Coaps=none", "--Surety:Lwm2m:CoapsTcp=none",
                "--Surety:Bootstrap:Coaps=none", "--Surety:Bootstrap:CoapsTcp=none", "--Logging:LogLevel:Default=None", "--Surety:Notifications:AllowPrivateWebhooks=true",
            ]),
            TextWriter.Null);
        await SuretyHost.StartAsync(_app);
        _address = new Uri(_app.Urls.Single());
        _admin.BaseAddress = _address;
        _admin.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(_folder, "admin.key"), Token)).Trim());
        await InstallAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("client_secret_basic")]
    [InlineData("none")]
    public async Task A_foreign_provider_signs_people_in(string method)
    {
        int port = ForeignProcess.FindFreePorts();
        string issuer = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
        // The id must be known before the provider knows the address to come back to.
        JsonNode made = await SendAsync(HttpMethod.Post, "/v3/identity-providers", Describe(issuer, method, discovered: false), HttpStatusCode.Created);
        string id = (string)made["id"]!;
        await using ForeignProcess provider = ForeignProcess.Start(
            "node", "nodejs", Path.Combine(Folder, "provider.js"), port.ToString(CultureInfo.InvariantCulture), new Uri(_address, $"/auth/oidc/{id}/callback").ToString(), method);
        await provider.WaitForOutputAsync("listening at");
        JsonNode discovered = await SendAsync(HttpMethod.Put, $"/v3/identity-providers/{id}?discovery=true", Describe(issuer, method, discovered: true), HttpStatusCode.OK);
        Assert.Equal($"{issuer}/jwks", (string?)discovered["oidc_attributes"]!["jwks_uri"]);

        // Not known here, and then made known.
        var (refused, _) = await SignInAsync(id, "ada");
        Assert.Equal("access_denied", refused["error"]);
        JsonNode user = await SendAsync(HttpMethod.Post, "/v3/users", new JsonObject { ["email"] = "Ada@example.com" }, HttpStatusCode.Created);
        var (page, browser) = await SignInAsync(id, "ada");
        Assert.True(page["code"] is not null, page["error_description"]);
        using HttpResponseMessage exchanged = await browser.PostAsync(new Uri(_address, "/auth/oidc/token"), JsonContent.Create(new JsonObject { ["code"] = page["code"] }), Token);
        JsonNode session = (await exchanged.Content.ReadFromJsonAsync<JsonNode>(Token))!;
        Assert.Equal((string?)user["id"], (string?)session["user_id"]);
        using var self = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, "/v3/users/me"));
        self.Headers.Authorization = new("Bearer", (string?)session["token"]);
        using var client = new HttpClient();
        using HttpResponseMessage me = await client.SendAsync(self, Token);
        Assert.Equal("ada", (string?)(await me.Content.ReadFromJsonAsync<JsonNode>(Token))!["login_profiles"]![1]!["foreign_id"]);

        // An address that the provider does not vouch for.
        await SendAsync(HttpMethod.Post, "/v3/users", new JsonObject { ["email"] = "mallory@example.com" }, HttpStatusCode.Created);
        var (unverified, _) = await SignInAsync(id, "mallory");
        Assert.Equal("access_denied", unverified["error"]);
    }

    private static string Folder => typeof(OpenIdProviderTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "OpenIdProvider").Value!;

    private static JsonObject Describe(string issuer, string method, bool discovered)
    {
        var attributes = new JsonObject { ["issuer"] = issuer, ["client_id"] = "surety" };
        if (method != "none")
            attributes["client_secret"] = "a secret of the test: 100%";
        foreach (string endpoint in discovered ? [] : new[] { "authorization_endpoint", "token_endpoint", "jwks_uri" })
            attributes[endpoint] = $"{issuer}/{endpoint}";
        return new JsonObject { ["name"] = $"Staff {method}", ["type"] = "OIDC", ["oidc_attributes"] = attributes };
    }

    /// <summary>Fetches the provider from npm, once for all runs.</summary>
    private static async Task InstallAsync()
    {
        Directory.CreateDirectory(Folder);
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "OpenIdProvider")))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
        if (!File.Exists(Path.Combine(Folder, "node_modules", "oidc-provider", "package.json")))
            await ForeignProcess.RunAsync("npm", "npm", "ci", "--no-audit", "--no-fund", "--prefix", Folder);
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using HttpResponseMessage response = await _admin.SendAsync(request, Token);
        Assert.True(response.StatusCode == expected, await response.Content.ReadAsStringAsync(Token));
        return (await response.Content.ReadFromJsonAsync<JsonNode>(Token))!;
    }

    /// <summary>Walks through the provider's pages: its forms for the name and for the consent.</summary>
    private async Task<(System.Collections.Specialized.NameValueCollection Page, Browser Browser)> SignInAsync(string id, string name)
    {
        var browser = new Browser();
        HttpResponseMessage response = await browser.GetAsync(new Uri(_address, $"/auth/oidc/{id}/start?return_to=/console"), Token);
        for (int i = 0; i < 5; i++)
        {
            response = await browser.FollowAsync(response, uri => uri.AbsolutePath == "/console", Token);
            if (browser.Next(response) is { } page)
                return (HttpUtility.ParseQueryString(page.Query), browser);
            string html = await response.Content.ReadAsStringAsync(Token);
            Match form = Form().Match(html);
            Assert.True(form.Success, $"{browser.Location}: {html}");
            using var answer = new FormUrlEncodedContent(new Dictionary<string, string> { ["prompt"] = Prompt().Match(html).Groups[1].Value, ["login"] = name, ["password"] = "any" });
            response.Dispose();
            response = await browser.PostAsync(new Uri(browser.Location, form.Groups[1].Value), answer, Token);
        }

        throw new UnreachableException("The provider asks without end.");
    }

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex Form();

    [GeneratedRegex("name=\"prompt\" value=\"([^\"]+)\"")]
    private static partial Regex Prompt();
}
