namespace Surety.Update;

/// <summary>What came of a section of a manifest.</summary>
/// <param name="Reason">Why it failed; <see cref="SuitReason.Ok"/>: it did not.</param>
/// <param name="Section">The section.</param>
/// <param name="Code">The command that failed; null: none did.</param>
/// <param name="Component">The component it was about; null: none.</param>
/// <param name="Problem">In words; null: none.</param>
public sealed record SuitResult(SuitReason Reason, SuitSection Section, SuitCode? Code = null, SuitComponentId? Component = null, string? Problem = null)
{
    /// <summary>Whether the section was carried out.</summary>
    public bool IsOk => Reason == SuitReason.Ok;
}
