using System.Net;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Enrollment;
using Surety.Server.Storage;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Enrollment;

/// <summary>Bulk jobs over restarts, and several at once; the same on both databases.</summary>
public abstract class BulkRestartTests(TestServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public sealed class OnSqlite(ServerFixture fixture) : BulkRestartTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : BulkRestartTests(fixture.Server), IClassFixture<PostgresFixture>;

    [Fact]
    public async Task A_job_goes_on_after_a_restart_and_does_nothing_twice()
    {
        var identities = Enumerable.Range(0, 20 * BulkBatch.Size).Select(_ => Identities.New()).ToArray();
        var before = await CountAsync();
        var made = await server.Admin.UploadAsync(Identities.Uploads, "id\n" + string.Join('\n', identities));
        for (var restart = 0; restart < 3; restart++)
            await server.RestartAsync();
        var job = await server.Admin.CompletedAsync(Identities.Uploads, made);
        // What was enrolled twice would be a duplicate.
        Assert.Equal((identities.Length, 0), ((int)job["processed_count"]!, (int)job["errors_count"]!));
        Assert.Equal(identities, (await server.Admin.ReportAsync(job, "full_report_file")).Split("\r\n")[1..^1].Select(line => line[1..98]));
        Assert.Equal(before + identities.Length, await CountAsync());
    }

    [Fact]
    public async Task A_job_that_was_stored_half_processed_goes_on_where_it_was()
    {
        var account = EntityIdOf((await server.Admin.GetOkAsync("/v3/accounts/me")).Text("id"));
        var id = server.Service<EntityIdGenerator>().Next();
        string before = Identities.New(), after = Identities.New();
        await using (var db = server.Service<SuretyDbFactory>().Open(account))
        {
            db.Add(new BulkJob { Id = id, AccountId = account, TotalCount = 2, ProcessedCount = 1, NextBatch = 1, Status = BulkStatus.Processing, CreatedAt = DateTimeOffset.UnixEpoch });
            db.Add(new BulkBatch { JobId = id, Ordinal = 0, AccountId = account, Identities = "", FullReport = $"\"{before}\"\r\n" });
            db.Add(new BulkBatch { JobId = id, Ordinal = 1, AccountId = account, Identities = after });
            await db.SaveChangesAsync(Token);
        }

        await server.RestartAsync();
        var job = await server.Admin.CompletedAsync(Identities.Uploads, await server.Admin.GetOkAsync($"{Identities.Uploads}/{id}"));
        Assert.Equal(2, (int)job["processed_count"]!);
        var report = (await server.Admin.ReportAsync(job, "full_report_file")).Split("\r\n");
        Assert.Equal($"\"{before}\"", report[1]);
        Assert.StartsWith($"\"{after}\"", report[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_nodes_that_process_the_same_job_process_each_batch_once()
    {
        var client = await server.NewAccountAsync();
        var account = EntityIdOf((await client.GetOkAsync("/v3/accounts/me")).Text("id"));
        var identities = Enumerable.Range(0, 5 * BulkBatch.Size).Select(_ => Identities.New()).ToArray();
        var made = await client.UploadAsync(Identities.Uploads, "id\n" + string.Join('\n', identities));
        var batches = server.Service<BulkBatches>();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 6; i++)
                await batches.ProcessNextAsync(account, EntityIdOf(made.Text("id")), Token);
        }, Token)));
        var job = await client.CompletedAsync(Identities.Uploads, made);
        Assert.Equal((identities.Length, 0), ((int)job["processed_count"]!, (int)job["errors_count"]!));
        Assert.Equal(identities, (await client.ReportAsync(job, "full_report_file")).Split("\r\n")[1..^1].Select(line => line[1..98]));
    }

    [Fact]
    public async Task An_account_has_a_limited_number_of_jobs_that_have_not_ended()
    {
        await server.Service<BulkWorker>().StopAsync(Token);
        for (var i = 0; i < BulkService.MaxOpenJobs; i++)
            await server.Admin.UploadAsync(i % 2 == 0 ? Identities.Uploads : Identities.Deletes, $"id\n{Identities.New()}");
        using (var response = await server.Admin.SendFileAsync(Identities.Uploads, "id\nx"u8.ToArray()))
            await response.ReadErrorAsync(HttpStatusCode.TooManyRequests, "rate_limit_exceeded");
        await (await server.NewAccountAsync()).UploadAsync(Identities.Uploads, "id\nx");

        await server.RestartAsync();
        var last = await server.Admin.UploadAsync(Identities.Uploads, "id\nx");
        await server.Admin.CompletedAsync(Identities.Uploads, last);
    }

    private async Task<int> CountAsync()
    {
        await using var db = server.Service<SuretyDbFactory>().OpenForPlatform();
        return await db.AllAccounts<DeviceEnrollment>().CountAsync(Token);
    }

    private static EntityId EntityIdOf(string text) => EntityId.TryParse(text, out var id) ? id : default;
}
