using System.Net;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Enrollment;
using Surety.Server.Storage;

namespace Surety.Server.Tests.Enrollment;

/// <summary>What waits too long for its device goes.</summary>
public sealed class EnrollmentExpiryTests : IAsyncLifetime
{
    private readonly ShiftedTime _time = new();
    private TestServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(_time, "--Surety:Enrollment:ClaimDays=2");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_enrollment_that_expired_is_not_there_and_frees_its_identity()
    {
        var other = await _server.NewAccountAsync();
        string identity = Identities.New(), inBulk = Identities.New();
        var made = await _server.Admin.EnrollAsync(identity);
        await _server.Admin.EnrollAsync(inBulk);
        _time.PutForward(TimeSpan.FromDays(1));
        Assert.Equal(2, (await _server.Admin.GetOkAsync("/v3/device-enrollments")).All("id").Count);
        _time.PutForward(TimeSpan.FromDays(1.01));
        Assert.Empty((await _server.Admin.GetOkAsync("/v3/device-enrollments")).All("id"));
        await _server.Admin.GetErrorAsync($"/v3/device-enrollments/{made.Text("id")}", HttpStatusCode.NotFound, "not_found");
        await other.EnrollAsync(identity);
        Assert.Equal(0, (int)(await other.ProcessAsync(Identities.Uploads, $"id\n{inBulk}"))["errors_count"]!);
    }

    [Fact]
    public async Task Rows_that_nobody_needs_any_more_are_deleted()
    {
        await _server.Admin.EnrollAsync(Identities.New());
        var job = await _server.Admin.ProcessAsync(Identities.Uploads, $"id\n{Identities.New()}");
        var sweep = new EnrollmentSweep(
            _server.Service<SuretyDbFactory>(),
            _server.Service<Surety.Server.Features.Audit.AuditTrail>(),
            _server.Service<IClusterLeases>(),
            _time,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<EnrollmentSweep>.Instance);
        _time.PutForward(TimeSpan.FromDays(29));
        await sweep.RunOnceAsync(Token);
        await _server.Admin.GetOkAsync($"{Identities.Uploads}/{job.Text("id")}");
        _time.PutForward(TimeSpan.FromDays(2));
        await sweep.RunOnceAsync(Token);
        await using var db = _server.Service<SuretyDbFactory>().OpenForPlatform();
        Assert.Equal(0, await db.AllAccounts<DeviceEnrollment>().CountAsync(Token));
        Assert.Equal(0, await db.AllAccounts<BulkJob>().CountAsync(Token));
        Assert.Equal(0, await db.AllAccounts<BulkBatch>().CountAsync(Token));
        sweep.Dispose();
    }
}
