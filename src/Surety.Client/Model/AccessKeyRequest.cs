namespace Surety.Client;

/// <summary>What an access key is made of or changed to; null leaves a member as it is. The name is always wanted.</summary>
public sealed record AccessKeyRequest
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>From then on it authenticates nobody.</summary>
    public DateTimeOffset? Expiration { get; init; }

    /// <summary><c>ACTIVE</c> or <c>INACTIVE</c>.</summary>
    public string? Status { get; init; }
}
