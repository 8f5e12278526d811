namespace Surety.Server.Features.Audit;

/// <summary>Changes of the entity, or of the member, are not recorded in the audit log.</summary>
/// <param name="reason">Why not.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
internal sealed class NotAuditedAttribute(string reason) : Attribute
{
    /// <summary>Why not.</summary>
    public string Reason { get; } = reason;
}
