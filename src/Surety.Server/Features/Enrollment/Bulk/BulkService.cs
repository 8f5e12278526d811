using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Storage;

namespace Surety.Server.Features.Enrollment;

/// <summary>The bulk jobs of an account: takes them, tells how far they are, and gives out their reports.</summary>
internal sealed class BulkService(SuretyDbFactory databases, BulkWorker worker, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>Jobs of an account that have not ended; they are processed one after the other.</summary>
    public const int MaxOpenJobs = 10;

    private const string Kind = "bulk job";

    /// <summary>Stores a job, which is then certain to be processed.</summary>
    /// <exception cref="ApiException">429: the account has too many jobs that have not ended.</exception>
    public async Task<BulkJob> CreateAsync(EntityId accountId, BulkKind kind, IdentityCsv csv, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        if (await db.Set<BulkJob>().CountAsync(job => job.Status != BulkStatus.Completed, cancellationToken) >= MaxOpenJobs)
        {
            throw new ApiException(
                StatusCodes.Status429TooManyRequests, ErrorTypes.RateLimitExceeded, $"{MaxOpenJobs} bulk jobs of the account have not ended; wait until one has.");
        }

        var job = new BulkJob { Id = ids.Next(), AccountId = accountId, Kind = kind, TotalCount = csv.Count, CreatedAt = time.GetInstant() };
        db.Add(job);
        db.AddRange(csv.Batches.Select((identities, ordinal) =>
            new BulkBatch { JobId = job.Id, Ordinal = ordinal, AccountId = accountId, Identities = identities }));
        await db.SaveChangesAsync(cancellationToken);
        worker.Wake();
        return job;
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<BulkJob> GetAsync(EntityId accountId, BulkKind kind, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        return (EntityId.TryParse(id, out var jobId)
                ? await db.Set<BulkJob>().AsNoTracking().SingleOrDefaultAsync(job => job.Id == jobId && job.Kind == kind, cancellationToken)
                : null)
            ?? throw ApiException.NotFound(Kind, id);
    }

    /// <summary>The parts of a report in their order, the header first.</summary>
    public async IAsyncEnumerable<string> ReadReportAsync(
        BulkJob job, bool isFull, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return BulkReport.Header(job.Kind, isFull);
        await using var db = databases.Open(job.AccountId);
        var parts = db.Set<BulkBatch>().Where(batch => batch.JobId == job.Id).OrderBy(batch => batch.Ordinal)
            .Select(batch => isFull ? batch.FullReport : batch.ErrorsReport).AsAsyncEnumerable();
        await foreach (var part in parts.WithCancellation(cancellationToken))
            yield return part;
    }
}
