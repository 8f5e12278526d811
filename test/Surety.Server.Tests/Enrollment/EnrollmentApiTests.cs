using System.Net;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Enrollment;

/// <summary><c>/v3/device-enrollments</c>; the same on both databases.</summary>
public abstract class EnrollmentApiTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : EnrollmentApiTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : EnrollmentApiTests(fixture.Server), IClassFixture<PostgresFixture>;

    [Fact]
    public async Task A_new_enrollment_is_unclaimed_and_waits_a_year()
    {
        var client = await server.NewAccountAsync();
        var identity = Identities.New();
        var made = await client.EnrollAsync(identity);
        Assert.Equal("enrollment", made.Text("object"));
        Assert.Matches("^[0-9a-f]{32}$", made.Text("id"));
        Assert.Equal((await client.GetOkAsync("/v3/accounts/me")).Text("id"), made.Text("account_id"));
        Assert.Equal(identity, made.Text("enrollment_identity"));
        Assert.Matches("^[A-Za-z0-9]{1,256}$", made.Text("etag"));
        Assert.True(made.AsObject().ContainsKey("claimed_at") && made["claimed_at"] is null);
        Assert.True(made.AsObject().ContainsKey("enrolled_device_id") && made["enrolled_device_id"] is null);
        Assert.Equal(TimeSpan.FromDays(365), (DateTimeOffset)made["expires_at"]! - (DateTimeOffset)made["created_at"]!);
        Assert.Equal(made.ToJsonString(), (await client.GetOkAsync($"/v3/device-enrollments/{made.Text("id")}")).ToJsonString());
    }

    [Fact]
    public async Task An_identity_is_the_same_in_both_cases_and_in_all_accounts()
    {
        var client = await server.NewAccountAsync();
        var other = await server.NewAccountAsync();
        var identity = Identities.New();
        Assert.Equal(identity, (await client.EnrollAsync("A-" + identity[2..].ToLowerInvariant())).Text("enrollment_identity"));
        foreach (var second in new[] { client, other })
        {
            using var response = await second.TryEnrollAsync(identity);
            var error = await response.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");
            Assert.Equal(["enrollment_identity"], error.Fields());
        }

        Assert.Empty((await other.GetOkAsync("/v3/device-enrollments")).All("id"));
    }

    [Fact]
    public async Task Of_two_accounts_that_enroll_a_device_at_once_one_wins()
    {
        var clients = new List<HttpClient>();
        for (var i = 0; i < 6; i++)
            clients.Add(await server.NewAccountAsync());
        for (var round = 0; round < 5; round++)
        {
            var identity = Identities.New();
            var statuses = await Task.WhenAll(clients.Select(async client =>
            {
                using var response = await client.TryEnrollAsync(identity);
                return response.StatusCode;
            }));
            Assert.Single(statuses, HttpStatusCode.Created);
            Assert.Equal(5, statuses.Count(status => status == HttpStatusCode.Conflict));
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"enrollment_identity\":null}")]
    [InlineData("{\"enrollment_identity\":\"\"}")]
    [InlineData("{\"enrollment_identity\":\"A-50:B9\"}")]
    [InlineData("{\"enrollment_identity\":\"A-ZZ:B9:AD:60:7F:DC:30:3F:6F:75:CD:D2:CA:F0:C6:D8:D9:B3:0B:99:00:4A:1A:94:38:4D:AE:20:27:E1:38:AC\"}")]
    [InlineData("{\"enrollment_identity\":\"A-50:B9:AD:60:7F:DC:30:3F:6F:75:CD:D2:CA:F0:C6:D8:D9:B3:0B:99:00:4A:1A:94:38:4D:AE:20:27:E1:38:AC\\n\"}")]
    public async Task What_is_no_identity_is_refused(string body)
    {
        using var response = await server.Admin.SendAsync(HttpMethod.Post, "/v3/device-enrollments", body);
        Assert.Equal(["enrollment_identity"], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task Enrollments_are_listed_page_by_page_and_filtered()
    {
        var client = await server.NewAccountAsync();
        var identities = Enumerable.Range(0, 5).Select(_ => Identities.New()).ToArray();
        foreach (var identity in identities)
            await client.EnrollAsync(identity);
        var first = await client.GetOkAsync("/v3/device-enrollments?limit=3&include=total_count");
        Assert.Equal(identities[..3], first.All("enrollment_identity"));
        Assert.True((bool)first["has_more"]!);
        Assert.Equal(5, (int)first["total_count"]!);
        var second = await client.GetOkAsync($"/v3/device-enrollments?limit=3&after={first.All("id")[^1]}");
        Assert.Equal(identities[3..], second.All("enrollment_identity"));
        Assert.False((bool)second["has_more"]!);
        Assert.Equal(identities.Reverse(), (await client.GetOkAsync("/v3/device-enrollments?order=DESC")).All("enrollment_identity"));
        Assert.Equal([identities[2]], (await client.GetOkAsync($"/v3/device-enrollments?enrollment_identity__eq={identities[2].ToLowerInvariant()}")).All("enrollment_identity"));
        Assert.Equal(5, (await client.GetOkAsync("/v3/device-enrollments?filter=enrolled_device_id%3D")).All("id").Count);
    }

    [Fact]
    public async Task A_deleted_enrollment_is_free_for_another_account()
    {
        var client = await server.NewAccountAsync();
        var other = await server.NewAccountAsync();
        var identity = Identities.New();
        var path = $"/v3/device-enrollments/{(await client.EnrollAsync(identity)).Text("id")}";
        using (var response = await client.DeleteAsync(path, TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        await client.GetErrorAsync(path, HttpStatusCode.NotFound, "not_found");
        using (var response = await client.DeleteAsync(path, TestContext.Current.CancellationToken))
            await response.ReadErrorAsync(HttpStatusCode.NotFound, "not_found");
        Assert.Equal(identity, (await other.EnrollAsync(identity)).Text("enrollment_identity"));
    }
}
