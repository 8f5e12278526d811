namespace Surety.Client;

/// <summary>A person with access to the account. (<c>/v3/users</c>)</summary>
public sealed record User
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The address, which is also the name for signing in.</summary>
    public string? Email { get; init; }

    /// <summary>Another name for signing in.</summary>
    public string? Username { get; init; }

    /// <summary>The name.</summary>
    public string? FullName { get; init; }

    /// <summary>The telephone number.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>The postal address.</summary>
    public string? Address { get; init; }

    /// <summary>Such as <c>ACTIVE</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The ids of the policy groups.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The last sign-in, milliseconds since 1970; 0 for never.</summary>
    public long? LastLoginTime { get; init; }
}
