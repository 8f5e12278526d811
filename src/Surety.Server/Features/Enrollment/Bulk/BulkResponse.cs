using System.Globalization;

namespace Surety.Server.Features.Enrollment;

/// <summary>A bulk job as the API shows it.</summary>
internal sealed record BulkResponse
{
    /// <summary>Always <c>enrollment-identity-bulk-uploads</c>, for deletes too: the contract has it so.</summary>
    public string Object { get; init; } = "enrollment-identity-bulk-uploads";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    public required BulkStatus Status { get; init; }

    /// <summary>Identities in the file, the wrong ones included.</summary>
    public required int TotalCount { get; init; }

    public required int ProcessedCount { get; init; }

    public required int ErrorsCount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null until the job has ended.</summary>
    public required DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Where the report of all identities is; null until the job has ended. Fetched with the key.</summary>
    public required string? FullReportFile { get; init; }

    /// <summary>Where the report of the identities with errors is; null until the job has ended.</summary>
    public required string? ErrorsReportFile { get; init; }

    public required string Etag { get; init; }

    /// <param name="job">The job.</param>
    /// <param name="address">The URL of the jobs of its kind, as the caller reaches it; the reports are below.</param>
    public static BulkResponse Of(BulkJob job, string address) => new()
    {
        Id = job.Id,
        AccountId = job.AccountId,
        Status = job.Status,
        TotalCount = job.TotalCount,
        ProcessedCount = job.ProcessedCount,
        ErrorsCount = job.ErrorsCount,
        CreatedAt = job.CreatedAt,
        CompletedAt = job.CompletedAt,
        FullReportFile = job.CompletedAt is null ? null : $"{address}/{job.Id}/{BulkReport.FullFile}",
        ErrorsReportFile = job.CompletedAt is null ? null : $"{address}/{job.Id}/{BulkReport.ErrorsFile}",
        // It changes with each batch, and once more when an empty job ends.
        Etag = (job.NextBatch + (int)job.Status + 1).ToString(CultureInfo.InvariantCulture),
    };
}
