namespace Surety.Client;

/// <summary>An application, which authenticates with its access keys. (<c>/v3/applications</c>)</summary>
public sealed record Application
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary><c>ACTIVE</c> or <c>INACTIVE</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The ids of the policy groups.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The last use of any of its keys; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}
