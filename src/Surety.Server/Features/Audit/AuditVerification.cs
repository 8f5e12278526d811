using System.ComponentModel;

namespace Surety.Server.Features.Audit;

/// <summary>Whether the audit log is as it was written.</summary>
internal sealed record AuditVerification
{
    /// <summary>Always <c>audit-log-verification</c>.</summary>
    public string Object { get; init; } = "audit-log-verification";

    [Description("True when every entry is there, in order and unaltered.")]
    public required bool Valid { get; init; }

    [Description("What is wrong, in words; null when nothing is.")]
    public string? Reason { get; init; }

    [Description("The number of the oldest entry; those before it were dropped for their age.")]
    public required long FirstSequence { get; init; }

    [Description("The number of the newest entry. Keep it, with its seal, elsewhere: a later verification tells whether the log still goes back to it.")]
    public required long LastSequence { get; init; }

    [Description("The seal of the newest entry.")]
    public required string LastSeal { get; init; }
}
