using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Enrollment;

/// <summary>
/// A file of identities that are enrolled, or no longer enrolled, one batch after the other. What a batch does, its report, and that the job
/// has come so far are written in one transaction, so that a job goes on after a restart where it was and does nothing twice.
/// </summary>
[Audited("enrollment_bulk_job", OnlyByCallers = true)]
internal sealed class BulkJob : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public BulkKind Kind { get; init; }

    public BulkStatus Status { get; set; }

    /// <summary>Identities in the file, the wrong ones included.</summary>
    public int TotalCount { get; init; }

    public int ProcessedCount { get; set; }

    /// <summary>Processed identities that had an error.</summary>
    public int ErrorsCount { get; set; }

    /// <summary>The ordinal of the batch that is to be processed next.</summary>
    public int NextBatch { get; set; }

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; set; }
}
