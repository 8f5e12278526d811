namespace Surety.Client;

/// <summary>What the members of a policy group may do, or may not: actions at a feature, or at a resource.</summary>
public sealed record FeaturePolicy
{
    /// <summary>Whether the actions are allowed or denied. What one policy denies no other allows.</summary>
    public bool Allow { get; init; }

    /// <summary>HTTP methods with commas between them; empty or null for all.</summary>
    public string? Action { get; init; }

    /// <summary>The name of a feature. Either this or <see cref="Resource"/>.</summary>
    public string? Feature { get; init; }

    /// <summary>A path, with all below it, such as <c>/v2/endpoints/*/3303</c>; in a segment, <c>*</c> stands for any characters.</summary>
    public string? Resource { get; init; }
}
