using System.Net;
using System.Text.Json.Nodes;
using Surety.Server.Features.Users;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Users;

/// <summary>Signing in with a one-time password; the same on both databases.</summary>
public abstract class SecondFactorTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : SecondFactorTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : SecondFactorTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Secret = "correct horse battery";

    [Fact]
    public async Task The_user_gets_the_key_first_and_scratch_codes_when_the_app_has_it()
    {
        var (admin, user, client) = await MakeAsync();
        var first = await client.PutAsync("/v3/users/me", "{\"is_totp_enabled\":true}");
        Assert.False((bool)first["is_totp_enabled"]!);
        Assert.Matches("^[A-Z2-7]{32}$", first.Text("totp_secret"));
        Assert.StartsWith("otpauth://totp/", first.Text("totp_uri"), StringComparison.Ordinal);
        // The password alone is still enough.
        await server.LoginAsync(user.Text("email"), Secret);
        using var wrong = await client.SendAsync(HttpMethod.Put, "/v3/users/me", "{\"is_totp_enabled\":true,\"otp\":\"abcdef\"}");
        Assert.Equal(["otp"], (await wrong.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        var second = await client.PutAsync("/v3/users/me", $"{{\"is_totp_enabled\":true,\"otp\":\"{Code(first)}\"}}");
        Assert.True((bool)second["is_totp_enabled"]!);
        Assert.Equal(10, second["totp_scratch_codes"]!.AsArray().Select(code => (string)code!).Distinct().Count());
        var read = await admin.GetOkAsync($"/v3/users/{user.Text("id")}");
        Assert.True((bool)read["is_totp_enabled"]!);
        Assert.Null(read["totp_secret"]);
        Assert.Null(read["totp_scratch_codes"]);
    }

    [Fact]
    public async Task The_sign_in_asks_for_the_code_and_takes_each_once()
    {
        var (admin, user, client) = await MakeAsync();
        var (key, scratch) = await EnableAsync(client);
        using var without = await server.TryLoginAsync(user.Text("email"), Secret);
        Assert.Equal(["otp"], (await without.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        // The code before was used when the factor was set up; the clock may be one step ahead.
        var code = Code(key, steps: 1);
        await LoginAsync(user, code, HttpStatusCode.OK);
        var replayed = await LoginAsync(user, code, HttpStatusCode.BadRequest);
        Assert.Equal(["otp"], replayed.Fields());
        await LoginAsync(user, scratch[0].ToUpperInvariant(), HttpStatusCode.OK);
        await LoginAsync(user, scratch[0], HttpStatusCode.BadRequest);
        // A code that is used up is in the log, and no more of it than that it was one.
        var used = (await admin.GetOkAsync("/v3/audit-log?entity_type__eq=scratch_code&action__eq=delete"))["data"]!.AsArray().Single()!;
        Assert.Equal("(secret)", used["changes"]!.AsArray().Single(change => change!.Text("member") == "hash")!.Text("before"));
        // The password is asked for first: who has not got it learns nothing of the second factor.
        using var wrong = await server.TryLoginAsync(user.Text("email"), "wrong");
        await wrong.ReadErrorAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task Codes_are_not_tried_through()
    {
        var (_, user, client) = await MakeAsync();
        var (_, scratch) = await EnableAsync(client);
        for (var i = 0; i < 10; i++)
            await LoginAsync(user, "000000a", HttpStatusCode.BadRequest);
        Assert.Null((await LoginAsync(user, scratch[1], HttpStatusCode.BadRequest))["fields"]);
    }

    [Fact]
    public async Task It_is_switched_off_by_the_user_with_a_code_or_by_an_administrator_who_cannot_switch_it_on()
    {
        var (admin, user, client) = await MakeAsync();
        var path = $"/v3/users/{user.Text("id")}";
        using var on = await admin.SendAsync(HttpMethod.Put, path, "{\"is_totp_enabled\":true}");
        await on.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        var (_, scratch) = await EnableAsync(client);
        using var without = await client.SendAsync(HttpMethod.Put, "/v3/users/me", "{\"is_totp_enabled\":false}");
        Assert.Equal(["otp"], (await without.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        Assert.False((bool)(await client.PutAsync("/v3/users/me", $"{{\"is_totp_enabled\":false,\"otp\":\"{scratch[3]}\"}}"))["is_totp_enabled"]!);
        await server.LoginAsync(user.Text("email"), Secret);
        await EnableAsync(client, steps: 1);
        Assert.False((bool)(await admin.PutAsync(path, "{\"is_totp_enabled\":false}"))["is_totp_enabled"]!);
        await server.LoginAsync(user.Text("email"), Secret);
    }

    [Fact]
    public async Task An_account_that_demands_it_lets_users_do_nothing_before()
    {
        var (admin, user, client) = await MakeAsync();
        await admin.PutAsync("/v3/accounts/me", "{\"mfa_status\":\"enforced\"}");
        await client.GetErrorAsync("/v3/devices", HttpStatusCode.Forbidden, "access_denied");
        Assert.Equal("enforced", (await server.LoginAsync(user.Text("email"), Secret)).Text("mfa_status"));
        await EnableAsync(client);
        await client.GetOkAsync("/v3/devices");
        // Keys have no second factor.
        await admin.GetOkAsync("/v3/devices");
    }

    [Fact]
    public async Task A_session_goes_on_in_another_account_where_the_password_was_proven_and_nowhere_else()
    {
        var (_, user, _) = await MakeAsync();
        var other = await server.NewAccountAsync("Second");
        var second = await other.PostAsync("/v3/users", $"{{\"email\":\"{user.Text("email")}\",\"password\":\"{Secret}\"}}");
        var third = await (await server.NewAccountAsync("Third")).PostAsync("/v3/users", $"{{\"email\":\"{user.Text("email")}\",\"password\":\"another horse battery\"}}");
        var answer = await server.LoginAsync(user.Text("email"), Secret);
        Assert.Equal(2, answer["accounts"]!.AsArray().Count);
        using var client = server.Client(answer.Text("token"));
        var switched = await client.PostAsync("/auth/impersonate", $"{{\"account_id\":\"{second.Text("account_id")}\"}}", HttpStatusCode.OK);
        Assert.Equal(second.Text("id"), (await server.Client(switched.Text("token")).GetOkAsync("/v3/users/me")).Text("id"));
        using var refused = await client.SendAsync(HttpMethod.Post, "/auth/impersonate", $"{{\"account_id\":\"{third.Text("account_id")}\"}}");
        await refused.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        using var key = await other.SendAsync(HttpMethod.Post, "/auth/impersonate", $"{{\"account_id\":\"{second.Text("account_id")}\"}}");
        await key.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
    }

    private async Task<JsonNode> LoginAsync(JsonNode user, string code, HttpStatusCode expected)
    {
        using var response = await server.Anonymous.SendAsync(
            HttpMethod.Post, "/auth/login", new JsonObject { ["username"] = user.Text("email"), ["password"] = Secret, ["otp"] = code }.ToJsonString());
        return await response.ReadAsync(expected);
    }

    private static async Task<(JsonNode Key, IReadOnlyList<string> Scratch)> EnableAsync(HttpClient client, int steps = 0)
    {
        var first = await client.PutAsync("/v3/users/me", "{\"is_totp_enabled\":true}");
        var second = await client.PutAsync("/v3/users/me", $"{{\"is_totp_enabled\":true,\"otp\":\"{Code(first, steps)}\"}}");
        return (first, [.. second["totp_scratch_codes"]!.AsArray().Select(code => (string)code!)]);
    }

    // What an authenticator app does; the arithmetic is proven by the vectors of TotpTests.
    private static string Code(JsonNode first, int steps = 0) => Totp.Compute(FromBase32(first.Text("totp_secret")), Totp.StepOf(TimeProvider.System.GetUtcNow()) + steps);

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    private async Task<(HttpClient Admin, JsonNode User, HttpClient Client)> MakeAsync()
    {
        var admin = await server.NewAccountAsync();
        var user = await admin.PostAsync("/v3/users", $"{{\"email\":\"u{Login.Unique()}@example.com\",\"password\":\"{Secret}\"}}");
        return (admin, user, server.Client((await server.LoginAsync(user.Text("email"), Secret)).Text("token")));
    }
}
