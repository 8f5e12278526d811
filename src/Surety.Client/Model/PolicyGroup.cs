namespace Surety.Client;

/// <summary>A group of users, API keys and applications that may do the same. (<c>/v3/policy-groups</c>)</summary>
public sealed record PolicyGroup
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>How many users are in it.</summary>
    public int UserCount { get; init; }

    /// <summary>How many API keys are in it.</summary>
    public int ApikeyCount { get; init; }

    /// <summary>How many applications are in it.</summary>
    public int ApplicationCount { get; init; }

    /// <summary>What its members may do.</summary>
    public IReadOnlyList<FeaturePolicy>? Policies { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it, or who is in it, changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
