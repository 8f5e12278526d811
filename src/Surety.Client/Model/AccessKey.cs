namespace Surety.Client;

/// <summary>One of the keys of an application. (<c>/v3/applications/{application_id}/access-keys</c>)</summary>
public sealed record AccessKey
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The application.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>The whole key when it has just been made, its public part afterwards.</summary>
    public string? Key { get; init; }

    /// <summary><c>ACTIVE</c>, <c>INACTIVE</c> or <c>EXPIRED</c>.</summary>
    public string? Status { get; init; }

    /// <summary>From then on it authenticates nobody; null for never.</summary>
    public DateTimeOffset? Expiration { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The last use; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}
