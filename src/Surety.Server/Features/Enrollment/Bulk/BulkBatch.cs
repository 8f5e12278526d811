using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Enrollment;

/// <summary>A part of a bulk job: its identities, and once it is processed, its rows of the reports.</summary>
[NotAudited("a part of its job")]
internal sealed class BulkBatch : IAccountOwned
{
    /// <summary>Identities in a batch: a transaction that holds the write lock for some tens of milliseconds.</summary>
    public const int Size = 1000;

    public EntityId JobId { get; init; }

    /// <summary>From 0.</summary>
    public int Ordinal { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>The values of the file, as they stood there, a line each; empty once they are processed.</summary>
    public required string Identities { get; set; }

    public string FullReport { get; set; } = "";

    public string ErrorsReport { get; set; } = "";
}
