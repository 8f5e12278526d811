using System.Net;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Directory;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Devices;

/// <summary>The way of registrations into the directory; the same on both databases.</summary>
public abstract class DeviceWriterTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : DeviceWriterTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : DeviceWriterTests(fixture.Server), IClassFixture<PostgresFixture>;

    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, 123, 456, TimeSpan.Zero);

    [Fact]
    public async Task A_new_device_gets_a_record_that_the_API_shows()
    {
        var (account, client) = await AccountAsync();
        using var writer = Writer();
        var device = Resolve(writer, new DeviceIdentity(account, "urn:dev:1")
        {
            EndpointType = "thermometer", ExecutionMode = DeviceExecutionMode.Development, DeviceKey = "00:11", CaId = "ca",
            IssuerFingerprint = new string('A', 64),
        });
        Assert.True(device.IsNew);
        Assert.False(device.IsBlocked);
        var shown = await client.GetOkAsync($"/v3/devices/{device.Id}");
        Assert.Equal("urn:dev:1", shown.Text("endpoint_name"));
        Assert.Equal("thermometer", shown.Text("endpoint_type"));
        Assert.Equal("unenrolled", shown.Text("state"));
        Assert.Equal(1, (int)shown["device_execution_mode"]!);
        Assert.Equal("00:11", shown.Text("device_key"));
        Assert.Equal("ca", shown.Text("ca_id"));
        Assert.Equal(new string('A', 64), shown.Text("issuer_fingerprint"));
        Assert.Equal(shown.Text("created_at"), shown.Text("updated_at"));
    }

    [Fact]
    public async Task A_record_made_by_the_writer_is_like_one_made_over_REST()
    {
        var (account, client) = await AccountAsync();
        using var writer = Writer();
        var byWriter = await client.GetOkAsync($"/v3/devices/{Resolve(writer, new DeviceIdentity(account, "x")).Id}");
        var byRest = await client.PostAsync("/v3/devices", "{\"endpoint_name\":\"y\"}");
        foreach (var member in new[] { "id", "endpoint_name", "created_at", "updated_at", "etag" })
            (byWriter[member], byRest[member]) = ("", "");
        Assert.Equal(byRest.ToJsonString(), byWriter.ToJsonString());
    }

    [Fact]
    public async Task A_known_device_keeps_its_record()
    {
        var (account, client) = await AccountAsync();
        var id = (await client.PostAsync("/v3/devices", "{\"endpoint_name\":\"known\",\"name\":\"mine\"}")).Text("id");
        using var writer = Writer();
        var device = Resolve(writer, new DeviceIdentity(account, "known") { EndpointType = "other" });
        Assert.Equal(id, device.Id.ToString());
        Assert.False(device.IsNew);
        Assert.Equal("mine", (await client.GetOkAsync($"/v3/devices/{id}")).Text("name"));
    }

    [Fact]
    public async Task A_batch_may_hold_new_and_known_and_impossible_devices_and_one_twice()
    {
        var (account, client) = await AccountAsync();
        var (other, _) = await AccountAsync();
        var known = (await client.PostAsync("/v3/devices", "{\"endpoint_name\":\"known\"}")).Text("id");
        using var writer = Writer();
        DeviceIdentity[] batch =
        [
            new(account, "new"), new(account, "known"), new(account, "new"), new(account, ""), new(account, "nul\0nul"),
            new(account, "half \ud83d"), new(account, new string('x', 256)), new(new EntityId(1, 2), "nobody"), new(other, "new"),
            new(account, "größe 😀"),
        ];
        var resolved = new ResolvedDevice[batch.Length];
        writer.ResolveBatch(batch, resolved);
        Assert.True(resolved[0].IsNew);
        Assert.Equal(known, resolved[1].Id.ToString());
        Assert.Equal(resolved[0].Id, resolved[2].Id);
        Assert.False(resolved[2].IsNew);
        Assert.All(resolved[3..8], device => Assert.True(device.Id.IsNone));
        Assert.True(resolved[8].IsNew);
        Assert.NotEqual(resolved[0].Id, resolved[8].Id);
        Assert.Equal("größe 😀", (await client.GetOkAsync($"/v3/devices/{resolved[9].Id}")).Text("endpoint_name"));
        Assert.Equal(["known", "new", "größe 😀"], (await client.GetOkAsync("/v3/devices")).All("endpoint_name"));

        var again = new ResolvedDevice[batch.Length];
        writer.ResolveBatch(batch, again);
        Assert.Equal(resolved.Select(device => device.Id), again.Select(device => device.Id));
        Assert.DoesNotContain(again, device => device.IsNew);
    }

    [Fact]
    public async Task A_thousand_devices_resolve_in_one_batch_with_ids_in_their_order()
    {
        var (account, client) = await AccountAsync();
        using var writer = Writer();
        var batch = Enumerable.Range(0, 1000).Select(number => new DeviceIdentity(account, $"d{number:d4}")).ToArray();
        var resolved = new ResolvedDevice[batch.Length];
        writer.ResolveBatch(batch, resolved);
        Assert.Equal(resolved.Select(device => device.Id).Order(), resolved.Select(device => device.Id));
        var page = await client.GetOkAsync("/v3/devices?limit=1000&include=total_count");
        Assert.Equal(1000, (int)page["total_count"]!);
        Assert.Equal(batch.Select(device => device.EndpointName), page.All("endpoint_name"));
    }

    [Fact]
    public async Task States_are_written_with_time_and_type()
    {
        var (account, client) = await AccountAsync();
        using var writer = Writer();
        var id = Resolve(writer, new DeviceIdentity(account, "d") { EndpointType = "before" }).Id;
        Assert.Equal([DeviceStateOutcome.Changed], Apply(writer, new DeviceStateChange(id, DeviceState.Registered, Noon, "after")));
        var shown = await client.GetOkAsync($"/v3/devices/{id}");
        Assert.Equal("registered", shown.Text("state"));
        Assert.Equal("after", shown.Text("endpoint_type"));
        Assert.Equal("2026-05-04T12:00:00.123456Z", shown.Text("updated_at"));
        Assert.Equal("2026-05-04T12:00:00.123456Z", shown.Text("etag"));
        Assert.Null(shown["bootstrapped_timestamp"]);
        Assert.Single((await client.GetOkAsync("/v3/devices?state__eq=registered&updated_at__eq=2026-05-04T12:00:00.123456Z")).All("id"));
    }

    [Fact]
    public async Task Only_records_that_change_are_touched()
    {
        var (account, client) = await AccountAsync();
        using var writer = Writer();
        var id = Resolve(writer, new DeviceIdentity(account, "d") { EndpointType = "type" }).Id;
        Apply(writer, new DeviceStateChange(id, DeviceState.Registered, Noon));
        var outcomes = Apply(
            writer, new DeviceStateChange(id, DeviceState.Registered, Noon.AddHours(1)), new DeviceStateChange(id, DeviceState.Registered, Noon.AddHours(1), "type"));
        Assert.Equal([DeviceStateOutcome.Unchanged, DeviceStateOutcome.Unchanged], outcomes);
        Assert.Equal("2026-05-04T12:00:00.123456Z", (await client.GetOkAsync($"/v3/devices/{id}")).Text("updated_at"));
    }

    [Fact]
    public async Task Every_bootstrap_sets_its_timestamp()
    {
        var (account, client) = await AccountAsync();
        using var writer = Writer();
        var id = Resolve(writer, new DeviceIdentity(account, "d")).Id;
        Apply(writer, new DeviceStateChange(id, DeviceState.Bootstrapped, Noon));
        Apply(writer, new DeviceStateChange(id, DeviceState.Bootstrapped, Noon.AddHours(1)));
        var shown = await client.GetOkAsync($"/v3/devices/{id}");
        Assert.Equal("bootstrapped", shown.Text("state"));
        Assert.Equal("2026-05-04T13:00:00.123456Z", shown.Text("bootstrapped_timestamp"));
        Apply(writer, new DeviceStateChange(id, DeviceState.Registered, Noon.AddHours(2)));
        Assert.Equal("2026-05-04T13:00:00.123456Z", (await client.GetOkAsync($"/v3/devices/{id}")).Text("bootstrapped_timestamp"));
    }

    [Fact]
    public async Task A_registered_device_that_bootstraps_again_is_still_registered()
    {
        var (account, client) = await AccountAsync();
        using var writer = Writer();
        var id = Resolve(writer, new DeviceIdentity(account, "d")).Id;
        Apply(writer, new DeviceStateChange(id, DeviceState.Registered, Noon));
        Apply(writer, new DeviceStateChange(id, DeviceState.Bootstrapped, Noon.AddHours(1)));
        var shown = await client.GetOkAsync($"/v3/devices/{id}");
        Assert.Equal("registered", shown.Text("state"));
        Assert.Equal("2026-05-04T13:00:00.123456Z", shown.Text("bootstrapped_timestamp"));
    }

    [Fact]
    public async Task Changes_of_one_device_apply_in_order_and_a_deleted_one_is_missing()
    {
        var (account, client) = await AccountAsync();
        using var writer = Writer();
        var kept = Resolve(writer, new DeviceIdentity(account, "kept")).Id;
        var deleted = Resolve(writer, new DeviceIdentity(account, "deleted")).Id;
        (await client.DeleteAsync($"/v3/devices/{deleted}", TestContext.Current.CancellationToken)).Dispose();
        var outcomes = Apply(
            writer,
            new DeviceStateChange(kept, DeviceState.Registered, Noon),
            new DeviceStateChange(deleted, DeviceState.Registered, Noon),
            new DeviceStateChange(kept, DeviceState.Deregistered, Noon.AddMinutes(1)),
            new DeviceStateChange(kept, DeviceState.Deregistered, Noon.AddMinutes(2)));
        Assert.Equal(
            [DeviceStateOutcome.Changed, DeviceStateOutcome.Missing, DeviceStateOutcome.Changed, DeviceStateOutcome.Unchanged], outcomes);
        var shown = await client.GetOkAsync($"/v3/devices/{kept}");
        Assert.Equal("deregistered", shown.Text("state"));
        Assert.Equal("2026-05-04T12:01:00.123456Z", shown.Text("updated_at"));
    }

    [Fact]
    public async Task After_a_restart_only_devices_with_a_registration_stay_registered()
    {
        var (account, client) = await AccountAsync();
        using var writer = Writer();
        // Whatever other tests have left is settled first.
        writer.SetDeregistered(writer.FindLost(new HashSet<EntityId>()));
        var batch = Enumerable.Range(0, 2500).Select(number => new DeviceIdentity(account, $"d{number}")).ToArray();
        var resolved = new ResolvedDevice[batch.Length];
        writer.ResolveBatch(batch, resolved);
        Apply(writer, [.. resolved[1..].Select(device => new DeviceStateChange(device.Id, DeviceState.Registered, Noon))]);
        var lost = writer.FindLost(resolved[..100].Select(device => device.Id).ToHashSet());
        writer.SetDeregistered(lost);
        Assert.Equal(resolved[100..].Select(device => device.Id).Order(), lost.Order());
        Assert.Equal(99, await CountAsync("registered"));
        Assert.Equal(2400, await CountAsync("deregistered"));
        Assert.Equal(1, await CountAsync("unenrolled"));
        Assert.Empty(writer.FindLost(resolved[..100].Select(device => device.Id).ToHashSet()));

        async Task<int> CountAsync(string state) =>
            (int)(await client.GetOkAsync($"/v3/devices?limit=2&include=total_count&state__eq={state}"))["total_count"]!;
    }

    [Fact]
    public async Task A_suspended_device_is_blocked_deregistered_and_told_to_go_until_it_is_resumed()
    {
        var (account, client) = await AccountAsync();
        var directory = server.Service<DeviceDirectory>();
        using var writer = Writer();
        var id = Resolve(writer, new DeviceIdentity(account, "d")).Id;
        Apply(writer, new DeviceStateChange(id, DeviceState.Registered, Noon));
        var withdrawn = Listen(directory);
        await directory.SuspendAsync(account, id.ToString(), "maintenance", "cleaning", TestContext.Current.CancellationToken);

        Assert.Equal([new DeviceWithdrawal(account, id, "d", DeviceWithdrawalReason.Blocked)], withdrawn.Where(device => device.DeviceId == id));
        Assert.True(Resolve(writer, new DeviceIdentity(account, "d")).IsBlocked);
        var shown = await client.GetOkAsync($"/v3/devices/{id}");
        Assert.Equal("blocked", shown.Text("lifecycle_status"));
        Assert.Equal("deregistered", shown.Text("state"));
        Assert.True((bool)shown["operator_suspended"]!);
        Assert.Equal("maintenance", shown.Text("last_operator_suspended_category"));
        Assert.Equal([id.ToString()], (await client.GetOkAsync("/v3/devices?lifecycle_status__eq=blocked&operator_suspended__eq=true")).All("id"));

        var wrong = await Assert.ThrowsAsync<Surety.Server.Api.ApiException>(() =>
            directory.ResumeAsync(account, id.ToString(), "lost_or_stolen", null, TestContext.Current.CancellationToken));
        Assert.Equal((int)HttpStatusCode.BadRequest, wrong.Status);
        await directory.ResumeAsync(account, id.ToString(), "maintenance", "clean", TestContext.Current.CancellationToken);
        Assert.False(Resolve(writer, new DeviceIdentity(account, "d")).IsBlocked);
    }

    [Fact]
    public async Task A_deleted_device_is_told_to_go_even_when_a_listener_fails()
    {
        var (account, client) = await AccountAsync();
        var directory = server.Service<DeviceDirectory>();
        var id = (await client.PostAsync("/v3/devices", "{\"endpoint_name\":\"d\"}")).Text("id");
        directory.Withdrawn += Fail;
        var withdrawn = Listen(directory);
        using var response = await client.DeleteAsync($"/v3/devices/{id}", TestContext.Current.CancellationToken);
        directory.Withdrawn -= Fail;
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var withdrawal = Assert.Single(withdrawn, device => device.AccountId == account);
        Assert.Equal(id, withdrawal.DeviceId.ToString());
        Assert.Equal(DeviceWithdrawalReason.Deleted, withdrawal.Reason);

        static void Fail(DeviceWithdrawal withdrawal) => throw new InvalidOperationException();
    }

    private static System.Collections.Concurrent.ConcurrentQueue<DeviceWithdrawal> Listen(DeviceDirectory directory)
    {
        var withdrawn = new System.Collections.Concurrent.ConcurrentQueue<DeviceWithdrawal>();
        directory.Withdrawn += withdrawn.Enqueue;
        return withdrawn;
    }

    private static ResolvedDevice Resolve(DeviceWriter writer, DeviceIdentity identity)
    {
        var resolved = new ResolvedDevice[1];
        writer.ResolveBatch([identity], resolved);
        return resolved[0];
    }

    private static DeviceStateOutcome[] Apply(DeviceWriter writer, params DeviceStateChange[] changes)
    {
        var outcomes = new DeviceStateOutcome[changes.Length];
        writer.ApplyStates(changes, outcomes);
        return outcomes;
    }

    private DeviceWriter Writer() => server.Service<DeviceDirectory>().OpenWriter();

    private async Task<(EntityId Account, HttpClient Client)> AccountAsync()
    {
        var (account, key) = await server.Service<AccountService>().CreateAsync("Writer", null, TestContext.Current.CancellationToken);
        return (account, server.Client(key));
    }
}
