namespace Surety.Server.Features.Audit;

/// <summary>Changes of the entity are recorded in the audit log, in the transaction that makes them.</summary>
/// <param name="name">What the log calls it: <c>api_key</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AuditedAttribute(string name) : Attribute
{
    /// <summary>What the log calls it.</summary>
    public string Name { get; } = name;

    /// <summary>The member that people know it by.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// Only what callers of the API change is recorded. What devices and the platform's own work change goes with a device event, and comes in
    /// numbers that nobody reads.
    /// </summary>
    public bool OnlyByCallers { get; init; }
}
