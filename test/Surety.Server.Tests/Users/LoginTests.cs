using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Users;
using Surety.Server.Storage;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Users;

/// <summary>Signing in and out; the same on both databases.</summary>
public abstract class LoginTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : LoginTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : LoginTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Secret = "correct horse battery";
    private const string Another = "another horse battery";

    [Fact]
    public async Task A_user_signs_in_by_address_or_name_and_the_token_works_like_a_key()
    {
        var (admin, user) = await MakeUserAsync();
        var answer = await server.LoginAsync(user.Text("email").ToUpperInvariant(), Secret);
        Assert.Equal(user.Text("id"), answer.Text("user_id"));
        Assert.Equal(user.Text("account_id"), answer.Text("account_id"));
        Assert.Equal([user.Text("account_id")], answer["accounts"]!.AsArray().Select(account => account!.Text("id")));
        Assert.Equal("ACTIVE", answer.Text("status"));
        Assert.True((int)answer["expires_in"]! > 0);
        // RFC 7515, 3.1: the header comes first, base64url.
        var header = JsonNode.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(answer.Text("token").Split('.')[0])))!;
        Assert.Equal("ES256", header.Text("alg"));
        using var byName = server.Client((await server.LoginAsync(user.Text("username"), Secret)).Text("token"));
        Assert.Equal(user.Text("id"), (await byName.GetOkAsync("/v3/users/me")).Text("id"));
        await byName.GetOkAsync("/v3/devices");
        var read = await admin.GetOkAsync($"/v3/users/{user.Text("id")}");
        Assert.Equal(2, read["active_sessions"]!.AsArray().Count);
        Assert.All(read["active_sessions"]!.AsArray(), session => Assert.StartsWith("rt_", session!.Text("reference_token"), StringComparison.Ordinal));
        Assert.Equal(2, read["login_history"]!.AsArray().Count);
        Assert.True((long)read["last_login_time"]! > 0);
    }

    [Fact]
    public async Task A_form_signs_in_as_well_as_JSON_does()
    {
        var (_, user) = await MakeUserAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["username"] = user.Text("email"), ["password"] = Secret, ["account"] = user.Text("account_id"), ["grant_type"] = "password",
        });
        using var response = await server.Anonymous.SendAsync(HttpMethod.Post, "/auth/login", form);
        Assert.Equal(user.Text("id"), (await response.ReadAsync(HttpStatusCode.OK)).Text("user_id"));
    }

    [Fact]
    public async Task Who_signs_out_has_no_token_any_more()
    {
        var (_, user) = await MakeUserAsync();
        using var first = server.Client((await server.LoginAsync(user.Text("email"), Secret)).Text("token"));
        using var second = server.Client((await server.LoginAsync(user.Text("email"), Secret)).Text("token"));
        using var response = await first.SendAsync(HttpMethod.Post, "/auth/logout", "");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        await first.GetErrorAsync("/v3/users/me", HttpStatusCode.Unauthorized, "invalid_token");
        await second.GetOkAsync("/v3/users/me");
    }

    [Fact]
    public async Task A_wrong_password_and_a_wrong_name_look_alike_and_the_user_sees_the_attempt()
    {
        var (admin, user) = await MakeUserAsync();
        using var password = await server.TryLoginAsync(user.Text("email"), "wrong");
        using var name = await server.TryLoginAsync($"{Login.Unique()}@example.com", Secret);
        var errors = new[] { await password.ReadErrorAsync(HttpStatusCode.Unauthorized, "invalid_token"), await name.ReadErrorAsync(HttpStatusCode.Unauthorized, "invalid_token") };
        Assert.Equal(errors[0].Text("message"), errors[1].Text("message"));
        var history = (await admin.GetOkAsync($"/v3/users/{user.Text("id")}"))["login_history"]!.AsArray();
        Assert.False((bool)Assert.Single(history)!["success"]!);
    }

    [Fact]
    public async Task After_ten_wrong_passwords_even_the_right_one_has_to_wait()
    {
        await using var own = await TestServer.StartAsync(new ShiftedTime());
        var password = (await File.ReadAllTextAsync(Path.Combine(own.DataDirectory, "admin.password"), TestContext.Current.CancellationToken)).Trim();
        for (var i = 0; i < 10; i++)
            (await own.TryLoginAsync("admin@localhost", "wrong")).Dispose();
        using var response = await own.TryLoginAsync("admin@localhost", password);
        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        Assert.Null(error["fields"]);
        ((ShiftedTime)own.Service<TimeProvider>()).PutForward(TimeSpan.FromMinutes(16));
        await own.LoginAsync("admin@localhost", password);
    }

    [Fact]
    public async Task An_idle_session_ends_and_a_busy_one_goes_on()
    {
        await using var own = await TestServer.StartAsync(new ShiftedTime(), $"--Surety:FirstRun:AdminPassword={Secret}", "--Surety:FirstRun:AdminEmail=ada@example.com");
        var time = (ShiftedTime)own.Service<TimeProvider>();
        var busy = own.Client((await own.LoginAsync("ada@example.com", Secret)).Text("token"));
        var idle = own.Client((await own.LoginAsync("ada@example.com", Secret)).Text("token"));
        time.PutForward(TimeSpan.FromMinutes(40));
        await busy.GetOkAsync("/v3/users/me");
        time.PutForward(TimeSpan.FromMinutes(40));
        await busy.GetOkAsync("/v3/users/me");
        await idle.GetErrorAsync("/v3/users/me", HttpStatusCode.Unauthorized, "invalid_token");
        time.PutForward(TimeSpan.FromHours(12));
        await busy.GetErrorAsync("/v3/users/me", HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task A_session_that_was_used_at_another_node_is_not_idle_here()
    {
        await using var own = await TestServer.StartAsync(new ShiftedTime(), $"--Surety:FirstRun:AdminPassword={Secret}", "--Surety:FirstRun:AdminEmail=ada@example.com");
        var time = (ShiftedTime)own.Service<TimeProvider>();
        var client = own.Client((await own.LoginAsync("ada@example.com", Secret)).Text("token"));
        await client.GetOkAsync("/v3/users/me");
        time.PutForward(TimeSpan.FromMinutes(40));
        // As the other node writes it.
        var now = time.GetInstant();
        await using (var db = own.Service<SuretyDbFactory>().OpenForPlatform())
            await db.AllAccounts<UserSession>().ExecuteUpdateAsync(set => set.SetProperty(session => session.LastUsedAt, now), TestContext.Current.CancellationToken);
        time.PutForward(TimeSpan.FromMinutes(40));
        await client.GetOkAsync("/v3/users/me");
    }

    [Fact]
    public async Task A_session_outlives_a_restart()
    {
        await using var own = await TestServer.StartAsync($"--Surety:FirstRun:AdminPassword={Secret}");
        Assert.False(File.Exists(Path.Combine(own.DataDirectory, "admin.password")));
        var token = (await own.LoginAsync("admin@localhost", Secret)).Text("token");
        await own.RestartAsync();
        Assert.Single((await own.Client(token).GetOkAsync("/v3/users/me"))["groups"]!.AsArray());
    }

    [Fact]
    public async Task A_new_password_needs_the_old_one_and_ends_the_other_sessions()
    {
        var (_, user) = await MakeUserAsync();
        using var here = server.Client((await server.LoginAsync(user.Text("email"), Secret)).Text("token"));
        using var elsewhere = server.Client((await server.LoginAsync(user.Text("email"), Secret)).Text("token"));
        using var refused = await here.SendAsync(HttpMethod.Put, "/v3/users/me", $"{{\"password\":\"{Another}\",\"current_password\":\"wrong\"}}");
        Assert.Equal(["current_password"], (await refused.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        await elsewhere.GetOkAsync("/v3/users/me");
        await here.PutAsync("/v3/users/me", $"{{\"password\":\"{Another}\",\"current_password\":\"{Secret}\"}}");
        await here.GetOkAsync("/v3/users/me");
        await elsewhere.GetErrorAsync("/v3/users/me", HttpStatusCode.Unauthorized, "invalid_token");
        using var old = await server.TryLoginAsync(user.Text("email"), Secret);
        await old.ReadErrorAsync(HttpStatusCode.Unauthorized, "invalid_token");
        await server.LoginAsync(user.Text("email"), Another);
    }

    [Fact]
    public async Task A_user_with_status_RESET_changes_the_password_before_anything_else()
    {
        var (admin, user) = await MakeUserAsync();
        await admin.PutAsync($"/v3/users/{user.Text("id")}", "{\"status\":\"RESET\"}");
        var answer = await server.LoginAsync(user.Text("email"), Secret);
        Assert.Equal("RESET", answer.Text("status"));
        using var client = server.Client(answer.Text("token"));
        await client.GetErrorAsync("/v3/devices", HttpStatusCode.Forbidden, "access_denied");
        Assert.Equal("ACTIVE", (await client.PutAsync("/v3/users/me", $"{{\"password\":\"{Another}\"}}")).Text("status"));
        await client.GetOkAsync("/v3/devices");
    }

    [Fact]
    public async Task An_inactive_or_deleted_user_is_out_at_once()
    {
        var (admin, user) = await MakeUserAsync();
        using var client = server.Client((await server.LoginAsync(user.Text("email"), Secret)).Text("token"));
        await admin.PutAsync($"/v3/users/{user.Text("id")}", "{\"status\":\"INACTIVE\"}");
        await client.GetErrorAsync("/v3/devices", HttpStatusCode.Unauthorized, "invalid_token");
        using var refused = await server.TryLoginAsync(user.Text("email"), Secret);
        await refused.ReadErrorAsync(HttpStatusCode.Unauthorized, "invalid_token");
        await admin.PutAsync($"/v3/users/{user.Text("id")}", "{\"status\":\"ACTIVE\"}");
        using var again = server.Client((await server.LoginAsync(user.Text("email"), Secret)).Text("token"));
        (await admin.DeleteAsync($"/v3/users/{user.Text("id")}", TestContext.Current.CancellationToken)).Dispose();
        await again.GetErrorAsync("/v3/devices", HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Theory]
    [InlineData("", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"username\":1,\"password\":\"x\"}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"username\":\"a\\u0000\",\"password\":\"x\"}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"username\":\"a\",\"password\":\"x\",\"account\":\"y\"}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"username\":\"a\",\"password\":\"x\",\"grant_type\":\"magic\"}", "application/json", HttpStatusCode.BadRequest)]
    public async Task A_request_that_makes_no_sense_is_told_so(string body, string type, HttpStatusCode expected)
    {
        using var response = await server.Anonymous.SendAsync(HttpMethod.Post, "/auth/login", body, type);
        await response.ReadErrorAsync(expected, "validation_error");
    }

    [Theory]
    [InlineData("eyJ")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJqdGkiOiIwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZiIsImlzcyI6InN1cmV0eSIsImV4cCI6OTk5OTk5OTk5OX0.")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJzdXJldHkiLCJleHAiOjk5OTk5OTk5OTl9.AAAA")]
    public async Task A_token_that_we_have_not_signed_opens_nothing(string token)
    {
        using var client = server.Client(token);
        await client.GetErrorAsync("/v3/users/me", HttpStatusCode.Unauthorized, "invalid_token");
    }

    private async Task<(HttpClient Admin, JsonNode User)> MakeUserAsync()
    {
        var admin = await server.NewAccountAsync();
        var name = $"u{Login.Unique()}";
        return (admin, await admin.PostAsync("/v3/users", $"{{\"email\":\"{name}@example.com\",\"username\":\"{name}\",\"password\":\"{Secret}\"}}"));
    }
}
