using System.Net;
using System.Net.Http.Headers;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Accounts;

/// <summary>Colours and images of an account; the same on both databases.</summary>
public abstract class BrandingTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : BrandingTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : BrandingTests(fixture.Server), IClassFixture<PostgresFixture>;

    // One transparent pixel: the smallest PNG that there is.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    // Up to the start of the frame, 1 x 1 (ITU-T T.81, B.2.2).
    private static readonly byte[] Jpeg = Convert.FromHexString("FFD8FFE000104A46494600010100000100010000FFC0000B080001000101011100FFD9");

    [Fact]
    public async Task Colours_are_set_one_by_one_or_together_and_reset()
    {
        var admin = await server.NewAccountAsync();
        Assert.Equal("#00aaff", (await admin.PutAsync("/v3/branding-colors/dark/primary", "{\"color\":\"#00aaff\"}")).Text("color"));
        using var bulk = await admin.SendAsync(
            HttpMethod.Put, "/v3/branding-colors/dark", "[{\"reference\":\"secondary\",\"color\":\"red\"},{\"reference\":\"primary\",\"color\":\"blue\"}]");
        Assert.Equal(HttpStatusCode.NoContent, bulk.StatusCode);
        Assert.Equal(["blue", "red"], (await admin.GetOkAsync("/v3/branding-colors/dark")).All("color"));
        Assert.Empty((await admin.GetOkAsync("/v3/branding-colors/light")).All("color"));
        (await admin.DeleteAsync("/v3/branding-colors/dark/primary", TestContext.Current.CancellationToken)).Dispose();
        Assert.Null((await admin.GetOkAsync("/v3/branding-colors/dark/primary"))["color"]);
        (await admin.DeleteAsync("/v3/branding-colors", TestContext.Current.CancellationToken)).Dispose();
        Assert.Empty((await admin.GetOkAsync("/v3/branding-colors/dark")).All("color"));
    }

    [Theory]
    [InlineData("#00aaf")]
    [InlineData("url(https://example.com)")]
    [InlineData("red;background:url(x)")]
    [InlineData("")]
    public async Task What_is_no_colour_is_refused(string color)
    {
        var admin = await server.NewAccountAsync();
        using var response = await admin.SendAsync(HttpMethod.Put, "/v3/branding-colors/light/primary", $"{{\"color\":\"{color}\"}}");
        Assert.Equal(["color"], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        await admin.GetErrorAsync("/v3/branding-colors/light/tertiary", HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task An_image_is_shown_to_everybody_as_what_it_is()
    {
        var admin = await server.NewAccountAsync();
        using var made = await UploadAsync(admin, "/v3/branding-images/dark/brand_logo_square/upload", Png, "image/png");
        var image = await made.ReadAsync(HttpStatusCode.Created);
        Assert.Equal("/v3/branding-images/dark/brand_logo_square", made.Content.Headers.GetValues("Content-Location").Single());
        Assert.Equal(image.Text("static_uri"), made.Headers.Location!.OriginalString);
        using var shown = await server.Anonymous.GetAsync(image.Text("static_uri"), TestContext.Current.CancellationToken);
        Assert.Equal(Png, await shown.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("image/png", shown.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", shown.Headers.GetValues("X-Content-Type-Options").Single());
        using var again = await UploadFormAsync(admin, "/v3/branding-images/dark/brand_logo_square/upload-multipart", Jpeg);
        var other = await again.ReadAsync(HttpStatusCode.Created);
        Assert.Equal([other.Text("static_uri")], (await admin.GetOkAsync("/v3/branding-images/dark")).All("static_uri"));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Anonymous.GetAsync(image.Text("static_uri"), TestContext.Current.CancellationToken)).StatusCode);
        using var cleared = await admin.SendAsync(HttpMethod.Post, "/v3/branding-images/dark/brand_logo_square/clear", "");
        Assert.Equal(HttpStatusCode.NoContent, cleared.StatusCode);
        await admin.GetErrorAsync("/v3/branding-images/dark/brand_logo_square", HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task What_is_no_image_or_too_large_is_refused_whatever_it_calls_itself()
    {
        var admin = await server.NewAccountAsync();
        const string path = "/v3/branding-images/light/brand_logo_email/upload";
        foreach (var content in new[] { "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), Png[..20], [], new byte[(1024 * 1024) + 1] })
        {
            using var response = await UploadAsync(admin, path, content, "image/png");
            Assert.Equal(["image"], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        }

        var huge = (byte[])Png.Clone();
        huge[16] = 0x7F;
        using var wide = await UploadAsync(admin, path, huge, "image/png");
        await wide.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        using var typed = await UploadAsync(admin, path, Png, "image/svg+xml");
        await typed.ReadErrorAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        Assert.Empty((await admin.GetOkAsync("/v3/branding-images/light")).All("reference"));
    }

    [Fact]
    public async Task Branding_of_a_tenant_is_its_own_and_changed_by_administrators_alone()
    {
        var (parentId, parent) = await server.NewAccountAsync("Parent", null);
        var (tenantId, tenant) = await server.NewAccountAsync("Tenant", parentId);
        await parent.PutAsync($"/v3/accounts/{tenantId}/branding-colors/dark/primary", "{\"color\":\"red\"}");
        Assert.Equal("red", (await tenant.GetOkAsync("/v3/branding-colors/dark/primary")).Text("color"));
        Assert.Empty((await parent.GetOkAsync("/v3/branding-colors/dark")).All("color"));
        var reader = server.Client((await tenant.PostAsync("/v3/api-keys", "{\"name\":\"reader\"}")).Text("key"));
        Assert.Equal("red", (await reader.GetOkAsync("/v3/branding-colors/dark/primary")).Text("color"));
        using var put = await reader.SendAsync(HttpMethod.Put, "/v3/branding-colors/dark/primary", "{\"color\":\"blue\"}");
        await put.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        using var delete = await reader.DeleteAsync("/v3/branding-images", TestContext.Current.CancellationToken);
        await delete.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
    }

    private static Task<HttpResponseMessage> UploadAsync(HttpClient client, string path, byte[] content, string type)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        return client.SendAsync(HttpMethod.Post, path, body);
    }

    private static Task<HttpResponseMessage> UploadFormAsync(HttpClient client, string path, byte[] content)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(content), "image", "logo.jpg" } };
        return client.SendAsync(HttpMethod.Post, path, form);
    }
}
