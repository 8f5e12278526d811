using System.Net;

namespace Surety.Server.Tests.RateLimiting;

/// <summary>Who calls too often is told when to come again; others do not notice.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private readonly StandingTime _time = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(
        _time, "--Surety:Rest:RequestsPerSecond=2", "--Surety:Rest:RequestBurst=5", "--Surety:Rest:AnonymousRequestsPerSecond=1");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_key_has_its_burst_then_its_rate_and_learns_when_to_come_again()
    {
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(_server.Admin));
        await ExpectLimitAsync(_server.Admin, retryAfter: 1);
        _time.PutForward(TimeSpan.FromMilliseconds(499));
        await ExpectLimitAsync(_server.Admin, retryAfter: 1);
        _time.PutForward(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_server.Admin));
        await ExpectLimitAsync(_server.Admin, retryAfter: 1);
        // A pause gives the burst again, and no more.
        _time.PutForward(TimeSpan.FromHours(1));
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(_server.Admin));
        await ExpectLimitAsync(_server.Admin, retryAfter: 1);
    }

    [Fact]
    public async Task Each_key_has_a_limit_of_its_own_and_health_has_none()
    {
        var other = await _server.NewAccountAsync();
        while (await StatusAsync(_server.Admin) == HttpStatusCode.OK)
        {
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other));
        for (var i = 0; i < 20; i++)
        {
            using var health = await _server.Anonymous.GetAsync("/health/live", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        }
    }

    [Fact]
    public async Task An_address_without_a_valid_key_has_a_limit_too()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_server.Admin));
        var wrong = _server.Client("ak_1wrong");
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(wrong));
        await ExpectLimitAsync(wrong, retryAfter: 1);
        // A key that was used before is not held to it.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_server.Admin));
    }

    [Fact]
    public async Task Too_many_wrong_keys_are_not_looked_up_and_leave_alone_who_has_none_or_a_known_one()
    {
        var unused = await _server.NewAccountAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_server.Admin));
        var wrong = _server.Client("ak_1wrong");
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(wrong));
        await ExpectLimitAsync(wrong, retryAfter: 1);
        await ExpectLimitAsync(unused, retryAfter: 1);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(_server.Anonymous));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_server.Admin));
        _time.PutForward(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(unused));
    }

    private static async Task ExpectLimitAsync(HttpClient client, int retryAfter)
    {
        using var response = await client.GetAsync("/v3/accounts/me", TestContext.Current.CancellationToken);
        await response.ReadErrorAsync(HttpStatusCode.TooManyRequests, "rate_limit_exceeded");
        Assert.Equal(TimeSpan.FromSeconds(retryAfter), response.Headers.RetryAfter?.Delta);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/v3/accounts/me", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
