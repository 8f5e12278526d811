using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using Surety.Coap;

namespace Surety.Server.Tests.Identity;

/// <summary>/v2/device-shared-keys (certificates, "Pre-shared keys"), and the keys in use.</summary>
public sealed class PreSharedKeyTests(IdentityServer identity) : IClassFixture<IdentityServer>
{
    private const string Path = "/v2/device-shared-keys";

    private static int s_count;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_registers_with_its_key_from_the_moment_it_is_uploaded_until_it_is_deleted()
    {
        string name = NewName();
        byte[] key = RandomNumberGenerator.GetBytes(16);
        await Assert.ThrowsAsync<AuthenticationException>(() => identity.ConnectPskAsync(name, key));
        await AddAsync(name, "0x" + Convert.ToHexString(key));
        CoapPeer peer = await identity.ConnectPskAsync(name, key);
        Assert.Equal(CoapCode.BadRequest, (await IdentityServer.RegisterAsync(peer, "another-endpoint-name")).Code);
        Assert.Equal(CoapCode.Created, (await IdentityServer.RegisterAsync(peer, name)).Code);
        await identity.FindDeviceAsync(name);
        await Assert.ThrowsAsync<AuthenticationException>(() => identity.ConnectPskAsync(name, RandomNumberGenerator.GetBytes(16)));

        (await identity.Admin.DeleteAsync($"{Path}/{name}", Token)).Dispose();
        await IdentityServer.Until(() => !peer.Endpoint.IsReachable(peer.Key));
        await Assert.ThrowsAsync<AuthenticationException>(() => identity.ConnectPskAsync(name, key));
    }

    [Fact]
    public async Task A_suspended_device_with_a_key_gets_no_session()
    {
        string name = NewName();
        byte[] key = RandomNumberGenerator.GetBytes(32);
        await AddAsync(name, Convert.ToHexString(key));
        CoapPeer peer = await identity.ConnectPskAsync(name, key);
        await IdentityServer.RegisterAsync(peer, name);
        string id = await identity.FindDeviceAsync(name);
        (await identity.Admin.SendAsync(HttpMethod.Post, $"/v3/devices/{id}/suspend", "{\"category\":\"maintenance\"}")).Dispose();
        await IdentityServer.Until(() => !peer.Endpoint.IsReachable(peer.Key));
        // It proves its identity with the last message of the handshake, and is then told to go.
        CoapPeer again = await identity.ConnectPskAsync(name, key);
        await IdentityServer.Until(() => !again.Endpoint.IsReachable(again.Key));
    }

