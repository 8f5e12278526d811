using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Enrollment;

/// <summary>Processes one batch of a bulk job, wholly or not at all.</summary>
internal sealed class BulkBatches(SuretyDbFactory databases, EnrollmentService enrollments, EnrollmentAlerts alerts, AuditTrail audit, TimeProvider time)
{
    // Somebody else enrolled one of the identities at the same moment: look again.
    private const int MaxAttempts = 5;

    /// <summary>Processes the batch that is next, if there is one.</summary>
    /// <exception cref="DbUpdateException">It could not be written; nothing of it is.</exception>
    public async Task ProcessNextAsync(EntityId accountId, EntityId jobId, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ProcessAsync(accountId, jobId, cancellationToken);
                return;
            }
            catch (DbUpdateException error) when (attempt < MaxAttempts && (UniqueViolation.Is(error) || error.InnerException is DbException { IsTransient: true }))
            {
            }
        }
    }

    private async Task ProcessAsync(EntityId accountId, EntityId jobId, CancellationToken cancellationToken)
    {
        using var scope = AuditScope.BeginPlatform($"bulk job {jobId}");
        await using var db = databases.Open(accountId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // This holds the row of the job: another node that has come for the same batch waits, and gets the one after it.
        var isOpen = await db.Set<BulkJob>().Where(job => job.Id == jobId && job.Status != BulkStatus.Completed)
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.NextBatch, job => job.NextBatch + 1), cancellationToken) > 0;
        if (!isOpen)
            return;
        var job = await db.Set<BulkJob>().SingleAsync(job => job.Id == jobId, cancellationToken);
        var batch = await db.Set<BulkBatch>().SingleOrDefaultAsync(batch => batch.JobId == jobId && batch.Ordinal == job.NextBatch - 1, cancellationToken);
        var foreign = new Foreign();
        var now = time.GetInstant();
        if (batch is not null)
        {
            var values = IdentityCsv.Split(batch.Identities);
            var report = job.Kind == BulkKind.Upload
                ? await UploadAsync(db, values, now, foreign, cancellationToken)
                : await DeleteAsync(db, values, now, cancellationToken);
            batch.FullReport = report.Full;
            batch.ErrorsReport = report.Errors;
            batch.Identities = "";
            job.Status = BulkStatus.Processing;
            job.ProcessedCount += values.Length;
            job.ErrorsCount += report.ErrorsCount;
        }

        if (batch is null || job.ProcessedCount == job.TotalCount)
        {
            job.Status = BulkStatus.Completed;
            job.CompletedAt = now;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (foreign.Count > 0)
            alerts.IdentitiesOfOthers(accountId, foreign.Count, foreign.First);
    }

    private async Task<BulkReport> UploadAsync(SuretyDb db, string[] values, DateTimeOffset now, Foreign foreign, CancellationToken cancellationToken)
    {
        var taken = await EnrollmentService.FindOwnersAsync(audit, db, Fingerprints(values), now, cancellationToken);
        var report = new BulkReport();
        var added = new List<DeviceEnrollment>(values.Length);
        foreach (var value in values)
        {
            if (!EnrollmentFingerprint.TryParse(value, out var fingerprint))
            {
                report.AddInvalid(value);
            }
            else if (taken.TryAdd(fingerprint.Hex, db.AccountId))
            {
                added.Add(enrollments.New(db.AccountId, fingerprint, now));
                report.AddDone(fingerprint, now);
            }
            else
            {
                report.AddDuplicate(fingerprint);
                if (taken[fingerprint.Hex] != db.AccountId)
                    foreign.Add(fingerprint);
            }
        }

        db.AddRange(added);
        return report;
    }

    private async Task<BulkReport> DeleteAsync(SuretyDb db, string[] values, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wanted = Fingerprints(values);
        var there = (await db.Set<DeviceEnrollment>().Where(DeviceEnrollment.IsThere(now)).Where(row => wanted.Contains(row.Fingerprint))
            .Select(row => row.Fingerprint).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        await audit.DeleteAsync(db, db.Set<DeviceEnrollment>().Where(row => wanted.Contains(row.Fingerprint)), cancellationToken);
        var report = new BulkReport();
        foreach (var value in values)
        {
            if (!EnrollmentFingerprint.TryParse(value, out var fingerprint))
                report.AddInvalid(value);
            else if (there.Remove(fingerprint.Hex))
                report.AddDone(fingerprint, now);
            else
                report.AddNotFound(fingerprint);
        }

        return report;
    }

    private static List<string> Fingerprints(string[] values)
    {
        var fingerprints = new HashSet<string>(values.Length, StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (EnrollmentFingerprint.TryParse(value, out var fingerprint))
                fingerprints.Add(fingerprint.Hex);
        }

        return [.. fingerprints];
    }

    /// <summary>Identities of a batch that other accounts have.</summary>
    private sealed class Foreign
    {
        public int Count { get; private set; }

        public EnrollmentFingerprint First { get; private set; }

        public void Add(EnrollmentFingerprint fingerprint)
        {
            if (Count++ == 0)
                First = fingerprint;
        }
    }
}
