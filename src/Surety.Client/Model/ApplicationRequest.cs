namespace Surety.Client;

/// <summary>What an application is made of or changed to; null leaves a member as it is. The name is always wanted.</summary>
public sealed record ApplicationRequest
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary><c>ACTIVE</c> or <c>INACTIVE</c>: then none of its keys authenticates, and its channels and subscriptions are removed.</summary>
    public string? Status { get; init; }

    /// <summary>The ids of the policy groups. Null for a new one: Developers.</summary>
    public IReadOnlyList<string>? Groups { get; init; }
}