    [Fact]
    public async Task Keys_are_stored_encrypted_and_never_shown()
    {
        string name = NewName();
        byte[] key = RandomNumberGenerator.GetBytes(32);
        await AddAsync(name, Convert.ToHexStringLower(key));
        var shown = await identity.Admin.GetOkAsync($"{Path}/{name}");
        Assert.Equal(name, shown.Text("endpoint_name"));
        Assert.NotNull(shown["created_at"]);
        Assert.Equal(2, shown.AsObject().Count);
        foreach (string file in Directory.EnumerateFiles(identity.Server.DataDirectory, "*.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, Token);
            Assert.True(copy.ToArray().AsSpan().IndexOf(key) < 0);
        }
    }

    [Theory]
    [InlineData("{\"endpoint_name\":\"short\",\"secret_hex\":\"00112233445566778899aabbccddeeff\"}", "INVALID_ENDPOINT_NAME")]
    [InlineData("{\"endpoint_name\":\"sixteen-letters-\u00e4\",\"secret_hex\":\"00112233445566778899aabbccddeeff\"}", "INVALID_ENDPOINT_NAME")]
    [InlineData("{\"endpoint_name\":\"a-name-long-enough\",\"secret_hex\":\"0011\"}", "INVALID_SECRET_HEX")]
    [InlineData("{\"endpoint_name\":\"a-name-long-enough\",\"secret_hex\":\"0x00112233445566778899aabbccddeeg0\"}", "INVALID_SECRET_HEX")]
    [InlineData("{\"endpoint_name\":\"short\"}", "INVALID_ENDPOINT_NAME,INVALID_SECRET_HEX")]
    [InlineData("{\"endpoint_name\":", "MALFORMED_JSON_CONTENT")]
    [InlineData("[]", "MALFORMED_JSON_CONTENT")]
    public async Task What_is_wrong_is_said_in_the_words_of_the_contract(string body, string words)
    {
        using var response = await identity.Admin.SendAsync(HttpMethod.Post, Path, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(words, await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task A_key_is_not_overwritten_neither_by_its_account_nor_by_another()
    {
        string name = NewName();
        await AddAsync(name, "00112233445566778899aabbccddeeff");
        foreach (var client in new[] { identity.Admin, await identity.Server.NewAccountAsync() })
        {
            using var response = await client.SendAsync(HttpMethod.Post, Path, $"{{\"endpoint_name\":\"{name}\",\"secret_hex\":\"ffeeddccbbaa99887766554433221100\"}}");
            Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
            Assert.Equal("KEY_ALREADY_EXISTS_FOR_ENDPOINT", await response.Content.ReadAsStringAsync(Token));
        }
    }

    [Fact]
    public async Task Another_account_neither_sees_nor_deletes_a_key()
    {
        string name = NewName();
        await AddAsync(name, "00112233445566778899aabbccddeeff");
        var stranger = await identity.Server.NewAccountAsync();
        using (var response = await stranger.GetAsync($"{Path}/{name}", Token))
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        using (var response = await stranger.DeleteAsync($"{Path}/{name}", Token))
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Empty((await stranger.GetOkAsync(Path)).All("endpoint_name"));
        await identity.Admin.GetOkAsync($"{Path}/{name}");
    }

    [Fact]
    public async Task Names_with_slashes_and_percent_signs_are_found_by_their_escaped_form()
    {
        string name = "a/name%2Fwith all?" + NewName();
        await AddAsync(name, "00112233445566778899aabbccddeeff");
        Assert.Equal(name, (await identity.Admin.GetOkAsync($"{Path}/{Uri.EscapeDataString(name)}")).Text("endpoint_name"));
        using var response = await identity.Admin.DeleteAsync($"{Path}/{Uri.EscapeDataString(name)}", Token);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        using var gone = await identity.Admin.GetAsync($"{Path}/{Uri.EscapeDataString(name)}", Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Pages_go_on_by_their_marker()
    {
        var account = await identity.Server.NewAccountAsync();
        string[] names = [.. Enumerable.Range(0, 5).Select(_ => NewName())];
        foreach (string name in names)
            await AddAsync(name, "00112233445566778899aabbccddeeff", account);
        List<string> seen = [];
        string after = "";
        while (true)
        {
            var page = await account.GetOkAsync($"{Path}?limit=2{after}");
            Assert.Equal(2, (int)page["limit"]!);
            seen.AddRange(page.All("endpoint_name"));
            Assert.Equal((bool)page["has_more"]!, page["continuation_marker"] is not null);
            if (page["continuation_marker"] is null)
                break;
            after = $"&after={page.Text("continuation_marker")}";
        }

        Assert.Equal(names, seen);
        foreach ((string query, string words) in ((string, string)[])[("after=nonsense", "TOKEN_NOT_FOUND"), ("limit=many", "INVALID_LIMIT")])
        {
            using var response = await account.GetAsync($"{Path}?{query}", Token);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(words, await response.Content.ReadAsStringAsync(Token));
        }

        Assert.Equal(1000, (int)(await account.GetOkAsync($"{Path}?limit=100000"))["limit"]!);
    }

    private static string NewName() => $"pre-shared-device-{Interlocked.Increment(ref s_count):d4}";

    private async Task AddAsync(string name, string secret, HttpClient? account = null)
    {
        var body = new System.Text.Json.Nodes.JsonObject { ["endpoint_name"] = name, ["secret_hex"] = secret };
        using var response = await (account ?? identity.Admin).SendAsync(HttpMethod.Post, Path, body.ToJsonString());
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }
}
