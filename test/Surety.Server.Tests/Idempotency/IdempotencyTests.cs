using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Idempotency;
using Surety.Server.Storage;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Idempotency;

/// <summary>A POST that is sent again with its key is not done again (draft-ietf-httpapi-idempotency-key-header); the same on both databases.</summary>
public abstract class IdempotencyTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : IdempotencyTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : IdempotencyTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Keys = "/v3/api-keys";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_time_gives_the_first_answer_with_its_secret_and_its_request_id()
    {
        var client = await server.NewAccountAsync();
        using var first = await SendAsync(client, "\"one\"", "{\"name\":\"program\"}");
        using var second = await SendAsync(client, "\"one\"", "{\"name\":\"program\"}");
        var made = await first.ReadAsync(HttpStatusCode.Created);
        var again = await second.ReadAsync(HttpStatusCode.Created);
        Assert.NotEmpty(made.Text("key"));
        Assert.Equal(made.ToJsonString(), again.ToJsonString());
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(first.Headers.GetValues("X-Request-ID"), second.Headers.GetValues("X-Request-ID"));
        // Its own and the one.
        Assert.Equal(2, (await client.GetOkAsync(Keys)).All("id").Count);
        // Bare, as most clients write it, it is the same key.
        using var bare = await SendAsync(client, "one", "{\"name\":\"program\"}");
        Assert.Equal(made.ToJsonString(), (await bare.ReadAsync(HttpStatusCode.Created)).ToJsonString());
    }

    [Fact]
    public async Task The_stored_answer_shows_no_secret_to_who_reads_the_database()
    {
        var client = await server.NewAccountAsync();
        using var response = await SendAsync(client, "secret", "{\"name\":\"program\"}");
        var key = (await response.ReadAsync(HttpStatusCode.Created)).Text("key");
        await using var db = server.Service<SuretyDbFactory>().Open((await client.GetOkAsync("/v3/accounts/me")).Id("id"));
        var stored = await db.Set<IdempotentRequest>().SingleAsync(Token);
        Assert.DoesNotContain(key[^32..], Encoding.Latin1.GetString(stored.ProtectedAnswer!), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(key))[..40], Encoding.Latin1.GetString(stored.ProtectedAnswer!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_at_once_exactly_one_has_an_effect()
    {
        var client = await server.NewAccountAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(client, "race", "{\"name\":\"program\"}")));
        var ids = new HashSet<string>();
        foreach (var answer in answers)
        {
            if (answer.StatusCode == HttpStatusCode.Created)
                ids.Add((await answer.ReadAsync(HttpStatusCode.Created)).Text("id"));
            else
                await answer.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");
            answer.Dispose();
        }

        Assert.Single(ids);
        Assert.Equal(2, (await client.GetOkAsync(Keys)).All("id").Count);
    }

    [Theory]
    [InlineData(Keys, "{\"name\":\"another\"}")]
    [InlineData(Keys + "?x=1", "{\"name\":\"program\"}")]
    [InlineData("/v3/devices", "{\"name\":\"program\"}")]
    public async Task A_key_that_was_used_for_another_request_is_a_422(string path, string body)
    {
        var client = await server.NewAccountAsync();
        using var first = await SendAsync(client, "used", "{\"name\":\"program\"}");
        await first.ReadAsync(HttpStatusCode.Created);
        using var other = await SendAsync(client, "used", body, path);
        await other.ReadErrorAsync(HttpStatusCode.UnprocessableEntity, "validation_error");
    }

    [Theory]
    [InlineData("\"open")]
    [InlineData("\"a\"b\"")]
    [InlineData("\"a\\x\"")]
    [InlineData("\"\"")]
    [InlineData("a\tb")]
    public async Task A_malformed_key_is_a_400(string key)
    {
        using var response = await SendAsync(server.Admin, key, "{\"name\":\"never\"}");
        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        Assert.Equal(["Idempotency-Key"], error.Fields());
    }

    [Fact]
    public async Task A_key_of_256_characters_is_a_400_and_one_of_255_is_taken()
    {
        var client = await server.NewAccountAsync();
        using var longer = await SendAsync(client, new string('k', 256), "{\"name\":\"x\"}");
        await longer.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        using var longest = await SendAsync(client, new string('k', 255), "{\"name\":\"x\"}");
        await longest.ReadAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_refusal_is_repeated_as_it_was()
    {
        var client = await server.NewAccountAsync();
        using var first = await SendAsync(client, "bad", "{}");
        var error = await first.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        using var second = await SendAsync(client, "bad", "{}");
        Assert.Equal(error.ToJsonString(), (await second.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).ToJsonString());
    }

    [Fact]
    public async Task The_same_key_of_another_application_is_another()
    {
        var client = await server.NewAccountAsync();
        var other = server.Client((await client.PostAsync(Keys, "{\"name\":\"other\"}")).Text("key"));
        using var first = await SendAsync(client, "same", "{\"name\":\"a\"}", "/v3/devices");
        using var second = await SendAsync(other, "same", "{\"name\":\"b\"}", "/v3/devices");
        await first.ReadAsync(HttpStatusCode.Created);
        await second.ReadAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_body_larger_than_the_limit_is_a_413_and_leaves_the_key_free()
    {
        var client = await server.NewAccountAsync();
        using var large = new StringContent($"{{\"name\":\"{new string('x', 2 * 1024 * 1024)}\"}}", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Keys) { Content = large };
        request.Headers.Add("Idempotency-Key", "large");
        request.Headers.ExpectContinue = true;
        using var refused = await client.SendAsync(request, Token);
        await refused.ReadErrorAsync(HttpStatusCode.RequestEntityTooLarge, "validation_error");
        using var small = await SendAsync(client, "large", "{\"name\":\"x\"}");
        await small.ReadAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Other_methods_do_not_look_at_the_header()
    {
        var client = await server.NewAccountAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Keys);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", "\"open");
        using var response = await client.SendAsync(request, Token);
        await response.ReadAsync(HttpStatusCode.OK);
    }

    internal static async Task<HttpResponseMessage> SendAsync(HttpClient client, string key, string body, string path = Keys)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await client.SendAsync(request, Token);
    }
}
