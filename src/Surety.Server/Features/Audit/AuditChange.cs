using System.ComponentModel;

namespace Surety.Server.Features.Audit;

/// <summary>A member that was changed, or a fact about an action.</summary>
internal sealed record AuditChange(
    [property: Description("The member: status, custom_attributes.colour.")] string Member,
    [property: Description("The value before; null when there was none. (secret) stands for what is never shown.")] string? Before,
    [property: Description("The value after; null when there is none any more.")] string? After);
