namespace Surety.Client;

/// <summary>A key of an application. (<c>/v3/api-keys</c>)</summary>
public sealed record ApiKey
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The whole key when it has just been made, its public part afterwards.</summary>
    public string? Key { get; init; }

    /// <summary><c>ACTIVE</c> or <c>INACTIVE</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The user who owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>The ids of the policy groups.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The last use, milliseconds since 1970; 0 for never.</summary>
    public long? LastLoginTime { get; init; }
}
