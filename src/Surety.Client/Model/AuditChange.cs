namespace Surety.Client;

/// <summary>A member that was changed.</summary>
/// <param name="Member">Its name.</param>
/// <param name="Before">Its value before; null when there was none.</param>
/// <param name="After">Its value after; null when there is none any more.</param>
public sealed record AuditChange(string? Member, string? Before, string? After);
