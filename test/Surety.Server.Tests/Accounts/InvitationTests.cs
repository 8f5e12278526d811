using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Surety.Server.Tests.Storage;
using Surety.Server.Tests.Users;

namespace Surety.Server.Tests.Accounts;

/// <summary>Invitations, recovery and proof of addresses; the same on both databases.</summary>
public abstract partial class InvitationTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : InvitationTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : InvitationTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Secret = "correct horse battery";

    [Fact]
    public async Task Without_a_mail_server_the_administrator_hands_the_link_on_and_it_works_once()
    {
        var admin = await server.NewAccountAsync();
        var email = Email();
        var made = await admin.PostAsync("/v3/user-invitations", $"{{\"email\":\"{email}\",\"valid_for_days\":2}}");
        Assert.Equal("user-invitation", made.Text("object"));
        Assert.Null((await admin.GetOkAsync($"/v3/user-invitations/{made.Text("id")}"))["link"]);
        Assert.Equal([made.Text("id")], (await admin.GetOkAsync("/v3/user-invitations")).All("id"));
        Assert.Equal("INVITED", (await admin.GetOkAsync($"/v3/users/{made.Text("user_id")}")).Text("status"));
        var log = (await admin.GetOkAsync("/v3/accounts/me/notifications"))["data"]![0]!;
        Assert.Equal(email, log.Text("receiver"));
        Assert.False((bool)log["success"]!);
        Assert.Contains("no mail server", log.Text("error_msg"), StringComparison.Ordinal);
        var token = made.Text("link").Split("token=")[1];
        // The log is for every administrator, the link is for one person.
        Assert.DoesNotContain(token, log.ToJsonString(), StringComparison.Ordinal);
        using var early = await server.TryLoginAsync(email, Secret);
        await early.ReadErrorAsync(HttpStatusCode.Unauthorized, "invalid_token");
        await FollowAsync("/auth/invitation", token, HttpStatusCode.NoContent);
        var answer = await server.LoginAsync(email, Secret);
        Assert.Equal(made.Text("user_id"), answer.Text("user_id"));
        var user = await server.Client(answer.Text("token")).GetOkAsync("/v3/users/me");
        Assert.True((bool)user["email_verified"]!);
        Assert.Equal("Ada", user.Text("full_name"));
        Assert.Empty((await admin.GetOkAsync("/v3/user-invitations")).All("id"));
        await FollowAsync("/auth/invitation", token, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_link_shows_a_form_that_nobody_else_learns_of()
    {
        var admin = await server.NewAccountAsync();
        var made = await admin.PostAsync("/v3/user-invitations", $"{{\"email\":\"{Email()}\"}}");
        using var page = await server.Anonymous.GetAsync(made.Text("link"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = made.Text("link").Split("token=")[1], ["password"] = Secret });
        using var done = await server.Anonymous.SendAsync(HttpMethod.Post, "/auth/invitation", form);
        Assert.Equal("text/html", done.Content.Headers.ContentType?.MediaType);
        await server.LoginAsync(made.Text("email"), Secret);
        using var evil = await server.Anonymous.GetAsync("/auth/invitation?token=%22%3E%3Cscript%3E", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, evil.StatusCode);
        Assert.DoesNotContain("<script>", await evil.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_that_is_taken_back_opens_nothing_and_frees_the_address()
    {
        var admin = await server.NewAccountAsync();
        var email = Email();
        var made = await admin.PostAsync("/v3/user-invitations", $"{{\"email\":\"{email}\"}}");
        using var twice = await admin.SendAsync(HttpMethod.Post, "/v3/user-invitations", $"{{\"email\":\"{email}\"}}");
        Assert.Equal(["email"], (await twice.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        using var deleted = await admin.DeleteAsync($"/v3/user-invitations/{made.Text("id")}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await FollowAsync("/auth/invitation", made.Text("link").Split("token=")[1], HttpStatusCode.BadRequest);
        await admin.PostAsync($"/v3/users?action=invite", $"{{\"email\":\"{email}\"}}");
    }

    [Theory]
    [InlineData("{}", "email")]
    [InlineData("{\"email\":\"nowhere\"}", "email")]
    [InlineData("{\"email\":\"a@example.com\",\"valid_for_days\":0}", "valid_for_days")]
    [InlineData("{\"email\":\"a@example.com\",\"valid_for_days\":101}", "valid_for_days")]
    [InlineData("{\"email\":\"a@example.com\",\"groups\":[\"x\"]}", "groups")]
    public async Task An_invitation_that_makes_no_sense_is_refused(string body, string field)
    {
        var admin = await server.NewAccountAsync();
        using var response = await admin.SendAsync(HttpMethod.Post, "/v3/user-invitations", body);
        Assert.Equal([field], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task A_tenant_that_is_enrolled_begins_with_the_link_to_its_administrator()
    {
        var parent = await server.NewAccountAsync("Parent");
        var made = await parent.PostAsync("/v3/accounts?action=enroll", $"{{\"end_market\":\"IoT\",\"admin_email\":\"{Email()}\"}}");
        Assert.Equal("ENROLLING", (await parent.GetOkAsync($"/v3/accounts/{made.Text("id")}/users/{made.Text("admin_id")}")).Text("status"));
        await FollowAsync("/auth/invitation", made.Text("admin_link").Split("token=")[1], HttpStatusCode.NoContent);
        Assert.Equal(made.Text("id"), (await server.LoginAsync(made.Text("admin_email"), Secret)).Text("account_id"));
    }

    [Fact]
    public async Task Mails_carry_the_links_and_the_log_says_that_they_went_out()
    {
        await using var peer = new SmtpPeer();
        await using var own = await TestServer.StartAsync(
            new ShiftedTime(), $"--Surety:Mail:Server={peer.Address}", "--Surety:Mail:StartTls=false", "--Surety:Mail:From=surety@example.com",
            "--Surety:Certificates:PublicUrl=https://iot.example.com", "--Surety:FirstRun:AdminEmail=ada@example.com", $"--Surety:FirstRun:AdminPassword={Secret}");
        var made = await own.Admin.PostAsync("/v3/user-invitations", "{\"email\":\"bob@example.com\"}");
        Assert.Null(made["link"]);
        var mail = await peer.NextAsync();
        Assert.Contains("To: bob@example.com", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Matches("https://iot.example.com/auth/invitation", Unfold(mail));
        while (!(bool)(await own.Admin.GetOkAsync("/v3/accounts/me/notifications"))["data"]![0]!["success"]!)
            await Task.Delay(20, TestContext.Current.CancellationToken);

        using var asked = await own.Anonymous.SendAsync(HttpMethod.Post, "/auth/password-recovery", "{\"email\":\"ADA@example.com\"}");
        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        var token = TokenForm().Match(Unfold(await peer.NextAsync())).Groups[1].Value;
        using var strange = await own.Anonymous.SendAsync(HttpMethod.Post, "/auth/password-recovery", "{\"email\":\"nobody@example.com\"}");
        Assert.Equal(HttpStatusCode.NoContent, strange.StatusCode);
        ((ShiftedTime)own.Service<TimeProvider>()).PutForward(TimeSpan.FromMinutes(16));
        using var late = await own.Anonymous.SendAsync(HttpMethod.Post, "/auth/password-reset", $"{{\"token\":\"{token}\",\"password\":\"another horse battery\"}}");
        Assert.Equal(["token"], (await late.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        using var again = await own.Anonymous.SendAsync(HttpMethod.Post, "/auth/password-recovery", "{\"email\":\"ada@example.com\"}");
        token = TokenForm().Match(Unfold(await peer.NextAsync())).Groups[1].Value;
        using var reset = await own.Anonymous.SendAsync(HttpMethod.Post, "/auth/password-reset", $"{{\"token\":\"{token}\",\"password\":\"another horse battery\"}}");
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        await own.LoginAsync("ada@example.com", "another horse battery");
    }

    [Fact]
    public async Task An_administrator_of_the_parent_has_an_address_proven()
    {
        var (parentId, parent) = await server.NewAccountAsync("Parent", null);
        var (tenantId, tenant) = await server.NewAccountAsync("Tenant", parentId);
        var user = await tenant.PostAsync("/v3/users", $"{{\"email\":\"{Email()}\"}}");
        Assert.False((bool)user["email_verified"]!);
        using var response = await parent.SendAsync(HttpMethod.Post, $"/v3/accounts/{tenantId}/users/{user.Text("id")}/validate-email", "");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal([user.Text("email")], (await parent.GetOkAsync($"/v3/accounts/{tenantId}/notifications")).All("receiver"));
    }

    private async Task FollowAsync(string path, string token, HttpStatusCode expected)
    {
        using var response = await server.Anonymous.SendAsync(
            HttpMethod.Post, path, new JsonObject { ["token"] = token, ["password"] = Secret, ["full_name"] = "Ada" }.ToJsonString());
        Assert.Equal(expected, response.StatusCode);
    }

    private static string Email() => $"invited.{Login.Unique()}@example.com";

    // RFC 2045, 6.7: quoted-printable folds lines with =, and writes = as =3D.
    private static string Unfold(string mail) => mail.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);

    [GeneratedRegex("token=([0-9A-Za-z_-]{75})")]
    private static partial Regex TokenForm();
}
