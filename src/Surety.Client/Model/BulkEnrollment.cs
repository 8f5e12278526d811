namespace Surety.Client;

/// <summary>A file of enrollment identities in work. (<c>/v3/device-enrollments-bulk-uploads</c>)</summary>
public sealed record BulkEnrollment
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary><c>new</c>, <c>processing</c> or <c>completed</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The identities of the file.</summary>
    public int TotalCount { get; init; }

    /// <summary>Those that are done.</summary>
    public int ProcessedCount { get; init; }

    /// <summary>Those that were refused.</summary>
    public int ErrorsCount { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Where the report is.</summary>
    public string? FullReportFile { get; init; }

    /// <summary>Where the report of the refused is.</summary>
    public string? ErrorsReportFile { get; init; }
}
