using System.Net;
using Surety.Server.Features.Idempotency;
using Surety.Server.Storage;

namespace Surety.Server.Tests.Idempotency;

/// <summary>Keys outlive the server, and not the day.</summary>
public sealed class IdempotencyRestartTests : IAsyncLifetime
{
    private readonly ShiftedTime _time = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(_time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_answer_is_given_again_after_a_restart_for_24_hours()
    {
        using var first = await IdempotencyTests.SendAsync(_server.Admin, "kept", "{\"name\":\"program\"}");
        var made = await first.ReadAsync(HttpStatusCode.Created);
        await _server.RestartAsync();
        _time.PutForward(TimeSpan.FromHours(23));
        using var second = await IdempotencyTests.SendAsync(_server.Admin, "kept", "{\"name\":\"program\"}");
        Assert.Equal(made.ToJsonString(), (await second.ReadAsync(HttpStatusCode.Created)).ToJsonString());
        _time.PutForward(TimeSpan.FromHours(2));
        using var third = await IdempotencyTests.SendAsync(_server.Admin, "kept", "{\"name\":\"program\"}");
        Assert.NotEqual(made.Text("id"), (await third.ReadAsync(HttpStatusCode.Created)).Text("id"));
    }

    [Fact]
    public async Task A_request_that_the_server_was_stopped_in_is_not_run_again()
    {
        using (var probe = await IdempotencyTests.SendAsync(_server.Admin, "probe", "{\"name\":\"program\"}"))
            await probe.ReadAsync(HttpStatusCode.Created);
        var key = await _server.Admin.GetOkAsync("/v3/api-keys/me");
        await using (var db = _server.Service<SuretyDbFactory>().Open(key.Id("account_id")))
        {
            // As it is in the database while the request runs.
            var running = db.Set<IdempotentRequest>().Single();
            running.ProtectedAnswer = null;
            running.CompletedAt = null;
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        using var while_ = await IdempotencyTests.SendAsync(_server.Admin, "probe", "{\"name\":\"program\"}");
        Assert.Contains("still runs", (await while_.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate")).Text("message"), StringComparison.Ordinal);
        await _server.RestartAsync();
        using var after = await IdempotencyTests.SendAsync(_server.Admin, "probe", "{\"name\":\"program\"}");
        Assert.Contains("was stopped", (await after.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate")).Text("message"), StringComparison.Ordinal);
    }
}
