using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Surety.Server.Tests.Users;

/// <summary>The keys that sign users' tokens are replaced every 30 days, and nobody is signed out by it.</summary>
public sealed class TokenKeyTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly ShiftedTime _time = new();
    private TestServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(_time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_new_key_signs_after_a_month_and_tokens_of_the_old_one_are_good_until_they_end()
    {
        var email = $"{Login.Unique()}@example.com";
        await _server.Admin.PostAsync("/v3/users", $"{{\"email\":\"{email}\",\"password\":\"{Password}\"}}");
        await SignInAsync(email);
        _time.PutForward(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(10));
        var old = await SignInAsync(email);
        _time.PutForward(TimeSpan.FromMinutes(20));
        var next = await SignInAsync(email);
        Assert.NotEqual(KeyOf(old), KeyOf(next));
        Assert.Equal(KeyOf(next), KeyOf(await SignInAsync(email)));
        foreach (var token in new[] { old, next })
            Assert.Equal(HttpStatusCode.OK, await AskAsync(token));
        await _server.RestartAsync();
        foreach (var token in new[] { old, next })
            Assert.Equal(HttpStatusCode.OK, await AskAsync(token));

        // The second key after it takes it away, long after its last token has ended.
        _time.PutForward(TimeSpan.FromDays(31));
        await SignInAsync(email);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(old));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(next));
    }

    [Fact]
    public async Task A_token_that_another_key_has_signed_is_nobodys()
    {
        var email = $"{Login.Unique()}@example.com";
        await _server.Admin.PostAsync("/v3/users", $"{{\"email\":\"{email}\",\"password\":\"{Password}\"}}");
        var token = await SignInAsync(email);
        var signed = token[..token.LastIndexOf('.')];
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync($"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}"));
        // RFC 8725, 3.1: what the header says of the algorithm is the sender's.
        var none = Base64Url.EncodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}"u8);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync($"{none}.{token.Split('.')[1]}."));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(token));
    }

    private async Task<string> SignInAsync(string email) => (await _server.LoginAsync(email, Password)).Text("token");

    private async Task<HttpStatusCode> AskAsync(string token)
    {
        using var client = _server.Client(token);
        using var response = await client.GetAsync("/v3/users/me", Token);
        return response.StatusCode;
    }

    private static string? KeyOf(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[0]))!.Text("kid");
}
