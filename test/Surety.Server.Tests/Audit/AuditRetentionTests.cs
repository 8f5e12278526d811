using Surety.Server.Features.Audit;

namespace Surety.Server.Tests.Audit;

/// <summary>Old entries go, and the rest still verifies.</summary>
public sealed class AuditRetentionTests : IAsyncLifetime
{
    private readonly ShiftedTime _time = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(_time, "--Surety:Audit:RetentionDays=30");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Entries_are_dropped_after_the_retention_and_the_chain_goes_on()
    {
        await _server.Admin.PostAsync("/v3/api-keys", "{\"name\":\"old\"}");
        var kept = await _server.Admin.GetOkAsync("/v3/audit-log/verification");
        _time.PutForward(TimeSpan.FromDays(31));
        await _server.Admin.PostAsync("/v3/api-keys", "{\"name\":\"new\"}");
        var sealer = _server.Service<AuditSealer>();
        await sealer.SealAsync(TestContext.Current.CancellationToken);
        await sealer.DropOldAsync(TestContext.Current.CancellationToken);
        var names = (await _server.Admin.GetOkAsync("/v3/audit-log")).All("entity_name");
        // The key, and its place in a group.
        Assert.Equal(["new", ""], names);
        var verification = await _server.Admin.GetOkAsync($"/v3/audit-log/verification?sequence={kept["last_sequence"]}&seal={kept.Text("last_seal")}");
        Assert.True((bool)verification["valid"]!, verification.ToJsonString());
        Assert.Equal((int)kept["last_sequence"]! + 1, (int)verification["first_sequence"]!);
        await _server.RestartAsync();
        Assert.True((bool)(await _server.Admin.GetOkAsync("/v3/audit-log/verification"))["valid"]!);
    }
}
