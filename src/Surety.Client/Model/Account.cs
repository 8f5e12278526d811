namespace Surety.Client;

/// <summary>An account of the platform. (<c>/v3/accounts/me</c>)</summary>
public sealed record Account
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Such as <c>ACTIVE</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The tier, as the contract numbers it.</summary>
    public string? Tier { get; init; }

    /// <summary>The market of the account's devices.</summary>
    public string? EndMarket { get; init; }

    /// <summary>The account above, for a tenant.</summary>
    public string? ParentId { get; init; }

    /// <summary>Further names for signing in.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
